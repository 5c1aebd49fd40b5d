"""All that a page shows, and what of it stands besides its article.

An extractor chooses: captions, boxes, sidebars, footers and comments are in its article while the rest of a page is
short and out of it once that is long, though nobody touched them. Whoever looks for a passage has to look at them too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from lxml import etree

_WHITESPACE = re.compile(r"\s+")
# fmt: off
_HIDDEN = frozenset({
    "audio", "canvas", "datalist", "head", "iframe", "math", "noembed", "noframes", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "video",
})
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
})
# fmt: on
_NOT_DRAWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_WORD = re.compile(r"\w+|[^\w\s]")
_UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
_SEED = 3  # words in a row, by which a block is looked for
_PLACES = 16  # at which a block may stand: of what is repeated more often, the rest is not looked at


def visible_text(root: etree._Element) -> str:
    """All text outside of scripts and the like, one block a line. What only a style sheet hides is in it."""
    parts: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        hidden = _is_hidden(element)
        block = element.tag not in _INLINE and element.tag not in _HIDDEN
        if event == "start":
            skipped += hidden
            if not skipped:
                parts += ["\n" if block else "", _WHITESPACE.sub(" ", element.text or "")]
        else:
            skipped -= hidden
            parts.append("\n" if block and not skipped else "")
            if not skipped:
                parts.append(_WHITESPACE.sub(" ", element.tail or ""))
    return "".join(parts)


def besides(article: str, visible: Iterable[str]) -> Iterator[str]:
    """Of the blocks that are visible those whose words do not stand in the article, each once, in their order.

    It takes time in proportion to the words: no block is looked for all through the article.
    """
    lines, told = set(article.split("\n")), set()
    others = [block for block in visible if block not in lines]
    there = _Words(_words(article) if others else ())
    for block in others:
        words = _words(block)
        if any(word[0].isalnum() for word in words) and words not in told and not there.hold(words):
            told.add(words)
            yield block


def _is_hidden(element: etree._Element) -> bool:
    if element.tag in _HIDDEN or "hidden" in element.attrib:
        return True
    if element.tag == "dialog" and "open" not in element.attrib:
        return True
    # Of a whole page it is a trick: its script would show it, and where one ran it has.
    return element.tag not in ("html", "body") and bool(_NOT_DRAWN.search(element.attrib.get("style", "")))


def _words(text: str) -> tuple[str, ...]:
    """And signs. What nobody sees an extractor may have taken out, and spaces it sets as it likes."""
    return tuple(_WORD.findall(text.translate(_UNSEEN)))


class _Words:
    """Words in a row, in which others are looked for."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self._short = {*zip(words, strict=True), *pairwise(words)}
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place in range(len(words) - _SEED + 1):
            self._places[words[place : place + _SEED]].append(place)

    def hold(self, words: tuple[str, ...]) -> bool:
        if len(words) < _SEED:
            return words in self._short
        nowhere: list[int] = []
        seeds = ((self._places.get(words[at : at + _SEED], nowhere), at) for at in range(len(words) - _SEED + 1))
        places, at = min(seeds, key=lambda each: len(each[0]))
        starts = (place - at for place in places[:_PLACES])
        return any(start >= 0 and self._words[start : start + len(words)] == words for start in starts)
