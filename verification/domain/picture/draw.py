"""From lines to places: `draw` is the way in."""

from collections.abc import Iterable, Sequence

from .boxes import Text, box
from .ground import Edge, Kind, Line, Node
from .heights import heights
from .layers import layers
from .order import order
from .paths import strands
from .result import Heading, Picture, Place, Row
from .runs import rows, runs
from .sheet import Column, Sheet

MARGIN = 24.0
HEAD = 44.0
HEAD_BASELINE = 24.0
GAP = 16.0
BEND = 6.0
LEAST_BETWEEN = 44.0
STEEP = 300.0
"""A picture higher than this gets more room before the desk, where all strands come together."""
WIDEST_FAN = 120.0


def draw(nodes: Iterable[Node], lines: Sequence[Line], *, rtl: bool = False, width: float = 896) -> Picture:
    """The picture of `lines`, at least `width` px wide and wider where the chains are long.

    Exactly one node is the DESK, else ValueError. KeyError for a line that passes a node not given. Nodes that no line
    passes are left out, and so is a step of a source upon itself.
    """
    known = {node.key: node for node in nodes}
    (desk,) = (node.key for node in known.values() if node.kind is Kind.DESK)
    steps = [(line, _steps(line, desk)) for line in lines]
    above: dict[str, dict[str, None]] = {}
    for _, edges in steps:
        for edge in edges:
            above.setdefault(edge.lower, {})[edge.upper] = None
    depth, back = layers(desk, {lower: list(uppers) for lower, uppers in above.items()})
    texts = {key: Text.of(known[key]) for key in depth}
    drawn = runs(steps, depth, back)
    laid, nearer, farther = rows(depth, drawn)
    laid = order(laid, nearer, farther)
    tall = {v: texts[v[0]].height if len(v) == 1 else BEND for row in laid for v in row}
    middle = heights(laid, nearer, farther, tall, GAP)
    top = min(middle[v] - tall[v] / 2 for v in middle)
    middle = {v: round(y - top + HEAD, 1) for v, y in middle.items()}
    bottom = max(middle[v] + tall[v] / 2 for v in middle)
    fan = min(WIDEST_FAN, max(0.0, (bottom - HEAD - STEEP) / 8))
    columns = _columns([max(texts[v[0]].width if len(v) == 1 else 0 for v in row) for row in laid], width, fan)
    sheet = Sheet(columns[0].end + MARGIN, rtl, columns)
    passes = {key: [line for line, edges in steps if any(key in (e.lower, e.upper) for e in edges)] for key in depth}
    return Picture(
        width=sheet.width,
        height=round(bottom + MARGIN, 1),
        rtl=rtl,
        boxes=tuple(
            box(known[key], texts[key], sheet.x(columns[layer].middle), middle[(key,)], passes[key])
            for key, layer in sorted(depth.items(), key=lambda item: (-item[1], middle[(item[0],)]))
        ),
        strands=strands(drawn, known, texts, depth, middle, sheet),
        headings=_headings(sheet),
        rows=tuple(Row(line, tuple(known[key] for key in _stops(line))) for line in lines),
    )


def _steps(line: Line, desk: str) -> tuple[Edge, ...]:
    return (Edge(desk, line.carrier), *(edge for edge in line.edges if edge.lower != edge.upper))


def _stops(line: Line) -> list[str]:
    """What a line passes, nearest first."""
    stops = [line.carrier]
    for key in stops:
        stops.extend(dict.fromkeys(edge.upper for edge in line.edges if edge.lower == key and edge.upper not in stops))
    return stops


def _columns(widths: Sequence[float], least: float, fan: float) -> list[Column]:
    """Of each layer, in a left-to-right picture: layer 0, the desk, stands farthest right, by `fan` px more."""
    between = max(LEAST_BETWEEN, (least - fan - 2 * MARGIN - sum(widths)) / max(1, len(widths) - 1))
    columns: list[Column] = []
    x = MARGIN
    for layer in range(len(widths) - 1, -1, -1):
        if layer == 0 and columns:
            x += fan
        columns.append(Column(round(x, 1), round(x + widths[layer], 1)))
        x += widths[layer] + between
    return columns[::-1]


def _headings(sheet: Sheet) -> tuple[Heading, ...]:
    if len(sheet.columns) == 1:
        return ()
    start, end = sheet.columns[-1].middle, sheet.columns[0].middle
    places = {Place.START: start, Place.MIDDLE: (start + end) / 2, Place.END: end}
    if len(sheet.columns) == 2:
        del places[Place.MIDDLE]
    return tuple(Heading(place, sheet.x(x), HEAD_BASELINE) for place, x in places.items())
