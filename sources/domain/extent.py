"""How far a reworded passage goes: its first and last words may be new, and have no equal to be found by.

It lies between the words that stood around it, where these still stand. Where what followed it is gone too, one that
ended a sentence goes to the end of that sentence.
"""

import re
from itertools import islice
from typing import Final, NamedTuple

from audit.domain.worddiff import WORD
from sources.domain.folding import fold

MOST_ADDED: Final = 24  # words
LONGEST_SENTENCE: Final = 80  # words, of what is added to one
LETTERS_A_WORD: Final = 20  # of text looked through for each of them
WORDS_BESIDE: Final = 3  # of those that stood around it
_ENDS: Final = re.compile(r"[.!?؟۔…]+(?=[\s\"'»”’)\]]|$)|\n|$")
_SIGN: Final = re.compile(r"[.!?؟۔…][\s\"'»”’)\]]*$")
_SHORTENED: Final = re.compile(r"(?<![^\W\d_])[A-Z][a-z]{0,3}\.$")  # "Col. Brown" goes on


class Context(NamedTuple):
    """A passage and what stood around it; `longest` is how much of that is kept on each side."""

    exact: str
    prefix: str
    suffix: str
    longest: int


def begins(text: str, own: int, context: Context, counted: int) -> int:
    """Where it begins: behind the words it stood behind, if they are near before its first `own` word."""
    lead = list(WORD.finditer(context.prefix))
    wanted = [fold(match[0]) for match in lead[_cut(context.prefix, context.longest) :]][-WORDS_BESIDE:]
    if not wanted:
        return counted
    most = _most(context)
    words = list(WORD.finditer(text, max(0, own - most * LETTERS_A_WORD), own))[-most:]
    said = [fold(word[0]) for word in words]
    for last in range(len(words), len(wanted) - 1, -1):
        if said[last - len(wanted) : last] == wanted:
            end = words[last - 1].end()
            trail = context.prefix[lead[-1].end() :]
            return end + len(trail) if text.startswith(trail, end) else _skip(text, end, own)
    return counted


def ends(text: str, own: int, context: Context, counted: int) -> int:
    """Where it ends: before the words it stood before, if they are near behind its last `own` word."""
    most = _most(context)
    words = list(islice(WORD.finditer(text, own, own + most * LETTERS_A_WORD), most))
    follow = list(WORD.finditer(context.suffix))
    kept = follow[: len(follow) - _cut(context.suffix, context.longest)]
    wanted = [fold(match[0]) for match in kept][:WORDS_BESIDE]
    said = [fold(word[0]) for word in words]
    for first in range(len(words) - len(wanted) + 1) if wanted else ():
        if said[first : first + len(wanted)] == wanted:
            before = words[first - 1].end() if first else own
            return _without(text, before, words[first].start(), context.suffix[: follow[0].start()])
    return _sentence(text, own, counted) if _ended_a_sentence(context) else counted


def breaks_off(before: str, now: str) -> bool:
    """Whether what became of a sentence may go on behind the words that were taken for it."""
    is_long = len(WORD.findall(now)) >= LONGEST_SENTENCE
    return is_long and bool(_SIGN.search(before)) and not _SIGN.search(now)


def _most(context: Context) -> int:
    return len(WORD.findall(context.exact)) + MOST_ADDED


def _cut(kept: str, longest: int) -> int:
    """How many words of it may be cut in the middle, at its far end."""
    return int(len(kept) >= longest)


def _skip(text: str, start: int, own: int) -> int:
    return start + len(text[start:own]) - len(text[start:own].lstrip())


def _without(text: str, start: int, end: int, lead: str) -> int:
    """Of what stands between its last word and the next one, the signs that did not stand behind it are its own."""
    between = text[start:end]
    return end - len(lead) if between.endswith(lead) else start


def _ended_a_sentence(context: Context) -> bool:
    words = list(WORD.finditer(context.exact))
    tail = context.exact[words[-1].end() :] if words else ""
    following = WORD.search(context.suffix)
    lead = context.suffix[: following.start()] if following else context.suffix
    at_the_end = bool(context.prefix) and not context.suffix.strip()
    return at_the_end or any(match[0] for match in _ENDS.finditer(f"{tail}{lead}"))


def _sentence(text: str, own: int, counted: int) -> int:
    until = own + LONGEST_SENTENCE * LETTERS_A_WORD
    end = next((match.start() for match in _ENDS.finditer(text, own, until) if not _is_shortened(text, match)), until)
    words = islice(WORD.finditer(text, own, until), LONGEST_SENTENCE)
    return max((word.end() for word in words if word.end() <= end), default=counted)


def _is_shortened(text: str, dot: "re.Match[str]") -> bool:
    following = text[dot.end() : dot.end() + 2].strip()
    return following.isupper() and bool(_SHORTENED.search(text, max(0, dot.start() - 5), dot.end()))
