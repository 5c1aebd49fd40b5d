"""The desk's archive: where captures are kept, and what one capture may use. The settings' side of `archiving/`."""

from pathlib import Path

from django.conf import settings

from sources.archiving.blobs import BlobStore
from sources.archiving.guard import read_exceptions
from sources.archiving.limits import Limits


def store() -> BlobStore:
    return BlobStore(Path(settings.ARCHIVE_ROOT))


def limits() -> Limits:
    return Limits(**settings.CAPTURE_LIMITS)


def named_exceptions() -> frozenset[tuple[str, int]]:
    """The addresses that may be captured although they are not public: for tests and the demo."""
    return read_exceptions(",".join(settings.ISNAD_CAPTURE_ALLOW))
