"""A node as a box with its words in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import measure
from .ground import Line, Node
from .result import Box, Words

NAME_LINE = 18.0
CAPTION_LINE = 16.0
INSIDE = 14.0
NARROWEST = 36.0
NAME_DROP = 13.5
"""From the top of a line of the name to its baseline."""
CAPTION_DROP = 12.0


@dataclass(frozen=True, slots=True)
class Text:
    """A node's words as they fit, and the box they need."""

    name: tuple[str, ...]
    caption: str
    cut: bool
    width: float
    height: float

    @classmethod
    def of(cls, node: Node) -> "Text":
        name = measure.wrap(node.name, measure.NAME_SIZE, measure.WIDEST)
        caption = measure.cut(node.caption, measure.CAPTION_SIZE, measure.WIDEST)
        widths = [measure.width(part, measure.NAME_SIZE) for part in name]
        widths.append(measure.width(caption, measure.CAPTION_SIZE))
        return cls(
            name=name,
            caption=caption,
            cut=caption != node.caption or " ".join(name) != " ".join(node.name.split()),
            width=round(max(*widths, NARROWEST) + 2 * INSIDE),
            height=len(name) * NAME_LINE + (CAPTION_LINE if caption else 0) + INSIDE,
        )


def box(node: Node, text: Text, centre: float, middle: float, passing: Sequence[Line]) -> Box:
    top = middle - text.height / 2
    below = top + INSIDE / 2 + len(text.name) * NAME_LINE
    direction = measure.direction(node.name)
    return Box(
        node=node,
        x=round(centre - text.width / 2, 1),
        y=round(top, 1),
        width=text.width,
        height=text.height,
        name=tuple(
            Words(part, centre, round(top + INSIDE / 2 + i * NAME_LINE + NAME_DROP, 1), direction)
            for i, part in enumerate(text.name)
        ),
        caption=Words(text.caption, centre, round(below + CAPTION_DROP, 1), measure.direction(text.caption))
        if text.caption
        else None,
        cut=text.cut,
        stances=tuple(dict.fromkeys(line.stance for line in passing)),
        lines=tuple(line.key for line in passing),
    )
