"""Takes out of a page what it has struck through, the usual form of a correction (domain/struck.py).

By the elements that say so and by what an element says of its own style; what a style sheet strikes through our browser
marks (browser/marking.py).
"""

import re
from copy import deepcopy

from lxml import etree

from sources.archiving.visible import is_hidden, visible_text

MARK = "data-isnad-struck"
_TAGS = ("del", "s", "strike")
_STYLE = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)


def take_out(root: etree._Element, *, marked: bool) -> list[str]:
    """The lines of it that are shown, in their order; they are gone from the page then."""
    found = [each for each in root.iter(etree.Element) if _is_struck(each, marked=marked)]
    lines: list[str] = []
    for element in found:
        above = list(element.iterancestors())
        if root not in above or element is root:  # it went with another
            continue
        if not any(map(is_hidden, above)):
            taken = deepcopy(element)
            taken.tail = None
            lines += visible_text(taken).split("\n")
        element.clear(keep_tail=True)
    return lines


def _is_struck(element: etree._Element, *, marked: bool) -> bool:
    said = element.tag in _TAGS or (marked and MARK in element.attrib)
    return said or bool(_STYLE.search(element.attrib.get("style", "")))
