"""From the order in which a line is seen, left to right, to the order in which it is read.

A PDF places glyphs and knows no direction: Arabic comes out of it as it stands on the paper, so back to front, and in
the shapes its letters took there. This is the way back for one line. It undoes what a bidirectional layout (UAX #9)
does to a line of one direction with numbers and words of the other one in it; what was nested deeper cannot be known
from what is seen.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_SHAPES = (("\ufb50", "\ufdff"), ("\ufe70", "\ufefc"))
_INSIDE_NUMBERS = {"CS", "ES", "ET"}


def is_right_to_left(glyphs: Iterable[str]) -> bool:
    """Whether a page of these glyphs is more of that direction than of the other one."""
    kinds = Counter(map(_kind, glyphs))
    return kinds["R"] > kinds["L"]


def read_order(glyphs: Sequence[str], *, right_to_left: bool) -> str:
    """The text of a line whose `glyphs` are given from left to right, on a page of that direction.

    One glyph may stand for several letters.
    """
    kinds = [_kind(glyph) for glyph in glyphs]
    if "R" not in kinds:
        return "".join(glyphs)
    levels = _levels(kinds, base=int(right_to_left))
    line = list(zip(glyphs, levels, strict=True))
    for level in (1, 2):
        line = _turned(line, level)
    return "".join(_letters(glyph).translate(_MIRRORED) if level == 1 else glyph for glyph, level in line)


def _kind(glyph: str) -> str:
    """`R`, `L`, `1` for a digit, `.` for what may stand inside a number, a space for all else."""
    kind = unicodedata.bidirectional(glyph[0])
    if kind in ("R", "AL", "NSM"):
        return "R"
    if kind in _INSIDE_NUMBERS:
        return "."
    return {"L": "L", "EN": "1", "AN": "1"}.get(kind, " ")


def _levels(kinds: Sequence[str], base: int) -> list[int]:
    """How deep each glyph is nested: odd reads from the right. What has no direction goes with both its neighbours,
    and where they differ, with the line.
    """
    inner = {"R": 1, "L": 2 * base, "1": 2 * base}
    levels = [inner.get(kind, base) for kind in kinds]
    for before, start, end, after in _gaps(kinds):
        sides = {before, after}
        if sides <= {"L", "1"} and (sides != {"1"} or kinds[start:end] == ["."]):
            levels[start:end] = [2 * base] * (end - start)
        elif sides == {"R"}:
            levels[start:end] = [1] * (end - start)
    return levels


def _gaps(kinds: Sequence[str]) -> list[tuple[str, int, int, str]]:
    """Stretches without a direction, with what stands on their two sides; none at the ends of the line."""
    strong = [at for at, kind in enumerate(kinds) if kind in "RL1"]
    return [(kinds[left], left + 1, right, kinds[right]) for left, right in pairwise(strong) if right - left > 1]


def _turned(line: list[tuple[str, int]], least: int) -> list[tuple[str, int]]:
    """With every stretch that is nested at least so deep turned around."""
    turned: list[tuple[str, int]] = []
    for deep, stretch in groupby(line, key=lambda glyph: glyph[1] >= least):
        glyphs = list(stretch)
        turned += glyphs[::-1] if deep else glyphs
    return turned


def _letters(glyph: str) -> str:
    """The letters behind the shape they took at their place in the word."""
    return "".join(
        unicodedata.normalize("NFKC", char) if any(low <= char <= high for low, high in _SHAPES) else char
        for char in glyph
    )
