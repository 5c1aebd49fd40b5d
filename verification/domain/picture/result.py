"""What a picture consists of. All measures in px of the SVG's own box, with the origin at its top left corner."""

from dataclasses import dataclass
from enum import StrEnum

from .ground import Line, Node, Stance


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text, centred on `x`, its baseline at `y`; `direction` ("ltr", "rtl") by its first strong letter."""

    text: str
    x: float
    y: float
    direction: str


@dataclass(frozen=True, slots=True)
class Box:
    """A node in its place. `stances` and keys of the `lines` through it; `cut`: its words are not all shown."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    name: tuple[Words, ...]
    caption: Words | None
    cut: bool
    stances: tuple[Stance, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strand:
    """What runs between two nodes for one stance. `path` is SVG path data, from `upper` to `lower`.

    `closed` where any of its `lines` is; `verified` where all of them have this step verified; `circle` where it leads
    back.
    """

    upper: Node
    lower: Node
    stance: Stance
    path: str
    closed: bool
    verified: bool
    circle: bool
    lines: tuple[str, ...]
    titles: tuple[str, ...]


class Place(StrEnum):
    START = "START"
    MIDDLE = "MIDDLE"
    END = "END"


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the words "who knows", "who carried it" and "the desk" stand, centred on `x`."""

    place: Place
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line in words: what it passes, from the carrier upwards."""

    line: Line
    stops: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    width: float
    height: float
    rtl: bool
    boxes: tuple[Box, ...]
    strands: tuple[Strand, ...]
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
