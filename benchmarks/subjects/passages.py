"""Finding excerpts again: in a text as long as a newspaper page is never, and in texts made to hold the search up."""

import random
from collections.abc import Iterator
from functools import partial

from benchmarks import Figure, milliseconds
from sources.domain.passages import Earlier, Found, Page, TextPositionSelector, TextQuoteSelector, select
from tests.domain.sources.test_passages import long_text

LETTERS = 110_000  # two bytes each, but for the spaces: 200 KB
EXCERPTS = 20
LONGEST_TEXT = 1_000_000
LONGEST_QUOTATION = 20_000


def measure() -> Iterator[Figure]:
    text = long_text(1, LETTERS)
    chance = random.Random(5)
    quotes = [select(text, start, start + 250)[0] for start in chance.sample(range(len(text) - 250), EXCERPTS)]
    respaced = text.replace(" ", "\n", 7_000)
    altered = respaced
    for quote in quotes[EXCERPTS // 2 :]:
        altered = altered.replace(quote.exact, quote.exact[:100] + " كلمة أخرى " + quote.exact[110:])
    copies = {
        "unchanged": (text, None),
        "spaced otherwise": (respaced, None),
        "half of them altered": (altered, None),
        "half of them altered, with the copy before": (altered, text),
    }
    for name, (copy, before) in copies.items():
        taken = milliseconds(partial(_find, quotes, copy, before), 10)
        found = sum(one is not None for one in _find(quotes, copy, before))
        note = f"{found} of {EXCERPTS} found in {len(copy.encode()) // 1000} KB of Arabic, at most 100; median of 10"
        yield Figure(f"passages, {name}", taken, "ms", note)
    for name, (passage, held_up) in _hard().items():
        quote, there = TextQuoteSelector(passage), TextPositionSelector(len(held_up), len(held_up) + 1)
        taken = milliseconds(partial(_find_one, held_up, quote, there), 1)
        note = f"a quotation of {len(passage):,} in a text of {len(held_up):,} characters"
        yield Figure(f"passages, hard: {name}", taken, "ms", note)


def _find(quotes: list[TextQuoteSelector], text: str, before: str | None) -> list[Found | None]:
    page = Page(text)
    if before is None:
        return [page.find(quote) for quote in quotes]
    earlier = Page(before)
    places = [TextPositionSelector(start := before.index(quote.exact), start + len(quote.exact)) for quote in quotes]
    return [
        page.find(quote, place, partial(Earlier, earlier, place)) for quote, place in zip(quotes, places, strict=True)
    ]


def _find_one(text: str, quote: TextQuoteSelector, place: TextPositionSelector) -> Found | None:
    return Page(text).find(quote, place)


def _hard() -> dict[str, tuple[str, str]]:
    half = LONGEST_QUOTATION // 2
    unique = " ".join(f"كلمة{number}" for number in range(5_000))[:LONGEST_QUOTATION]
    altered = unique.replace("كلمة100 ", "سس ").replace("كلمة500 ", "صص ")
    return {
        "almost everywhere": ("a" * half + "b" + "a" * (half - 1), "a" * LONGEST_TEXT),
        "a period": ("ab" * (half - 1) + "c", "ab" * (LONGEST_TEXT // 2)),
        "marks between all letters": (unique, "".join(f"{c} \u064e" * 20 for c in unique)[:LONGEST_TEXT]),
        "words of nothing between all words": (
            altered,
            unique.replace(" ", " \u064e \u0640 \u200f" * 50)[:LONGEST_TEXT],
        ),
        "ligatures that unfold": ("ﷺ" * half + unique[:half], "ﷺ" * LONGEST_TEXT),
        "no word ends": ("ب" * half + "ت" * half, "ب" * (LONGEST_TEXT // 2) + "ت" * (LONGEST_TEXT // 2)),
    }
