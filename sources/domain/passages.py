"""Pointing at a passage of an archived text, and finding it again in another copy of that text.

A passage is held by two selectors of the W3C Web Annotation model, section 4.2: the quotation with what stands around
it, and its place in code points. A later copy is searched for it exactly, then with spelling and spacing folded, then
for something near to it; what was found says how, and in what it differs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Final

from audit.domain.worddiff import WORD, Match, Piece, align, diff
from sources.domain.folding import Folded, fold

CONTEXT: Final = 32
OCCURRENCES_WEIGHED: Final = 500
SEED: Final = 6  # folded characters that must survive in one piece to count for a passage being near
OCCURRENCES_OF_A_SEED: Final = 12  # what stands everywhere tells nothing about where a passage stands
SHORTEST_NEARLY: Final = 20  # folded characters; anything shorter is near to too much
ALIKE: Final = 0.5  # the part of the passage, in folded characters, that must be there word for word


@dataclass(frozen=True, slots=True)
class TextQuoteSelector:
    exact: str
    prefix: str = ""
    suffix: str = ""

    def w3c(self) -> dict[str, str]:
        return {"type": "TextQuoteSelector", "exact": self.exact, "prefix": self.prefix, "suffix": self.suffix}


@dataclass(frozen=True, slots=True)
class TextPositionSelector:
    """Half-open, in Unicode code points of the extracted text."""

    start: int
    end: int

    def w3c(self) -> dict[str, str | int]:
        return {"type": "TextPositionSelector", "start": self.start, "end": self.end}


class How(StrEnum):
    EXACTLY = "exactly"
    FOLDED = "but for spelling and spacing"
    NEARLY = "nearly"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a passage stands and in which words. ``differences`` leads word by word from the quotation to them."""

    start: int
    end: int
    how: How
    exact_text: str
    differences: tuple[Piece, ...] = ()


def select(text: str, start: int, end: int) -> tuple[TextQuoteSelector, TextPositionSelector]:
    """The selectors of text[start:end]. Raises ValueError where that is no passage of the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no passage from {start} to {end} in a text of {len(text)} characters")
    quote = TextQuoteSelector(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])
    return quote, TextPositionSelector(start, end)


class Page:
    """One copy of a text to find passages in. Folding it is done once, and only if some passage needs it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _folded(self) -> Folded:
        return Folded(self.text)

    @cached_property
    def _seeds(self) -> dict[str, list[int]]:
        """Where every sixth piece of six folded characters stands; a passage is tried at each of its characters."""
        places: dict[str, list[int]] = {}
        for place in range(0, len(self._folded.text) - SEED + 1, SEED):
            places.setdefault(self._folded.text[place : place + SEED], []).append(place)
        return {seed: stands for seed, stands in places.items() if len(stands) <= OCCURRENCES_OF_A_SEED}

    def find(self, quote: TextQuoteSelector, position: TextPositionSelector | None = None) -> Found | None:
        """The passage, or None where nothing near to it is there. Of equal ones, that between the same words, else
        the nearest to ``position``."""
        expected = position.start if position else 0
        return self._exactly(quote, expected) or self._but_for_spelling(quote, expected) or self._nearly(quote)

    def _exactly(self, quote: TextQuoteSelector, expected: int) -> Found | None:
        start = _best(self.text, quote, expected)
        return None if start is None else Found(start, start + len(quote.exact), How.EXACTLY, quote.exact)

    def _but_for_spelling(self, quote: TextQuoteSelector, expected: int) -> Found | None:
        folded = TextQuoteSelector(fold(quote.exact), fold(quote.prefix), fold(quote.suffix))
        place = _best(self._folded.text, folded, self._folded.near(expected))
        if place is None:
            return None
        return self._found(*self._folded.original_range(place, place + len(folded.exact)), How.FOLDED, quote)

    def _nearly(self, quote: TextQuoteSelector) -> Found | None:
        wanted = fold(quote.exact)
        window = self._window(wanted) if len(wanted) >= SHORTEST_NEARLY else None
        if window is None:
            return None
        start, end = self._folded.original_range(*window)
        places = [(start + word.start(), start + word.end()) for word in WORD.finditer(self.text[start:end])]
        span = _span(_words(quote.exact), [fold(self.text[a:b]) for a, b in places])
        if span is None:
            return None
        start, end = places[span[0]][0], places[span[1]][1]
        head, tail = _signs_around(quote.exact)
        start -= len(head) if self.text.endswith(head, 0, start) else 0
        end += len(tail) if self.text.startswith(tail, end) else 0
        return self._found(start, end, How.NEARLY, quote)

    def _window(self, wanted: str) -> tuple[int, int] | None:
        """The part of the folded text in which most seeds of the passage stand about as far apart as they should."""
        seeds = ((at, self._seeds.get(wanted[at : at + SEED], ())) for at in range(len(wanted) - SEED + 1))
        shifts = sorted(place - at for at, places in seeds for place in places)
        width = len(wanted) // 4 + 4 * SEED
        most, first, best = 0, 0, (0, 0)
        for last, shift in enumerate(shifts):
            while shift - shifts[first] > width:
                first += 1
            if last + 1 - first > most:
                most, best = last + 1 - first, (shifts[first], shift)
        if not most:
            return None
        return max(0, best[0] - width), min(len(self._folded.text), best[1] + len(wanted) + width)

    def _found(self, start: int, end: int, how: How, quote: TextQuoteSelector) -> Found:
        there = self.text[start:end]
        return Found(start, end, how, there, tuple(diff(quote.exact, there)))


def stands_in(passage: str, exact: str) -> How | None:
    """How a quotation stands in the words of an excerpt; None where it does not."""
    quote = TextQuoteSelector(passage.strip())
    found = Page(exact).find(quote) if quote.exact else None
    return found.how if found else None


def how_it_stands(passage: str, exact: str) -> How:
    """The same for one that is known to stand there, without the cost of looking for it."""
    passage = passage.strip()
    if passage in exact:
        return How.EXACTLY
    return How.FOLDED if fold(passage) in fold(exact) else How.NEARLY


def _best(text: str, quote: TextQuoteSelector, expected: int) -> int | None:
    """Where the quotation stands between the words it stood between, or else nearest to where it was expected."""
    if not quote.exact:
        return None
    places = {*islice(_occurrences(text, quote.exact), OCCURRENCES_WEIGHED)}
    places |= {text.find(quote.exact, expected), _rfind(text, quote.exact, expected + len(quote.exact))} - {-1}
    return min(places, key=lambda place: (-_context(text, place, quote), abs(place - expected), place), default=None)


def _rfind(text: str, exact: str, end: int) -> int:
    """`str.rfind` takes the product of the lengths where `str.find` takes their sum, so the text is turned round."""
    before = text[:end]
    place = before[::-1].find(exact[::-1])
    return -1 if place < 0 else len(before) - place - len(exact)


def _occurrences(text: str, exact: str) -> Iterator[int]:
    place = text.find(exact)
    while place >= 0:
        yield place
        place = text.find(exact, place + 1)


def _context(text: str, place: int, quote: TextQuoteSelector) -> int:
    """How many characters around the place are those that stood around the quotation."""
    end = place + len(quote.exact)
    before = text[max(0, place - len(quote.prefix)) : place]
    return _alike(before[::-1], quote.prefix[::-1]) + _alike(text[end : end + len(quote.suffix)], quote.suffix)


def _alike(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _words(text: str) -> list[str]:
    return [fold(word) for word in WORD.findall(text)]


def _signs_around(text: str) -> tuple[str, str]:
    """What stands before the first and after the last word."""
    words = list(WORD.finditer(text))
    return (text[: words[0].start()], text[words[-1].end() :]) if words else ("", "")


def _span(wanted: list[str], there: list[str]) -> tuple[int, int] | None:
    """First and last word of the stretch that has most of the passage and least besides, if it has enough."""
    best, best_kept, best_matches = 0, 0, (Match(0, 0, 0), Match(0, 0, 0))
    score = kept = 0
    begun = before = None
    for match in align(wanted, there):
        size = sum(map(len, there[match.new : match.new + match.size]))
        besides = sum(map(len, there[before.new + before.size : match.new])) if before else 0
        if begun is None or score < besides:
            begun, score, kept, besides = match, 0, 0, 0
        score, kept, before = score + size - besides, kept + size, match
        if score > best:
            best, best_kept, best_matches = score, kept, (begun, match)
    if best_kept < ALIKE * sum(map(len, wanted)):
        return None
    first, last = best_matches
    # Words changed at either end have no equal to be found by; a few of them stand where they stood.
    few = max(2, len(wanted) // 10)
    begins, ends = first.new, last.new + last.size
    if first.old <= few:
        begins = max(0, begins - first.old)
    if (missing := len(wanted) - last.old - last.size) <= few:
        ends = min(len(there), ends + missing)
    return begins, ends - 1
