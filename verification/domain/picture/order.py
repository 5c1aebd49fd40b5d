"""In which order nodes and bends stand in their layers, so that few strands cross: the barycentre heuristic."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

Vertex = tuple[str, ...]
"""A node as (key,), or a bend as (lower, upper, stance, layer): a strand over several layers bends in each."""

Links = Mapping[Vertex, Sequence[Vertex]]

SWEEPS = 8


def order(rows: Sequence[Sequence[Vertex]], nearer: Links, farther: Links) -> list[list[Vertex]]:
    """`rows`, layer 0 first, reordered. `nearer` and `farther`: neighbours towards the desk and beyond."""
    best = current = [list(row) for row in rows]
    fewest = crossings(best, farther)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        outward = sweep % 2 == 0
        current = [list(row) for row in current]
        places = range(1, len(current)) if outward else range(len(current) - 2, -1, -1)
        for place in places:
            fixed = current[place - 1 if outward else place + 1]
            at = {vertex: i for i, vertex in enumerate(fixed)}
            links = nearer if outward else farther
            wish = {v: _mean([at[n] for n in links.get(v, ())], i) for i, v in enumerate(current[place])}
            current[place].sort(key=wish.__getitem__)
        if (count := crossings(current, farther)) < fewest:
            best, fewest = current, count
    return best


def crossings(rows: Sequence[Sequence[Vertex]], farther: Links) -> int:
    """How often two strands cross between neighbouring layers."""
    return sum(_inversions(row, beyond, farther) for row, beyond in pairwise(rows))


def _inversions(row: Sequence[Vertex], beyond: Sequence[Vertex], farther: Links) -> int:
    at = {vertex: i for i, vertex in enumerate(beyond)}
    found = 0
    passed: list[int] = []
    for vertex in row:
        ends = [at[n] for n in farther.get(vertex, ())]
        found += sum(len(passed) - bisect_right(passed, end) for end in ends)
        for end in ends:
            insort(passed, end)
    return found


def _mean(places: Iterable[int], otherwise: float) -> float:
    known = list(places)
    return sum(known) / len(known) if known else otherwise
