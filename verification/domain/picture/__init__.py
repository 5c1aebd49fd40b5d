"""The picture of a claim's chains: who knows at the start edge, the desk at the end edge.

Fill in `Node`s, `Line`s and their `Edge`s from a corroboration result, call `draw`, and hand the `Picture` to
templates/verification/_picture.html. Layout only: it measures and places, and knows no colours. In a right-to-left page
the coordinates are mirrored here, so that no text is ever flipped.

The way is Sugiyama's: break circles, put every node in a layer, order the layers so that few strands cross, then set
heights. Everything is settled by the order of the lines given, so the same input gives the same picture.
"""

from .draw import draw
from .ground import Edge, Kind, Line, Node, Stance
from .result import Box, Heading, Picture, Place, Row, Strand, Words

__all__ = [
    "Box",
    "Edge",
    "Heading",
    "Kind",
    "Line",
    "Node",
    "Picture",
    "Place",
    "Row",
    "Stance",
    "Strand",
    "Words",
    "draw",
]
