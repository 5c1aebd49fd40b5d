"""The archive checks itself: what the rows say is kept is there and is what they say, and what is there is theirs.

All sides come in the order of their digests and are read side by side, so it takes time and no memory. A capture that
ends meanwhile is no finding: its file is there before its row, and what is younger than `YOUNG` may still get one.

A body that is kept once for many captures is read by itself, and again within each of them. Where it is damaged, it is
the finding, with all the captures that lean on it, and they are none besides.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from sources.archive_leaning import leaning
from sources.archive_rows import NAMES_A_FILE, named_by, names_of
from sources.archiving.blobs import BlobAltered, BlobMissing, checked, digest_of
from sources.archiving.sharing import SharingStore
from sources.models import Capture, CapturedText

YOUNG = timedelta(hours=1)


class Kind(StrEnum):
    MISSING = "MISSING"  # a row names it, or a file leans on it, and it is not there
    ALTERED = "ALTERED"  # it holds something else than its digest says
    UNREADABLE = "UNREADABLE"  # the disk does not give it out
    TEXT_MISSING = "TEXT_MISSING"  # as above, of a text in the database
    TEXT_ALTERED = "TEXT_ALTERED"
    ORPHANED = "ORPHANED"  # no row names it and no file leans on it: its worker died before the row was written
    HALF = "HALF"  # what a crash left of a file that was being written
    STRAY = "STRAY"  # not of our making


@dataclass(frozen=True, slots=True)
class Finding:
    """`named_by` are rows and columns, as `Capture 1a2b… wacz_digest`: of the file, and of those that lean on it."""

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


def check(store: SharingStore, tally: Tally, *, now: float) -> Iterator[Finding]:
    """All that is wrong, as it is found. `now` is the time in seconds since 1970."""
    yield from _files(store, tally, now - YOUNG.total_seconds())
    yield from _texts(tally)


def _files(store: SharingStore, tally: Tally, young_from: float) -> Iterator[Finding]:
    sides = [*map(named_by, NAMES_A_FILE), _leans(store), store.listing()]
    for digest, entries in groupby(heapq.merge(*sides, key=itemgetter(0)), key=itemgetter(0)):
        found = [entry for _, entry in entries]
        rows = tuple(entry for entry in found if isinstance(entry, str))
        lean = [entry.digest for entry in found if isinstance(entry, _Leaning)]
        paths = [entry for entry in found if isinstance(entry, Path)]
        if not digest:
            yield from _no_blobs(paths, young_from)
        elif not rows and not lean:
            yield from (Finding(Kind.ORPHANED, digest, str(path)) for path in paths if _is_older(path, young_from))
        else:
            for kind, path in _damage(store, digest, paths, tally):
                yield Finding(kind, digest, path, rows + names_of(lean))


@dataclass(frozen=True, slots=True)
class _Leaning:
    """A file in pieces."""

    digest: str


def _leans(store: SharingStore) -> Iterator[tuple[str, _Leaning]]:
    for body, digest in leaning(store):
        yield body, _Leaning(digest)


def _no_blobs(paths: Iterable[Path], young_from: float) -> Iterator[Finding]:
    for path in paths:
        if not SharingStore.is_half(path):
            yield Finding(Kind.STRAY, path=str(path))
        elif _is_older(path, young_from):
            yield Finding(Kind.HALF, path=str(path))


def _is_older(path: Path, young_from: float) -> bool:
    try:
        return path.stat().st_mtime < young_from
    except FileNotFoundError:  # it was being written, and now it is done
        return False


def _damage(store: SharingStore, digest: str, paths: list[Path], tally: Tally) -> Iterator[tuple[Kind, str]]:
    """What is wrong with the file of that digest, or with each, where it is there whole and in pieces."""
    if not paths:
        tally.files += 1
        yield Kind.MISSING, ""
    for path in paths:
        tally.files += 1
        if (kind := _fault(store, digest, path, tally)) and not _is_a_bodys(store, path):
            yield kind, str(path)


def _fault(store: SharingStore, digest: str, path: Path, tally: Tally) -> Kind | None:
    try:
        with store.opened(path) as file:
            for part in checked(file, digest):
                tally.bytes += len(part)
    except BlobMissing:
        return Kind.MISSING
    except BlobAltered:
        return Kind.ALTERED
    except OSError:
        return Kind.UNREADABLE
    return None


def _is_a_bodys(store: SharingStore, path: Path) -> bool:
    """Whether a file in pieces is only as wrong as a body it leans on, which is a finding by itself."""
    try:
        bodies = store.bodies(path)
    except (BlobMissing, BlobAltered, OSError):
        return False
    return any(_fault(store, body, store.place(body), Tally()) for body in bodies)


def _texts(tally: Tally) -> Iterator[Finding]:
    without = Capture.objects.exclude(text_digest="").filter(extracted=None)
    for pk, digest in without.values_list("pk", "text_digest").iterator():
        yield Finding(Kind.TEXT_MISSING, digest, named_by=(f"Capture {pk} text_digest",))
    kept = CapturedText.objects.values_list("pk", "text", "capture__text_digest")
    for pk, text, digest in kept.iterator(chunk_size=20):
        tally.texts += 1
        if digest_of(text.encode()) != digest:
            yield Finding(Kind.TEXT_ALTERED, digest, named_by=(f"Capture {pk} text_digest",))
