"""How high each vertex stands: as near to its neighbours as the order and the distances in its layer allow."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .order import Links, Vertex

ROUNDS = 10


def heights(
    rows: Sequence[Sequence[Vertex]], nearer: Links, farther: Links, tall: Mapping[Vertex, float], gap: float
) -> dict[Vertex, float]:
    """The middle of each vertex. No two in a row come nearer than `gap`."""
    y: dict[Vertex, float] = {}
    for row in rows:
        offsets = _offsets(row, tall, gap)
        y |= {vertex: offset - offsets[-1] / 2 for vertex, offset in zip(row, offsets, strict=True)}
    for turn in range(ROUNDS):
        for row in rows if turn % 2 else reversed(rows):
            wishes = []
            for vertex in row:
                beside = [y[n] for links in (nearer, farther) for n in links.get(vertex, ())]
                wishes.append(sum(beside) / len(beside) if beside else y[vertex])
            y |= dict(zip(row, _settle(wishes, _offsets(row, tall, gap)), strict=True))
    return y


def _offsets(row: Sequence[Vertex], tall: Mapping[Vertex, float], gap: float) -> list[float]:
    """Where each of a row stands when they stand as close as they may, the first at 0."""
    offsets = [0.0]
    for one, other in pairwise(row):
        offsets.append(offsets[-1] + (tall[one] + tall[other]) / 2 + gap)
    return offsets


def _settle(wishes: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """The places nearest to the wishes (least squares) that keep order and distance: pool adjacent violators."""
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wishes, offsets, strict=True):
        mean, size = wish - offset, 1
        while pools and pools[-1][0] > mean:
            before, count = pools.pop()
            mean, size = (mean * size + before * count) / (size + count), size + count
        pools.append((mean, size))
    means = [mean for mean, size in pools for _ in range(size)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
