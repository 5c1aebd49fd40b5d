"""What would have to be wrong for a stance to lose every line: the sources common to all, and a smallest set to cut.

Only sources that can be wrong count; a verified relay cannot. The smallest cut is a minimum hitting set of the lines,
found by branch and bound under the same work limit as the counts. Among equally small ones it is always the same one:
nearest the carrier first, counted in steps above it, then by name. The carrier itself comes last, because the desk
holds it in its hands and what reads as news is who stands above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from heapq import heapify, heapreplace
from operator import or_

from .lines import Line
from .work import OutOfWork, Work

MOST_COMPARED = 600  # sources of one component compared pair by pair; more of them are searched as they are


@dataclass(frozen=True, slots=True)
class Cut:
    """Without `sources` no line is left; `smallest` is False where a smaller set could not be ruled out."""

    sources: tuple[str, ...]
    smallest: bool


def bottlenecks(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(sorted(frozenset.intersection(*(line.rests_on for line in lines)))) if lines else ()


def smallest_cut(lines: Sequence[Line], work: Work) -> Cut:
    """A smallest set of sources that meets every line's `rests_on`."""
    if not lines:
        return Cut((), True)
    by_nearness = _by_nearness(lines)
    hits = dict.fromkeys(by_nearness, 0)
    for index, line in enumerate(lines):
        for source in line.rests_on:
            hits[source] |= 1 << index
    first_of_twins: dict[int, str] = {}
    for source in by_nearness:
        first_of_twins.setdefault(hits[source], source)
    chosen: list[str] = []
    smallest = True
    for part in _components(list(first_of_twins), len(lines)):
        masks = [mask for mask in first_of_twins if mask & part]
        if part in first_of_twins:
            chosen.append(first_of_twins[part])
            continue
        search = _HittingSet(masks, part, work)
        try:
            found = search.first_smallest(part)
        except OutOfWork:
            smallest = False
            found = search.greedy(part)
        chosen.extend(first_of_twins[mask] for mask in found)
    place = {source: position for position, source in enumerate(by_nearness)}
    return Cut(tuple(sorted(chosen, key=place.__getitem__)), smallest)


def _by_nearness(lines: Sequence[Line]) -> list[str]:
    steps_above: dict[str, float] = {}
    for line in lines:
        for station in line.stations:
            if station.source in line.rests_on:
                distance = station.depth or float("inf")
                steps_above[station.source] = min(distance, steps_above.get(station.source, distance))
    return sorted(steps_above, key=lambda source: (steps_above[source], source))


def _components(masks: list[int], lines: int) -> list[int]:
    """Lines that have no source in common, not even through others, are cut apart."""
    met = [1 << line for line in range(lines)]
    for mask in masks:
        lowest = (mask & -mask).bit_length() - 1
        met[lowest] |= mask
        for bit in _single_bits(mask):
            met[bit.bit_length() - 1] |= 1 << lowest
    parts = []
    alive = (1 << lines) - 1
    while alive:
        part = front = alive & -alive
        while front:
            lowest = front & -front
            reached = met[lowest.bit_length() - 1] & ~part
            part |= reached
            front = (front ^ lowest) | reached
        parts.append(part)
        alive &= ~part
    return parts


class _HittingSet:
    """`masks`: for each source in order of preference, the lines it would take down, as bits."""

    def __init__(self, masks: list[int], lines: int, work: Work) -> None:
        self.masks = masks
        self.work = work
        strongest = masks if len(masks) > MOST_COMPARED else _not_contained(masks)
        self.takers = {bit: [mask for mask in strongest if mask & bit] for bit in _single_bits(lines)}
        self.met = {bit: reduce(or_, takers) for bit, takers in self.takers.items()}
        self.known: dict[int, tuple[int, int]] = {}

    def first_smallest(self, lines: int) -> list[int]:
        """Of all smallest hitting sets the one that comes first in order of preference."""
        size = self._apart(lines)
        while not self._can(lines, size):
            size += 1
        chosen: list[int] = []
        for mask in self.masks:
            if not lines:
                break
            if mask & lines and self._can(lines & ~mask, size - 1):
                chosen.append(mask)
                lines &= ~mask
                size -= 1
        return chosen

    def greedy(self, lines: int) -> list[int]:
        """Again and again the source that takes down most of what is left."""
        chosen = []
        waiting = [(-mask.bit_count(), position) for position, mask in enumerate(self.masks)]
        heapify(waiting)
        while lines:
            promised, position = waiting[0]
            worth = -(self.masks[position] & lines).bit_count()
            if worth > promised:
                heapreplace(waiting, (worth, position))
                continue
            chosen.append(self.masks[position])
            lines &= ~self.masks[position]
        return chosen

    def _can(self, lines: int, size: int) -> bool:
        """Whether `size` sources are enough to take down `lines`."""
        if not lines:
            return True
        possible, impossible = self.known.get(lines, (len(self.masks) + 1, -1))
        if size >= possible or size <= impossible:
            return size >= possible
        self.work.spend(lines.bit_count())
        answer = self._apart(lines) <= size and self._can_through(lines, size)
        self.known[lines] = (min(possible, size), impossible) if answer else (possible, max(impossible, size))
        return answer

    def _can_through(self, lines: int, size: int) -> bool:
        hardest = min(_single_bits(lines), key=lambda bit: len(self.takers[bit]))
        takers = sorted(self.takers[hardest], key=lambda mask: -(mask & lines).bit_count())
        return any(self._can(lines & ~mask, size - 1) for mask in takers)

    def _apart(self, lines: int) -> int:
        """So many of `lines` have no source in common, so at least so many sources are needed."""
        found = 0
        while lines:
            lines &= ~self.met[lines & -lines]
            found += 1
        return found


def _not_contained(masks: list[int]) -> list[int]:
    return [mask for mask in masks if not any(mask != other and mask & ~other == 0 for other in masks)]


def _single_bits(mask: int) -> list[int]:
    bits = []
    while mask:
        lowest = mask & -mask
        bits.append(lowest)
        mask ^= lowest
    return bits
