"""One stretch of the log that is a perfect tree, or the beginning of one: the unit that is verified at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from audit.domain.merkle import SIZE, leaf_hash
from audit.verifying.findings import Finding, Kind
from audit.verifying.growth import Growth, Node, Twin, cut
from audit.verifying.session import Session

LEVEL = 13
LENGTH = 1 << LEVEL
_ENTRIES = (
    "SELECT index, recorded_at, content, hashes FROM public.audit_entry WHERE index >= %s AND index < %s ORDER BY index"
)


@dataclass
class Span:
    """What a stretch contributes: its peaks, the nodes its last entry completes beyond it, and those of `marks`,
    the lengths of the log at which somebody wants to know the root."""

    start: int
    end: int
    peaks: list[Twin] = field(default_factory=list)
    above: list[Node] = field(default_factory=list)
    marks: dict[int, list[Twin]] = field(default_factory=dict)
    earliest: int | None = None
    latest: int | None = None
    findings: list[Finding] = field(default_factory=list)


def grow(session: Session, start: int, end: int, marks: Collection[int]) -> Span:
    """The stretch from `start`, a multiple of `LENGTH`, to `end`."""
    return _quickly(session, start, end, marks) or carefully(session, Growth(), start, end, marks)


def _quickly(session: Session, start: int, end: int, marks: Collection[int]) -> Span | None:
    """None as soon as anything is not as it should be. Most of the time of a verification is spent in this loop."""
    peaks: list[bytes] = []
    span, expected, before, above = Span(start, end), start, None, b""
    for index, recorded_at, content, hashes in session.flow(_ENTRIES, [start, end]):
        node = sha256(b"\x00" + content).digest()
        nodes, rest = node, index - start
        while rest & 1:
            node = sha256(b"\x01" + peaks.pop() + node).digest()
            nodes += node
            rest >>= 1
        peaks.append(node)
        if index != expected or (before is not None and recorded_at < before):
            return None
        if nodes != hashes:
            if not hashes.startswith(nodes) or len(hashes) != SIZE * _completed(index):
                return None
            above = hashes[len(nodes) :]
        if before is None:
            span.earliest = recorded_at
        before, expected = recorded_at, index + 1
        if expected in marks:
            span.marks[expected] = _twins(peaks)
    if expected != end:
        return None
    span.latest, span.peaks, span.above = before, _twins(peaks), [*cut(above)]
    return span


def carefully(session: Session, growth: Growth, offset: int, end: int, marks: Collection[int]) -> Span:
    """The same, naming whatever is wrong. What has been grown already began with the entry `offset`."""
    span = Span(offset, end)

    def take(leaf: Twin, recorded: Sequence[Node]) -> None:
        index = offset + growth.size
        if (level := growth.add(leaf, recorded)) is not None:
            span.findings.append(Finding(Kind.ENTRY_NODE, index, detail=str(level)))
        if index + 1 in marks:
            span.marks[index + 1] = list(growth.peaks)
        span.above = [*recorded[LEVEL:]]

    def skip(until: int) -> None:
        if offset + growth.size < until:
            span.findings.append(Finding(Kind.ENTRY_MISSING, offset + growth.size))
        while offset + growth.size < until:
            take(Twin(None, None), [])

    for index, recorded_at, content, hashes in session.stream(_ENTRIES, [offset + growth.size, end]):
        skip(index)
        if span.latest is not None and recorded_at < span.latest:
            span.findings.append(Finding(Kind.ENTRY_ORDER, index))
        span.earliest, span.latest = recorded_at if span.earliest is None else span.earliest, recorded_at
        leaf, recorded = Twin(leaf_hash(content), hashes[:SIZE]), [*cut(hashes)]
        if leaf.made != leaf.kept:
            span.findings.append(Finding(Kind.ENTRY_CONTENT, index))
        if len(hashes) != SIZE * _completed(index):
            span.findings.append(Finding(Kind.ENTRY_NODE, index, detail=str(len(hashes) // SIZE)))
        take(leaf, recorded[1:])
    skip(end)
    span.peaks = growth.peaks
    return span


def _completed(index: int) -> int:
    """How many nodes an entry completes, its leaf among them."""
    return (~index & (index + 1)).bit_length()


def _twins(peaks: list[bytes]) -> list[Twin]:
    return [Twin(each, each) for each in peaks]
