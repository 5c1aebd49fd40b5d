"""The desk's archive: where captures are kept, and what one capture may use. The settings' side of `archiving/`."""

import functools
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from sources.archiving import signing
from sources.archiving.blobs import BlobStore
from sources.archiving.guard import read_exceptions
from sources.archiving.limits import MIB, Limits
from sources.archiving.sharing import SharingStore
from sources.archiving.uploaded import UploadLimits
from sources.archiving.wacz import Sign

HANDED_OUT_FOR = 24 * 60 * 60  # seconds


def store() -> SharingStore:
    return SharingStore(Path(settings.ARCHIVE_ROOT))


def handed_out(digest: str) -> Path:
    """A copy of that file, as one file with a path, for other programs: ours is kept in pieces. It stays for a day.

    Raises BlobMissing or BlobAltered.
    """
    copies = BlobStore(settings.VAR_DIR / "handed-out")
    for _, old in copies.listing():
        with suppress(FileNotFoundError):  # another of these commands was quicker
            if time.time() - old.stat().st_mtime > HANDED_OUT_FOR:
                old.unlink()
    return copies.place(copies.put_parts(store().parts(digest)))


def limits() -> Limits:
    return Limits(**settings.CAPTURE_LIMITS)


def upload_limits() -> UploadLimits:
    return UploadLimits(file=settings.UPLOAD_MEGABYTES * MIB, unpacked=settings.UPLOAD_UNPACKED_MEGABYTES * MIB)


def named_exceptions() -> frozenset[tuple[str, int]]:
    """The addresses that may be captured although they are not public: for tests and the demo."""
    return read_exceptions(",".join(settings.ISNAD_CAPTURE_ALLOW))


def signer() -> Sign | None:
    """Signs a WACZ as this installation's; None where it has no key."""
    if not settings.CAPTURE_KEYS:
        return None
    key = signing.read_key(settings.CAPTURE_KEYS[0])
    return lambda digest, at: signing.sign(digest, at, key)


def our_public_keys() -> frozenset[str]:
    """By which a signature of ours is known: of the key in use, and of those used before."""
    return _public_keys(tuple(settings.CAPTURE_KEYS))


@functools.cache
def _public_keys(keys: Sequence[str]) -> frozenset[str]:
    return frozenset(signing.public_key(signing.read_key(key)) for key in keys)
