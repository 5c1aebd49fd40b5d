"""What a picture is drawn from."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """ORIGIN knows first-hand; how OPEN_END knows is not said; CARRIER passed it on; at DESK every line arrives."""

    ORIGIN = "ORIGIN"
    OPEN_END = "OPEN_END"
    CARRIER = "CARRIER"
    DESK = "DESK"


class Stance(StrEnum):
    SUPPORTS = "SUPPORTS"
    CONTRADICTS = "CONTRADICTS"
    CONTEXT = "CONTEXT"


@dataclass(frozen=True, slots=True)
class Node:
    """A source, or the desk.

    `name` is written in the box, wrapped to two lines and cut if it must be; `caption` says its state in words below it
    ("witnessed it", "how he knows is not said", "every line passes here"). `href` is where a click leads, or empty.
    `bottleneck`: every line of a stance passes here. `relay`: checked against what it carries, in every line. `circle`:
    part of a circle.
    """

    key: str
    name: str
    caption: str = ""
    kind: Kind = Kind.CARRIER
    href: str = ""
    bottleneck: bool = False
    relay: bool = False
    circle: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """`lower` has it from `upper` (keys of nodes); `verified`: it was checked against it."""

    lower: str
    upper: str
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it enters the desk, and its steps upwards in any order.

    `closed`: its end knows first-hand. `title` is its sentence, shown on following it. A line of one source
    has no edges.
    """

    key: str
    stance: Stance
    closed: bool
    carrier: str
    edges: tuple[Edge, ...] = ()
    title: str = ""
