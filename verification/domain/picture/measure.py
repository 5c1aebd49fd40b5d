"""How wide words are, without a browser: room for IBM Plex Sans and its Arabic sister, or a fallback a little wider."""

import unicodedata
from functools import lru_cache

NAME_SIZE = 14.0
CAPTION_SIZE = 12.0
WIDEST = 172.0
SAFETY = 1.04
ELLIPSIS = "…"

_EM = {
    letter: em
    for em, letters in {
        0.31: "il.,:;'’‘!| ·اأإآ\u0671",
        0.4: "jtfrI()[]/-بتثنئلهةـ",
        0.5: "دذرزوؤءفقعغي",
        0.64: "كمحخجطظىگپچ",
        0.86: "mwMWQGOD@%&—سشصض",
    }.items()
    for letter in letters
}
_CAPITAL = 0.66
_OTHER = 0.57


@lru_cache(maxsize=4096)
def _em(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return _EM.get(letter, _CAPITAL if letter.isupper() or letter.isdigit() else _OTHER)


def width(text: str, size: float) -> float:
    """Px that `text` takes at most when set at `size` px."""
    return sum(map(_em, text)) * size * SAFETY


def cut(text: str, size: float, widest: float) -> str:
    """`text`, or as much of it as fits with an ellipsis; never between a letter and its marks."""
    if width(text, size) <= widest:
        return text
    kept, room = 0, widest - width(ELLIPSIS, size)
    for place, letter in enumerate(text):
        room -= _em(letter) * size * SAFETY
        if room < 0:
            break
        kept = place + 1
    return text[:kept].rstrip() + ELLIPSIS


def wrap(text: str, size: float, widest: float) -> tuple[str, ...]:
    """`text` in one line or two, the second cut where it must be."""
    if width(text, size) <= widest:
        return (text,)
    words = text.split()
    first = words[0] if words else ""
    taken = 1
    while taken < len(words) and width(f"{first} {words[taken]}", size) <= widest:
        first = f"{first} {words[taken]}"
        taken += 1
    if taken >= len(words) or width(first, size) > widest:
        return (cut(text, size, widest),)
    return first, cut(" ".join(words[taken:]), size, widest)


def direction(text: str) -> str:
    """By the first strong letter, as dir="auto" decides it."""
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return "ltr"
