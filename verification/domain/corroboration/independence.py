"""The greatest number of lines no two of which have anything in common.

Each line comes as the set of what it must not share. Two lines conflict when their sets meet, and what is wanted is a
largest independent set of that conflict graph. Lines are numbered and sets of lines are the bits of an integer.

First, a line whose set contains another line's set is dropped: the other can always stand in for it. Then the graph is
made smaller without loss, split into components, and each component is searched by branch and bound; a cover by
cliques bounds from above, for of a clique at most one line can be chosen. A component of more than EXACT_LINES lines,
or one on which the work runs out, gives a proven interval: what was found, and what the cover allows.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .work import OutOfWork, Work

EXACT_LINES = 200
DENSE = 0.2  # share of pairs in conflict above which a cover guides the search better than the number of rivals


@dataclass(frozen=True, slots=True)
class Packing:
    """`chosen`: indices of pairwise disjoint sets; no choice is larger than `upper`.
    `dropped`: pairs of a set left out and the one inside it that stands in for it."""

    chosen: tuple[int, ...]
    upper: int
    dropped: tuple[tuple[int, int], ...]


def largest_disjoint(sets: Sequence[frozenset[str]], work: Work) -> Packing:
    """The largest choice of pairwise disjoint non-empty sets, or an interval that holds its size."""
    dropped = dominated(sets)
    gone = {loser for loser, _ in dropped}
    kept = [index for index in range(len(sets)) if index not in gone]
    graph = _ConflictGraph([sets[index] for index in kept], work)
    chosen, upper = graph.largest_independent()
    return Packing(tuple(sorted(kept[vertex] for vertex in chosen)), upper, dropped)


def dominated(sets: Sequence[frozenset[str]]) -> tuple[tuple[int, int], ...]:
    """Each set that contains another, with that other; of equal sets the first stands."""
    holders: dict[str, int] = defaultdict(int)
    for index, members in enumerate(sets):
        for member in members:
            holders[member] |= 1 << index
    everything = (1 << len(sets)) - 1
    stands_in: dict[int, int] = {}
    for index in sorted(range(len(sets)), key=lambda i: (len(sets[i]), i)):
        if index in stands_in:
            continue
        containing = everything & ~(1 << index)
        for member in sets[index]:
            containing &= holders[member]
        for loser in _bits(containing):
            stands_in.setdefault(loser, index)
    return tuple(sorted(stands_in.items()))


class _ConflictGraph:
    def __init__(self, sets: Sequence[frozenset[str]], work: Work) -> None:
        self.work = work
        near = _neighbours(sets)
        # Lines with few conflicts first: cliques grown from them cover more tightly.
        self.names = sorted(range(len(sets)), key=lambda i: (near[i].bit_count(), i))
        place = {name: vertex for vertex, name in enumerate(self.names)}
        self.near = [sum(1 << place[other] for other in _bits(near[name])) for name in self.names]

    def largest_independent(self) -> tuple[list[int], int]:
        """The chosen lines and a proven upper bound of how many there can be."""
        alive, chosen = self._settle((1 << len(self.near)) - 1)
        upper = chosen.bit_count()
        for part in sorted(self._components(alive), key=int.bit_count):
            found, bound = self._solve(part)
            chosen |= found
            upper += bound
        return [self.names[vertex] for vertex in _bits(chosen)], upper

    def _solve(self, part: int) -> tuple[int, int]:
        if part.bit_count() > EXACT_LINES:
            return self._first_come(part), self._clique_cover(part)
        part, taken = self._settle(self._without_covering(part))
        found, bound = self._greedy(part), self._clique_cover(part)
        if found.bit_count() < bound:
            try:
                found = self._search(part, found.bit_count()) or found
                bound = found.bit_count()
            except OutOfWork:
                pass
        return taken | found, taken.bit_count() + bound

    def _search(self, alive: int, floor: int) -> int | None:
        """A largest independent set within `alive` if it has more than `floor` lines, else None."""
        self.work.spend(alive.bit_count() + 1)
        alive, taken = self._settle(alive)
        floor -= taken.bit_count()
        if not alive:
            return taken if floor < 0 else None
        parts = self._components(alive)
        if len(parts) > 1:
            rest = self._search_parts(parts, floor)
        elif self._clique_cover(alive) <= floor:
            rest = None
        else:
            rest = self._branch(alive, floor)
        return None if rest is None else taken | rest

    def _search_parts(self, parts: list[int], floor: int) -> int | None:
        bounds = [self._clique_cover(part) for part in parts]
        still_possible = sum(bounds)
        if still_possible <= floor:
            return None
        union = 0
        for part, bound in zip(parts, bounds, strict=True):
            still_possible -= bound
            found = self._search(part, floor - union.bit_count() - still_possible)
            if found is None:
                return None
            union |= found
        return union

    def _branch(self, alive: int, floor: int) -> int | None:
        """Where few lines conflict, with and without the line that has most rivals: either way the rest falls apart.
        Where many do, through those lines alone that lie beyond as many cliques as `floor` allows."""
        rivals = {vertex: (self.near[vertex] & alive).bit_count() for vertex in _bits(alive)}
        if sum(rivals.values()) > DENSE * len(rivals) * (len(rivals) - 1):
            return self._branch_beyond(alive, floor)
        pivot = max(rivals, key=rivals.__getitem__)
        best = self._with(pivot, alive, floor)
        without = self._search(alive & ~(1 << pivot), floor if best is None else best.bit_count())
        return best if without is None else without

    def _branch_beyond(self, alive: int, floor: int) -> int | None:
        best = None
        for vertex, cliques in reversed(self._beyond(alive, floor)):
            if cliques <= floor:
                break
            found = self._with(vertex, alive, floor)
            if found is not None:
                best, floor = found, found.bit_count()
            alive &= ~(1 << vertex)
        return best

    def _with(self, vertex: int, alive: int, floor: int) -> int | None:
        found = self._search(alive & ~self.near[vertex] & ~(1 << vertex), floor - 1)
        return None if found is None else found | 1 << vertex

    def _beyond(self, alive: int, floor: int) -> list[tuple[int, int]]:
        """Lines outside the first `floor` cliques of a cover, each with the number of its clique."""
        beyond = []
        cliques = 0
        while alive:
            cliques += 1
            candidates = alive
            while candidates:
                lowest = candidates & -candidates
                alive &= ~lowest
                vertex = lowest.bit_length() - 1
                candidates &= self.near[vertex]
                if cliques > floor:
                    beyond.append((vertex, cliques))
        return beyond

    def _settle(self, alive: int) -> tuple[int, int]:
        """Take every line whose remaining rivals all rival each other, as long as they are at most two."""
        taken = 0
        waiting = alive
        while waiting:
            bit = waiting & -waiting
            waiting ^= bit
            rivals = self.near[bit.bit_length() - 1] & alive
            if rivals.bit_count() > 2 or (rivals.bit_count() == 2 and not self._is_edge(rivals)):
                continue
            taken |= bit
            alive &= ~(rivals | bit)
            for rival in _bits(rivals):
                waiting |= self.near[rival]
            waiting &= alive
        return alive, taken

    def _is_edge(self, pair: int) -> bool:
        return bool(self.near[(pair & -pair).bit_length() - 1] & pair)

    def _without_covering(self, alive: int) -> int:
        """Leave out each line whose rivals include all rivals of one of its rivals: that one can stand in for it."""
        for vertex in _bits(alive):
            if not alive >> vertex & 1:
                continue
            around = self.near[vertex] & alive | 1 << vertex
            for other in _bits(self.near[vertex] & alive):
                if around & ~(self.near[other] | 1 << other) == 0:
                    alive &= ~(1 << other)
                    around &= ~(1 << other)
        return alive

    def _components(self, alive: int) -> list[int]:
        parts = []
        while alive:
            part = front = alive & -alive
            while front:
                reached = 0
                for vertex in _bits(front):
                    reached |= self.near[vertex]
                front = reached & alive & ~part
                part |= front
            parts.append(part)
            alive &= ~part
        return parts

    def _clique_cover(self, alive: int) -> int:
        """A number of cliques that hold every line of `alive`."""
        cliques = 0
        while alive:
            candidates = alive
            while candidates:
                lowest = candidates & -candidates
                alive &= ~lowest
                candidates &= self.near[lowest.bit_length() - 1]
            cliques += 1
        return cliques

    def _greedy(self, alive: int) -> int:
        """An independent set: again and again leave out the line with most rivals and take what that frees."""
        alive, taken = self._settle(alive)
        while alive:
            worst = max(_bits(alive), key=lambda vertex: (self.near[vertex] & alive).bit_count())
            alive, more = self._settle(alive & ~(1 << worst))
            taken |= more
        return taken

    def _first_come(self, alive: int) -> int:
        """An independent set in one pass, lines with few rivals first."""
        taken = 0
        while alive:
            bit = alive & -alive
            taken |= bit
            alive &= ~(bit | self.near[bit.bit_length() - 1])
        return taken


def _neighbours(sets: Sequence[frozenset[str]]) -> list[int]:
    holders: dict[str, int] = defaultdict(int)
    for index, members in enumerate(sets):
        for member in members:
            holders[member] |= 1 << index
    near = [0] * len(sets)
    for index, members in enumerate(sets):
        for member in members:
            near[index] |= holders[member]
        near[index] &= ~(1 << index)
    return near


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
