"""What was signed: each checkpoint by a key that is trusted, over a log that this one continues.

All of them fit the one log that there is, or they do not fit one another. Where one does not fit although a later one
does, two logs were signed: a fork. Where none after it does, the log was rewritten.

When each was made is said beside it and signed by nobody. It cannot have been before the last entry under it was
recorded, nor before the checkpoint under it, nor in the future.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from audit.domain.merkle import SIZE, Peaks, joined, perfect
from audit.verifying.findings import Finding, Found, Kind
from audit.verifying.log import Log
from audit.verifying.session import MINUTE, Session
from audit.verifying.signatures import Judged, Read, Trusted, read

_OF_READING = {
    Judged.NO_NOTE: Kind.CHECKPOINT_FORM,
    Judged.BY_UNKNOWN: Kind.CHECKPOINT_KEY,
    Judged.FALSELY: Kind.CHECKPOINT_SIGNATURE,
}
_TIMES = """
SELECT c.size, c.made_at, c.made_at::text, e.recorded_at, statement_timestamp()
FROM public.audit_checkpoint c LEFT JOIN public.audit_entry e ON e.index = c.size - 1 ORDER BY c.size
"""


@dataclass(frozen=True)
class Signed:
    """A checkpoint that a trusted key signed. `fits` is None where too much of the log is gone to tell."""

    size: int
    root: bytes
    fits: bool | None


def stored(session: Session, trusted: Trusted, above: int = 0) -> Iterator[tuple[int, Read]]:
    """Above, and those of a length that nothing has."""
    query = "SELECT size, coalesce(note, '') FROM public.audit_checkpoint WHERE size > %s OR size < 1 ORDER BY size"
    for size, note in session.stream(query, [above]):
        yield size, read(note, trusted)


def sizes(session: Session, above: int = 0) -> list[int]:
    return [size for (size,) in session.rows("SELECT size FROM public.audit_checkpoint WHERE size > %s", [above])]


def check(session: Session, log: Log, trusted: Trusted, found: Found, above: int = 0) -> list[Signed]:
    signed = []
    for size, note in stored(session, trusted, above):
        if size < 1:
            found.add(Finding(Kind.CHECKPOINT_FORM, object=str(size), detail=note.keys))
        elif note.judged is not Judged.SIGNED:
            found.add(Finding(_OF_READING[note.judged], object=str(size), detail=note.keys))
        elif note.size != size:
            found.add(Finding(Kind.CHECKPOINT_SIZE, object=str(size), detail=str(note.size)))
        elif size > log.size:
            found.add(Finding(Kind.CHECKPOINT_BEYOND, log.size, object=str(size)))
            signed.append(Signed(size, note.root, None))
        else:
            signed.append(Signed(size, note.root, fits(log, size, note.root)))
    fitting = above
    latest = max((each.size for each in signed if each.fits), default=0)
    for each in signed:
        if each.fits is False:
            kind = Kind.CHECKPOINT_FORK if each.size < latest else Kind.CHECKPOINT_ROOT
            found.add(Finding(kind, fitting, object=str(each.size)))
        fitting = each.size if each.fits else fitting
    found.extend(_times(session, above))
    return signed


def _times(session: Session, above: int) -> Iterator[Finding]:
    """A minute is let pass: two may sign at once, and the clock of the server may be set."""
    under = None
    for size, made, said, recorded, now in session.stream(_TIMES):
        earliest = max(each for each in (recorded, under, made - MINUTE) if each is not None)
        if size > above and not earliest - MINUTE <= made <= now + MINUTE:
            yield Finding(
                Kind.CHECKPOINT_TIME, size - 1 if recorded == earliest else None, object=str(size), detail=said
            )
        else:
            under = made


def fits(log: Log, size: int, root: bytes) -> bool | None:
    """As recorded is enough: a content that was altered under a tree left as it was is a finding by itself."""
    known = log.roots[size]
    if known.made is None and known.kept is None:
        return None
    return root in (known.made, known.kept)


def latest_fitting(session: Session, size: int, trusted: Trusted) -> Peaks | None:
    """The peaks of the log at the latest checkpoint that is signed and that the stored nodes bear out."""
    query = (
        "SELECT size, coalesce(note, '') FROM public.audit_checkpoint WHERE size > 0 AND size <= %s ORDER BY size DESC"
    )
    for length, text in session.rows(query + " LIMIT 10", [size]):
        note = read(text, trusted)
        if note.judged is Judged.SIGNED and note.size == length:
            peaks = stored_peaks(session, length)
            if peaks is not None and peaks.root == note.root:
                return peaks
    return None


def stored_peaks(session: Session, size: int) -> Peaks | None:
    """As the entries that completed them say. None where one of these is gone."""
    nodes = {((place + 1) << level) - 1: level for level, place in perfect(0, size)}
    rows = session.rows("SELECT index, hashes FROM public.audit_entry WHERE index = ANY(%s)", [[*nodes]])
    kept = {index: hashes[nodes[index] * SIZE : (nodes[index] + 1) * SIZE] for index, hashes in rows}
    if any(len(kept.get(index, b"")) != SIZE for index in nodes):
        return None
    return Peaks(size, tuple(kept[index] for index in nodes))


def stored_root(session: Session, size: int) -> bytes | None:
    peaks = stored_peaks(session, size)
    return joined(peaks.hashes) if peaks is not None else None
