"""Pointing at a passage of an archived text, and finding it again in another copy of that text.

A passage is held by two selectors of the W3C Web Annotation model, section 4.2: the quotation with what stands around
it, and its place in code points. A later copy is searched for it exactly, then with spelling and spacing folded, then
for something near to it; what was found says how, and in what it differs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Final, NamedTuple

from audit.domain.worddiff import WORD, Match, Piece, align, diff
from sources.domain import extent
from sources.domain.folding import Folded, fold
from sources.domain.struck import STROKES, divided, struck

CONTEXT: Final = 32
OCCURRENCES_WEIGHED: Final = 500
SEED: Final = 6  # folded characters that must survive in one piece to count for a passage being near
OCCURRENCES_OF_A_SEED: Final = 12  # what stands everywhere tells nothing about where a passage stands
SHORTEST_NEARLY: Final = 20  # folded characters; anything shorter is near to too much
ALIKE: Final = 0.5  # the part of the passage, in folded characters, that must be there word for word
OTHERS_PASSED_OVER: Final = 6  # passages near to the one looked for that stood beside it before


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
    """Where a passage stands and in which words. ``differences`` leads word by word from the quotation to them.

    ``is_struck``: the page shows it struck through, and nowhere else.
    """

    start: int
    end: int
    how: How
    exact_text: str
    differences: tuple[Piece, ...] = ()
    is_struck: bool = False

    @property
    def words(self) -> str:
        """What stands there, with its strokes."""
        return struck(self.exact_text) if self.is_struck else self.exact_text


def select(text: str, start: int, end: int) -> tuple[TextQuoteSelector, TextPositionSelector]:
    """The selectors of text[start:end]. Raises ValueError where that is no passage of the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no passage from {start} to {end} in a text of {len(text)} characters")
    quote = TextQuoteSelector(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])
    return quote, TextPositionSelector(start, end)


class Earlier:
    """The copy a passage stood in, and where. What stood beside it there and stands here is no alteration of it."""

    def __init__(self, page: "Page", position: TextPositionSelector | None = None) -> None:
        self.page = page
        self.position = position

    def holds_beside(self, words: str) -> int:
        """How often these folded words stood outside of the passage."""
        folded = self.page.folded
        if self.position is None:
            return folded.text.count(words)
        start, end = folded.place_of(self.position.start), folded.place_of(self.position.end)
        return folded.text.count(words, 0, start) + folded.text.count(words, end)


class _Stretch(NamedTuple):
    """Words by number: from `first` to `last`, and in between those that begin and end with words of the passage."""

    first: int
    last: int
    first_own: int
    last_own: int


class Page:
    """One copy of a text to find passages in. Folding it is done once, and only if some passage needs it.

    ``text`` is what it says; what is struck through there is looked through behind it.
    """

    def __init__(self, text: str) -> None:
        self._whole = text
        self.text, self._struck = divided(text)

    def strikes(self, position: TextPositionSelector) -> bool:
        """Whether what stands there is struck through."""
        return bool(self._struck[position.start : position.end].strip())

    @cached_property
    def folded(self) -> Folded:
        return Folded(self.text)

    @cached_property
    def _seeds(self) -> dict[str, list[int]]:
        """Where every sixth piece of six folded characters stands; a passage is tried at each of its characters."""
        places: dict[str, list[int]] = {}
        for place in range(0, len(self.folded.text) - SEED + 1, SEED):
            places.setdefault(self.folded.text[place : place + SEED], []).append(place)
        return {seed: stands for seed, stands in places.items() if len(stands) <= OCCURRENCES_OF_A_SEED}

    def find(
        self,
        quote: TextQuoteSelector,
        position: TextPositionSelector | None = None,
        earlier: Callable[[], Earlier] | None = None,
    ) -> Found | None:
        """The passage, or None where nothing near to it is there. Of equal ones, that between the same words, else
        the nearest to ``position``. ``earlier`` is asked for only where there is something near to it."""
        expected = position.start if position else 0
        if STROKES in quote.exact and (start := _best(self._whole, quote, expected)) is not None:
            return Found(start, start + len(quote.exact), How.EXACTLY, quote.exact)
        same = self._exactly(quote, expected) or self._but_for_spelling(quote, expected)
        return same or self._struck_through(quote, expected) or self._nearly(quote, earlier)

    def _struck_through(self, quote: TextQuoteSelector, expected: int) -> Found | None:
        page = Page(self._struck) if self._struck else None
        found = page and (page._exactly(quote, expected) or page._but_for_spelling(quote, expected))
        return replace(found, is_struck=True) if found else None

    def _exactly(self, quote: TextQuoteSelector, expected: int) -> Found | None:
        start = _best(self.text, quote, expected)
        return None if start is None else Found(start, start + len(quote.exact), How.EXACTLY, quote.exact)

    def _but_for_spelling(self, quote: TextQuoteSelector, expected: int) -> Found | None:
        folded = TextQuoteSelector(fold(quote.exact), fold(quote.prefix), fold(quote.suffix))
        place = _best(self.folded.text, folded, self.folded.near(expected))
        if place is None:
            return None
        return self._found(*self.folded.original_range(place, place + len(folded.exact)), How.FOLDED, quote)

    def _nearly(self, quote: TextQuoteSelector, earlier: Callable[[], Earlier] | None) -> Found | None:
        wanted = fold(quote.exact)
        if len(wanted) < SHORTEST_NEARLY:
            return None
        passed_over: list[tuple[int, int]] = []
        while window := self._window(wanted, passed_over):
            start, end = self.folded.original_range(*window)
            places = [(start + word.start(), start + word.end()) for word in WORD.finditer(self.text[start:end])]
            near = _stretch(_words(quote.exact), [fold(self.text[a:b]) for a, b in places])
            if near is None:
                return None
            others = self._others(self.text[places[near.first_own][0] : places[near.last_own][1]], earlier)
            if not others:
                own = places[near.first_own][0], places[near.last_own][1]
                return self._near(quote, own, (places[near.first][0], places[near.last][1]))
            passed_over += others
            if len(passed_over) > OTHERS_PASSED_OVER:
                return None
        return None

    def _others(self, words: str, earlier: Callable[[], Earlier] | None) -> list[tuple[int, int]]:
        """Where these words stand in the folded text, if none of them is there more often than beside the passage
        before: then they are other passages, which stayed as they were."""
        if earlier is None:
            return []
        looked_for = fold(words)
        before = earlier().holds_beside(looked_for)
        if self.folded.text.count(looked_for) > before:
            return []
        places = islice(_occurrences(self.folded.text, looked_for), before)
        return [(place, place + len(looked_for)) for place in places]

    def _near(self, quote: TextQuoteSelector, own: tuple[int, int], counted: tuple[int, int]) -> Found:
        """`own`: from the first to the last word it has in common; `counted`: with as many besides as it had."""
        context = extent.Context(quote.exact, quote.prefix, quote.suffix, CONTEXT)
        start = extent.begins(self.text, own[0], context, counted[0])
        end = extent.ends(self.text, own[1], context, counted[1])
        head, tail = _signs_around(quote.exact)
        start -= len(head) if self.text.endswith(head, 0, start) else 0
        end += len(tail) if self.text.startswith(tail, end) else 0
        return self._found(start, end, How.NEARLY, quote)

    def _window(self, wanted: str, passed_over: list[tuple[int, int]]) -> tuple[int, int] | None:
        """The part of the folded text in which most seeds of the passage stand about as far apart as they should, and
        that holds nothing of what was passed over."""
        seeds = ((at, self._seeds.get(wanted[at : at + SEED], ())) for at in range(len(wanted) - SEED + 1))
        shifts = sorted(
            place - at
            for at, places in seeds
            for place in places
            if not any(start - SEED < place < end for start, end in passed_over)
        )
        width = len(wanted) // 4 + 4 * SEED
        most, first, best = 0, 0, (0, 0)
        for last, shift in enumerate(shifts):
            while shift - shifts[first] > width:
                first += 1
            if last + 1 - first > most:
                most, best = last + 1 - first, (shifts[first], shift)
        if not most:
            return None
        begins, ends = max(0, best[0] - width), min(len(self.folded.text), best[1] + len(wanted) + width)
        middle = (best[0] + best[1] + len(wanted)) // 2
        for start, end in passed_over:
            if end <= middle:
                begins = max(begins, end)
            elif start >= middle:
                ends = min(ends, start)
        return (begins, ends) if begins < ends else None

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


def _stretch(wanted: list[str], there: list[str]) -> _Stretch | None:
    """The one that has most of the passage and least besides, if it has enough."""
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
    return _Stretch(begins, ends - 1, first.new, last.new + last.size - 1)
