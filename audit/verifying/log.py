"""The log by itself: every entry at its place, every node and the head what follows from the contents."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from audit.domain.merkle import Peaks
from audit.verifying.findings import Finding, Found, Kind
from audit.verifying.growth import Growth, Twin, cut, roots
from audit.verifying.session import Session
from audit.verifying.span import LENGTH, Span, carefully, grow

Progress = Callable[[int, int], None]
_OUTSIDE = "SELECT index FROM public.audit_entry WHERE index < 0 OR index >= %s ORDER BY index LIMIT 50"

# There is one, and its id is true.
_HEADS = """
SELECT size, packed, recorded_at, recorded_at::text FROM public.audit_head ORDER BY id DESC, size DESC LIMIT 10
"""


@dataclass
class Log:
    """How long the log is, and the root at each length somebody asked for, as the contents and as the nodes give it."""

    size: int
    roots: dict[int, Twin] = field(default_factory=dict)


def size_of(session: Session, found: Found) -> int:
    """Where the log ends. Entries that stand apart from it are findings and not part of it."""
    heads = session.rows(_HEADS)
    head = heads[0] if heads else None
    if head is None:
        found.add(Finding(Kind.HEAD_MISSING))
    elif len(heads) > 1:  # and whoever appends can hold neither
        found.add(Finding(Kind.HEAD_TWICE, head[0], detail=", ".join(str(other[0]) for other in heads[1:])))
    limit = head[0] if head else 0
    if session.rows(_OUTSIDE, [limit]):
        # The head may be what is wrong. Without it, a log without gaps ends where it has as many entries.
        count = session.one("SELECT count(*) FROM public.audit_entry")
        limit = max(limit, count[0] if count else 0)
    for (index,) in session.rows(_OUTSIDE, [limit]):
        found.add(Finding(Kind.ENTRY_OUTSIDE, index))
    latest = session.one("SELECT max(index) FROM public.audit_entry WHERE index >= 0 AND index < %s", [limit])
    size = latest[0] + 1 if latest and latest[0] is not None else 0
    if head and head[0] != size:
        found.add(Finding(Kind.HEAD_SIZE, min(size, head[0]), detail=str(head[0])))
    return size


def check(
    session: Session, size: int, marks: Collection[int], found: Found, progress: Progress, base: Peaks | None = None
) -> Log:
    """Grow the whole log again, or only what came after `base`, which is then taken for right."""
    log, growth = Log(size), Growth.on(base or Peaks())
    wanted = {mark for mark in marks if growth.size < mark <= size}
    latest: int | None = None
    for span in _spans(session, growth, size, wanted):
        found.extend(span.findings)
        if latest is not None and span.earliest is not None and span.earliest < latest:
            found.add(Finding(Kind.ENTRY_ORDER, span.start))
        latest = latest if span.latest is None else span.latest
        log.roots |= {mark: roots(peaks) for mark, peaks in span.marks.items()}
        progress(span.end, size)
    log.roots[size] = roots(growth.peaks)
    _check_head(session, growth.peaks, latest, found)
    return log


def _spans(session: Session, growth: Growth, size: int, marks: Collection[int]) -> Iterator[Span]:
    """Spans that know the roots of the whole log, and leave `growth` at its end."""
    if growth.size:
        yield carefully(session, growth, 0, size, marks)
        return
    trees, marks = Growth(level=LENGTH.bit_length() - 1), sorted(marks)
    for start in range(0, size, LENGTH):
        end = min(start + LENGTH, size)
        span = grow(session, start, end, marks[bisect_right(marks, start) : bisect_right(marks, end)])
        before = list(trees.peaks)
        span.marks = {mark: [*before, *peaks] for mark, peaks in span.marks.items()}
        if end - start == LENGTH:
            if (level := trees.add(span.peaks[0], span.above)) is not None:
                span.findings.append(Finding(Kind.ENTRY_NODE, end - 1, detail=str(level)))
            growth.peaks = list(trees.peaks)
        else:
            growth.peaks = [*before, *span.peaks]
        growth.size = end
        yield span


def _check_head(session: Session, peaks: list[Twin], latest: int | None, found: Found) -> None:
    head: Any = session.one(_HEADS)
    if head is None:
        return
    size, packed, recorded_at, said = head
    if cut(packed) not in ([each.made for each in peaks], [each.kept for each in peaks]):
        found.add(Finding(Kind.HEAD_PEAKS, size))
    if latest is not None and recorded_at != latest:
        found.add(Finding(Kind.HEAD_TIME, size, detail=said))
