"""Strands as paths: level where they pass a layer, so that none crosses a box, and curved between the layers."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .boxes import Text
from .ground import Node
from .order import Vertex
from .result import Strand
from .runs import Run
from .sheet import Sheet

PORT = 7.0
"""Between two strands at one box, where there is room."""
CORNER = 8.0

Port = tuple[int, bool]
"""(place of the run, whether at its lower end)."""


def strands(
    drawn: Sequence[Run],
    known: Mapping[str, Node],
    texts: Mapping[str, Text],
    depth: Mapping[str, int],
    middle: Mapping[Vertex, float],
    sheet: Sheet,
) -> tuple[Strand, ...]:
    ports = _ports(drawn, texts, middle)
    return tuple(
        Strand(
            upper=known[run.upper],
            lower=known[run.lower],
            stance=run.stance,
            path=_path(_points(run, (ports[i, False], ports[i, True]), texts, depth, middle, sheet), sheet),
            closed=any(line.closed for line in run.lines),
            verified=run.verified,
            circle=run.circle,
            lines=tuple(line.key for line in run.lines),
            titles=tuple(line.title for line in run.lines if line.title),
        )
        for i, run in enumerate(drawn)
    )


def _ports(drawn: Sequence[Run], texts: Mapping[str, Text], middle: Mapping[Vertex, float]) -> dict[Port, float]:
    """At which height each run meets its boxes: side by side in the order in which they come."""
    meeting: dict[tuple[str, bool], list[tuple[float, str, Port]]] = {}
    for i, run in enumerate(drawn):
        outward = not run.circle
        meeting.setdefault((run.upper, outward), []).append((middle[run.through[-2]], run.stance, (i, False)))
        meeting.setdefault((run.lower, not outward), []).append((middle[run.through[1]], run.stance, (i, True)))
    ports: dict[Port, float] = {}
    for (key, _), comers in meeting.items():
        room = texts[key].height - 2 * CORNER
        apart = min(PORT, room / max(1, len(comers) - 1))
        for place, (_, _, port) in enumerate(sorted(comers)):
            ports[port] = middle[(key,)] + (place - (len(comers) - 1) / 2) * apart
    return ports


def _points(
    run: Run,
    ends: tuple[float, float],
    texts: Mapping[str, Text],
    depth: Mapping[str, int],
    middle: Mapping[Vertex, float],
    sheet: Sheet,
) -> list[tuple[float, float]]:
    """From the upper end to the lower, two points a layer: where the strand enters its column and where it leaves."""
    side = -1 if run.circle else 1
    first, last = sheet.columns[depth[run.upper]], sheet.columns[depth[run.lower]]
    leave, enter = (first.end, last.start) if side > 0 else (first.start, last.end)
    points = [(first.middle + side * texts[run.upper].width / 2, ends[0]), (leave, ends[0])]
    for vertex in reversed(run.through[1:-1]):
        column = sheet.columns[int(vertex[3])]
        passing = [(column.start, middle[vertex]), (column.end, middle[vertex])]
        points.extend(passing[::side])
    points.extend([(enter, ends[1]), (last.middle - side * texts[run.lower].width / 2, ends[1])])
    return points


def _path(points: Sequence[tuple[float, float]], sheet: Sheet) -> str:
    parts = [f"M{_at(points[0], sheet)}"]
    for i, (one, other) in enumerate(pairwise(points)):
        if i % 2 == 0:
            if one != other:
                parts.append(f"L{_at(other, sheet)}")
            continue
        half = (one[0] + other[0]) / 2
        parts.append(f"C{_at((half, one[1]), sheet)} {_at((half, other[1]), sheet)} {_at(other, sheet)}")
    return "".join(parts)


def _at(point: tuple[float, float], sheet: Sheet) -> str:
    return f"{sheet.x(point[0]):g},{round(point[1], 1):g}"
