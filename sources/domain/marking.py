"""Passages marked in a text that is shown: they may lie in each other, overlap, and go on in the next paragraph."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sources.domain.reading import Stretch


@dataclass(frozen=True, slots=True)
class Mark:
    """text[start:end] is marked; `key` is whatever the caller knows it by."""

    key: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a stretch over which the same marks lie. `begins` and `ends` are those that do so with this run."""

    text: str
    marks: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def runs(stretch: Stretch, marks: Iterable[Mark]) -> list[Run]:
    """The stretch in runs; joined, they are its text."""
    here = [mark for mark in marks if mark.start < stretch.end and mark.end > stretch.start]
    edges = {stretch.start, stretch.end}
    for mark in here:
        edges |= {max(mark.start, stretch.start), min(mark.end, stretch.end)}
    return [_run(stretch, here, start, end) for start, end in pairwise(sorted(edges))]


def _run(stretch: Stretch, marks: list[Mark], start: int, end: int) -> Run:
    over = [mark for mark in marks if mark.start < end and mark.end > start]
    return Run(
        stretch.text[start - stretch.start : end - stretch.start],
        tuple(mark.key for mark in over),
        tuple(mark.key for mark in over if mark.start == start),
        tuple(mark.key for mark in over if mark.end == end),
    )
