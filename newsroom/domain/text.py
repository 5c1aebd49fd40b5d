"""The one text policy: what may be written, what it is searched by, and how hidden characters are shown.

Forms, the API, imports and tasks all pass what people typed through here. Two kinds of text are told apart. A *name*
or a *tag* identifies something, so it is brought to one form and may hold nothing that cannot be seen. *Prose* (a
statement, a quotation, a rationale) is what somebody said, so it is kept as typed; what is hidden in it is shown.

Limits count Unicode code points. UTF-8 spends at most four bytes on each, so every limit is a limit in bytes as well.

Python's ``unicodedata.normalize`` takes quadratic time over a run of combining marks (CPython gh-149079), so runs are
looked at first and normalising never meets a long one.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

NAME: Final = 300
TAG: Final = 60
STATEMENT: Final = 5_000
QUOTATION: Final = 20_000
RATIONALE: Final = 20_000
NOTE: Final = 5_000

LONGEST_RUN_OF_MARKS: Final = 30


class Reason(StrEnum):
    """Why a text was refused."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    CONTROL = "control character"
    SURROGATE = "lone surrogate"
    DIRECTION = "direction control"
    INVISIBLE = "invisible character"
    MARKS = "too many marks"


class TextRefused(ValueError):
    """A text the policy does not accept.

    ``position`` is the number of the character it is about, counted from 1, or None where it is about the whole.
    ``detail`` names the character ("U+202E") or, for a text that is too long, gives its length.
    """

    def __init__(self, reason: Reason, position: int | None = None, detail: str = "") -> None:
        super().__init__(reason, position, detail)
        self.reason: Final = reason
        self.position: Final = position
        self.detail: Final = detail


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text to print, or one hidden character to print as its ``mark`` ("RLO", "U+00AD")."""

    text: str
    mark: str = ""


_DIRECTION = {
    "\u061c": "ALM", "\u200e": "LRM", "\u200f": "RLM",
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
}  # fmt: skip
_JOINERS = "\u200c\u200d"  # Persian, Kurdish and emoji are misspelt without them
# Unicode's Default_Ignorable_Code_Point without the joiners, the direction controls and the variation selectors of
# emoji; besides them the interlinear annotation marks and the blank Braille pattern, which nobody sees either.
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_direction = re.compile(f"[{''.join(_DIRECTION)}]")
_invisible = re.compile(f"[{_INVISIBLE}]")
_hidden = re.compile(f"[{''.join(_DIRECTION)}{_INVISIBLE}]")
_blank = re.compile(f"[\\s{''.join(_DIRECTION)}{_INVISIBLE}{_JOINERS}]*")

# Tab and line feed are the only controls prose may hold; U+FFFE and its like are no characters at all.
_control = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_surrogate = re.compile("[\ud800-\udfff]")
_line_end = re.compile("\r\n?|\x85")
_space = re.compile(r"[\t\n \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

# Everything that is, or decomposes into nothing but, combining marks. Half-width voicing marks are letters by category.
# A class that reaches beyond the first plane is searched range by range, so those characters get a class of their own.
_marks = [chr(c) for c in (*range(0x20000), *range(0xE0100, 0xE01F0)) if unicodedata.category(chr(c)).startswith("M")]
_near = "".join(mark for mark in _marks if mark <= "\uffff")
_far = "".join(mark for mark in _marks if mark > "\uffff")
_MARK = f"(?:[{_near}\uff9e\uff9f]|(?=[\U00010000-\U0010ffff])[{_far}])"
_overloaded = re.compile(f"{_MARK}{{{LONGEST_RUN_OF_MARKS + 1}}}")
_capped = re.compile(f"({_MARK}{{{LONGEST_RUN_OF_MARKS}}}){_MARK}+")


def name(value: str, limit: int = NAME) -> str:
    """A name on one line: NFC, trimmed, white space collapsed, nothing hidden in it. Raises TextRefused."""
    value = _line_end.sub("\n", value)
    _refuse_always(value)
    _refuse(_direction, value, Reason.DIRECTION)
    _refuse(_invisible, value, Reason.INVISIBLE)
    value = _space.sub(" ", value).strip(" " + _JOINERS)
    _refuse_size(value, limit)
    value = unicodedata.normalize("NFC", value)
    _refuse_size(value, limit)  # a few characters are longer composed than typed
    return value


def tag(value: str) -> str:
    """A label people file things under: a short name."""
    return name(value, TAG)


def prose(value: str, limit: int) -> str:
    """What somebody wrote or said, exactly as typed but for line ends, which become line feeds. Raises TextRefused."""
    value = _line_end.sub("\n", value)
    _refuse_size(value, limit)
    _refuse_always(value)
    return value


def is_blank(value: str) -> bool:
    """Whether nothing of the text can be seen."""
    return _blank.fullmatch(value) is not None


def _refuse_size(value: str, limit: int) -> None:
    if is_blank(value):
        raise TextRefused(Reason.EMPTY)
    if len(value) > limit:
        raise TextRefused(Reason.TOO_LONG, limit + 1, str(len(value)))


def _refuse_always(value: str) -> None:
    _refuse(_surrogate, value, Reason.SURROGATE)
    _refuse(_control, value, Reason.CONTROL)
    _refuse(_overloaded, value, Reason.MARKS)


def _refuse(pattern: re.Pattern[str], value: str, reason: Reason) -> None:
    if found := pattern.search(value):
        raise TextRefused(reason, found.start() + 1, code_point(found[0][0]))


def code_point(character: str) -> str:
    """The character's number as Unicode writes it: "U+202E"."""
    return f"U+{ord(character):04X}"


_DROPPED = dict.fromkeys(
    [0x0640, 0x0670, *range(0x0610, 0x061B), *range(0x064B, 0x0660), *range(0x06D6, 0x06DD), *range(0x06DF, 0x06E5),
     *range(0x06E7, 0x06E9), *range(0x06EA, 0x06EE), *range(0x08CA, 0x08E2), *range(0x08E3, 0x0900)]
)  # fmt: skip
_FOLDED: dict[int, int | str | None] = {
    **str.maketrans("أإآٱٲٳؤئىیېےکگھہەةۀۂۃ", "اااااا" + "ويييييكگههههههه"),
    **str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789"),
    **_DROPPED,
}
_not_searched = re.compile(f"[\x00-\x08\x0e-\x1f\x7f{''.join(_DIRECTION)}{_INVISIBLE}{_JOINERS}\ud800-\udfff]+")


def search_key(value: str) -> str:
    """What a text is found by: spelling variants, vowel signs, tatweel, digits and case folded. Never refuses."""
    value = _capped.sub(r"\1", _not_searched.sub("", value).translate(_DROPPED))
    value = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", value).casefold())
    value = unicodedata.normalize("NFKC", _capped.sub(r"\1", _not_searched.sub("", value).translate(_FOLDED)))
    return " ".join(value.split())


def visible_controls(value: str) -> list[Piece]:
    """The text in order, each direction control or invisible character apart and named, the joiners left in place."""
    pieces: list[Piece] = []
    end = 0
    for hidden in _hidden.finditer(value):
        if hidden.start() > end:
            pieces.append(Piece(value[end : hidden.start()]))
        pieces.append(Piece(hidden[0], _DIRECTION.get(hidden[0]) or code_point(hidden[0])))
        end = hidden.end()
    if end < len(value):
        pieces.append(Piece(value[end:]))
    return pieces
