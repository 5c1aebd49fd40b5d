"""The archive checks itself: what the rows say is kept is there and is what they say, and what is there is theirs.

Both sides come in the order of their digests and are read side by side, so it takes time and no memory. A capture that
ends meanwhile is no finding: its file is there before its row, and what is younger than `YOUNG` may still get one.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from django.db.models import Model
from django.db.models.functions import Collate

from sources.archiving.blobs import BlobAltered, BlobMissing, BlobStore, digest_of
from sources.models import Capture, CapturedText, Excerpt, Upload

YOUNG = timedelta(hours=1)
# Every column that names a file of the archive. A test finds a digest that stands neither here nor there.
NAMES_A_FILE: tuple[tuple[type[Model], str], ...] = (
    (Capture, "wacz_digest"),
    (Capture, "viewport_digest"),
    (Capture, "fullpage_digest"),
    (Upload, "file_digest"),
)
NAMES_NO_FILE: tuple[tuple[type[Model], str], ...] = (
    (Capture, "text_digest"),  # of CapturedText.text
    (Excerpt, "text_digest"),  # and that one again
)


class Kind(StrEnum):
    MISSING = "MISSING"  # a row names it, and it is not there
    ALTERED = "ALTERED"  # it holds something else than its digest says
    UNREADABLE = "UNREADABLE"  # the disk does not give it out
    TEXT_MISSING = "TEXT_MISSING"  # as above, of a text in the database
    TEXT_ALTERED = "TEXT_ALTERED"
    ORPHANED = "ORPHANED"  # a whole file that no row names: its worker died before the row was written
    HALF = "HALF"  # what a crash left of a file that was being written
    STRAY = "STRAY"  # not of our making


@dataclass(frozen=True, slots=True)
class Finding:
    """`named_by` are rows and columns, as `Capture 1a2b… wacz_digest`."""

    kind: Kind
    digest: str = ""
    path: str = ""
    named_by: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """What was looked at, while it is."""

    files: int = 0
    bytes: int = 0
    texts: int = 0


def check(store: BlobStore, tally: Tally, *, now: float) -> Iterator[Finding]:
    """All that is wrong, as it is found. `now` is the time in seconds since 1970."""
    yield from _files(store, tally, now - YOUNG.total_seconds())
    yield from _texts(tally)


def _files(store: BlobStore, tally: Tally, young_from: float) -> Iterator[Finding]:
    lying = ((digest, path) for digest, path in store.listing())
    columns = [_named(model, column) for model, column in NAMES_A_FILE]
    for digest, entries in groupby(heapq.merge(*columns, lying, key=itemgetter(0)), key=itemgetter(0)):
        found = [entry for _, entry in entries]
        named_by = tuple(entry for entry in found if isinstance(entry, str))
        paths = [entry for entry in found if isinstance(entry, Path)]
        if not digest:
            yield from _no_blobs(paths, young_from)
        elif not named_by:
            yield from (Finding(Kind.ORPHANED, digest, str(path)) for path in paths if _is_older(path, young_from))
        elif kind := _damage(store, digest, tally):
            yield Finding(kind, digest, str(paths[0]) if paths else "", named_by)


def _named(model: type[Model], column: str) -> Iterator[tuple[str, str | Path]]:
    rows = model._default_manager.exclude(**{column: ""}).order_by(Collate(column, "C"))
    for digest, pk in rows.values_list(column, "pk").iterator(chunk_size=2000):
        yield digest, f"{model.__name__} {pk} {column}"


def _no_blobs(paths: Iterable[Path], young_from: float) -> Iterator[Finding]:
    for path in paths:
        if not BlobStore.is_half(path):
            yield Finding(Kind.STRAY, path=str(path))
        elif _is_older(path, young_from):
            yield Finding(Kind.HALF, path=str(path))


def _is_older(path: Path, young_from: float) -> bool:
    try:
        return path.stat().st_mtime < young_from
    except FileNotFoundError:  # it was being written, and now it is done
        return False


def _damage(store: BlobStore, digest: str, tally: Tally) -> Kind | None:
    tally.files += 1
    try:
        for part in store.parts(digest):
            tally.bytes += len(part)
    except (BlobMissing, ValueError):
        return Kind.MISSING
    except BlobAltered:
        return Kind.ALTERED
    except OSError:
        return Kind.UNREADABLE
    return None


def _texts(tally: Tally) -> Iterator[Finding]:
    without = Capture.objects.exclude(text_digest="").filter(extracted=None)
    for pk, digest in without.values_list("pk", "text_digest").iterator():
        yield Finding(Kind.TEXT_MISSING, digest, named_by=(f"Capture {pk} text_digest",))
    kept = CapturedText.objects.values_list("pk", "text", "capture__text_digest")
    for pk, text, digest in kept.iterator(chunk_size=20):
        tally.texts += 1
        if digest_of(text.encode()) != digest:
            yield Finding(Kind.TEXT_ALTERED, digest, named_by=(f"Capture {pk} text_digest",))
