"""Lines gathered into runs: what is drawn as one strand, and the bends it makes in the layers it passes by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .ground import Edge, Line, Stance
from .order import Vertex


@dataclass(slots=True)
class Run:
    """All lines of one stance that step from `lower` to `upper`. `through`: the vertices from one to the other."""

    lower: str
    upper: str
    stance: Stance
    circle: bool
    through: list[Vertex]
    lines: list[Line] = field(default_factory=list)
    verified: bool = True


def runs(
    steps: Iterable[tuple[Line, Sequence[Edge]]], depth: Mapping[str, int], back: frozenset[tuple[str, str]]
) -> list[Run]:
    """In the order of the lines; a run is verified where every line in it has that step verified."""
    found: dict[tuple[str, str, Stance], Run] = {}
    for line, edges in steps:
        for edge in edges:
            key = (edge.lower, edge.upper, line.stance)
            if key not in found:
                found[key] = Run(*key, (edge.lower, edge.upper) in back, _through(key, depth))
            run = found[key]
            run.verified &= edge.verified
            if not run.lines or run.lines[-1] is not line:
                run.lines.append(line)
    return list(found.values())


def _through(key: tuple[str, str, Stance], depth: Mapping[str, int]) -> list[Vertex]:
    lower, upper, stance = key
    towards = 1 if depth[lower] <= depth[upper] else -1
    bends = range(depth[lower] + towards, depth[upper], towards)
    return [(lower,), *((lower, upper, stance, str(layer)) for layer in bends), (upper,)]


def rows(
    depth: Mapping[str, int], drawn: Iterable[Run]
) -> tuple[list[list[Vertex]], dict[Vertex, list[Vertex]], dict[Vertex, list[Vertex]]]:
    """Layer by layer the vertices as the lines bring them, and the neighbours of each nearer to the desk and beyond."""
    laid: list[dict[Vertex, None]] = [{} for _ in range(max(depth.values()) + 1)]
    nearer: dict[Vertex, list[Vertex]] = {}
    farther: dict[Vertex, list[Vertex]] = {}
    for run in drawn:
        way = run.through if depth[run.lower] <= depth[run.upper] else run.through[::-1]
        for layer, vertex in enumerate(way, start=depth[way[0][0]]):
            laid[layer].setdefault(vertex)
        for near, far in pairwise(way):
            farther.setdefault(near, []).append(far)
            nearer.setdefault(far, []).append(near)
    laid[0].setdefault(next((key,) for key, layer in depth.items() if layer == 0))
    return [list(row) for row in laid], nearer, farther
