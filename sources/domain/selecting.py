"""What a person selected on a page, in the text the page was made from.

A browser counts in UTF-16 and shows a text its own way, and an extension may have rewritten it. So the place it sends
is only believed where the words it sends stand there. Otherwise the words are looked for, and it is said so.
"""

from dataclasses import dataclass
from typing import Final

from sources.domain.passages import Found, Page, TextPositionSelector, TextQuoteSelector

WORDS_SENT: Final = 500  # code points: the beginning of the words is enough to tell whether they stand there


@dataclass(frozen=True, slots=True)
class Selected:
    """text[start:end]. `found` says how, where it had to be looked for; None where it stood where it was said to."""

    start: int
    end: int
    text: str
    found: Found | None = None


def selected(text: str, start: int, end: int, words: str = "") -> Selected | None:
    """The passage at a place, without the white space around it; looked for where other `words` stand there.

    `words` are at most the first `WORDS_SENT` code points of the passage. None where there is no such passage.
    """
    if 0 <= start < end <= len(text):
        there = _squeezed(text[start:end])
        said = _squeezed(words)
        if there.startswith(said) and (len(words) >= WORDS_SENT or not said or said == there):
            return _trimmed(text, start, end)
    if not words.strip():
        return None
    found = looked_for(text, words, near=start)
    if found is None or len(words) < WORDS_SENT:
        return found
    end = min(len(text), found.start + max(end - start, len(found.text)))
    return Selected(found.start, end, text[found.start : end], found.found)


def looked_for(text: str, words: str, near: int = 0) -> Selected | None:
    """Where the words stand, as they were typed or pasted."""
    quote = words.strip()
    near = max(0, near)
    found = Page(text).find(TextQuoteSelector(quote), TextPositionSelector(near, near + len(quote))) if quote else None
    return Selected(found.start, found.end, found.exact_text, found) if found else None


def _trimmed(text: str, start: int, end: int) -> Selected | None:
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip())
    end = start + len(passage.strip())
    return Selected(start, end, text[start:end]) if start < end else None


def _squeezed(text: str) -> str:
    return " ".join(text.split())
