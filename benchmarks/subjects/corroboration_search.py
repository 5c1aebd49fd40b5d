"""The hardest claim that a small search finds: random conflict graphs, then the worst of them changed bit by bit.

However it is sought, the work has an end; what matters is that the time at that end is short.
"""

import random
import time
from collections.abc import Iterator

from benchmarks import Figure
from tests.domain.verification.hard import conflict_graph, ground_of
from verification.domain.corroboration import LIMIT, corroborate

LINES = 200
RANDOM, CHANGED = 16, 16
Graph = frozenset[tuple[int, int]]


def measure() -> Iterator[Figure]:
    dice = random.Random(1)
    worst, (work, spent, low, high) = max(((graph, _tried(graph)) for graph in _at_random(dice)), key=_work)
    for _ in range(CHANGED):
        graph = _changed(worst, dice)
        tried = _tried(graph)
        if tried[0] > work:
            worst, (work, spent, low, high) = graph, tried
    note = (
        f"{LINES} lines, {len(worst)} conflicts, worst of {RANDOM + CHANGED} tried: {work} steps, "
        f"where each of three searches ends after {LIMIT}; at least {low} and at most {high} independent"
    )
    yield Figure("corroboration, hardest found by search", spent, "ms", note)


def _at_random(dice: random.Random) -> Iterator[Graph]:
    for _ in range(RANDOM):
        chance = 10 ** dice.uniform(-2.2, -0.3)
        yield frozenset((a, b) for a in range(LINES) for b in range(a) if dice.random() < chance)


def _changed(graph: Graph, dice: random.Random) -> Graph:
    """A twentieth of its conflicts moved elsewhere."""
    kept = {pair for pair in sorted(graph) if dice.random() > 0.05}
    while len(kept) < len(graph):
        a, b = dice.sample(range(LINES), 2)
        kept.add((max(a, b), min(a, b)))
    return frozenset(kept)


def _tried(graph: Graph) -> tuple[int, float, int, int]:
    """Steps, milliseconds, and the bounds that were found."""
    ground = ground_of(conflict_graph(LINES, sorted(graph)))
    started = time.perf_counter()
    found = corroborate(ground).supports
    spent = (time.perf_counter() - started) * 1000
    return found.work, spent, found.possible.lower, found.possible.upper


def _work(tried: tuple[Graph, tuple[int, float, int, int]]) -> int:
    return tried[1][0]
