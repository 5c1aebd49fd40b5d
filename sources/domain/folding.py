"""Text as it is compared when spelling, typesetting and spacing are not to matter, with the way back to the original.

Folding looks at one character at a time, so it is linear whatever the text. Dropped are white space, invisible
characters, tatweel and the diacritics of the Arabic, Hebrew, Syriac, Latin, Greek and Cyrillic scripts (in others,
vowels are marks, and dropping them would make other words). Folded are alef, ya, kaf and ta marbuta forms, presentation
forms and ligatures, digits, quotation marks, dashes, the punctuation of Arabic script and case.
"""

import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import Final

_BLOCK: Final = 512

_SAME = str.maketrans(
    {
        **dict.fromkeys("ٱٲٳ", "ا"),
        **dict.fromkeys("ىیېے", "ي"),
        **dict.fromkeys("کڪ", "ك"),
        **dict.fromkeys("ةھہەۃ", "ه"),
        **dict.fromkeys("\"'`´‘’‚‛“”„‟«»‹›′″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict(zip("،؛؟٪٫٬", ",;?%.,", strict=True)),
    }
)
_DIACRITICS = (
    range(0x0300, 0x0370), range(0x0483, 0x048A), range(0x0591, 0x05C8), range(0x0610, 0x061B), range(0x064B, 0x0660),
    range(0x0670, 0x0671), range(0x06D6, 0x06EE), range(0x0711, 0x0712), range(0x0730, 0x074B), range(0x08CA, 0x0900),
    range(0xFE00, 0xFE10),
)  # fmt: skip


class _Table(dict[int, str]):
    """What each code point folds to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", chr(code).translate(_SAME))
        self[code] = folded = "".join(map(_letter, letters.translate(_SAME).casefold()))
        return folded


def _letter(character: str) -> str:
    if character.isspace() or character == "\u0640":
        return ""
    category = unicodedata.category(character)
    if category in ("Cf", "Cc") or (category == "Mn" and any(ord(character) in marks for marks in _DIACRITICS)):
        return ""
    return str(unicodedata.decimal(character)) if category == "Nd" else character


_table = _Table()


def fold(text: str) -> str:
    return text.translate(_table)


class Folded:
    """A text in folded form. Positions in it are led back to the original a block at a time."""

    def __init__(self, original: str) -> None:
        self.original = original
        blocks = [fold(original[at : at + _BLOCK]) for at in range(0, len(original), _BLOCK)]
        self.text = "".join(blocks)
        self._begins = [0, *accumulate(map(len, blocks))]

    def original_range(self, start: int, end: int) -> tuple[int, int]:
        """Where folded[start:end] stands in the original, with the marks on its last letter. Needs start < end."""
        first, last = self._original(start), self._original(end - 1) + 1
        while last < len(self.original) and unicodedata.category(self.original[last]) == "Mn":
            last += 1
        return first, last

    def near(self, position: int) -> int:
        """A place in the folded text not far from a position in the original."""
        return self._begins[min(max(position, 0) // _BLOCK, len(self._begins) - 1)]

    def place_of(self, position: int) -> int:
        """Where the folded text goes on with what stands at a position in the original."""
        block = min(position, len(self.original)) // _BLOCK
        return self._begins[block] + len(fold(self.original[block * _BLOCK : position]))

    def _original(self, place: int) -> int:
        block = bisect_right(self._begins, place) - 1
        begins = self._begins[block]
        for position in range(block * _BLOCK, len(self.original)):
            begins += len(_table[ord(self.original[position])])
            if begins > place:
                return position
        raise IndexError(place)
