"""What looking at a page again says of a passage that stood there, and what it does not say.

A look says what was there when it was made: present on 3 December, absent on 9 December. When between the two the
passage went, and by whose hand, nobody saw. A page that was not read whole can show that a passage is there; it cannot
show that one is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sources.domain.captures import CaptureState, Reason
from sources.domain.folding import fold
from sources.domain.passages import Found, How, Page, TextPositionSelector, TextQuoteSelector


class Sighted(StrEnum):
    UNCHANGED = "UNCHANGED"  # the same words, but for spelling and spacing, in the same place
    MOVED = "MOVED"  # the same words in another place
    ALTERED = "ALTERED"  # other words where it stood, near enough to be recognised
    ABSENT = "ABSENT"  # nothing near to it on the whole page
    UNREACHABLE = "UNREACHABLE"  # the page was not had, or not whole: that says nothing of the passage

    @property
    def is_there(self) -> bool:
        return self in {Sighted.UNCHANGED, Sighted.MOVED}


@dataclass(frozen=True, slots=True)
class Sight:
    state: Sighted
    found: Found | None = None


class Turn(StrEnum):
    """What became of a passage from one look to a later one."""

    ALTERED = "ALTERED"
    ABSENT = "ABSENT"
    BACK = "BACK"  # in the words it was marked in


@dataclass(frozen=True, slots=True)
class Seen:
    """`words` are those that stood there, where something did."""

    at: datetime
    state: Sighted
    words: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Looks in a row that say the same; their number, the first and the latest of them."""

    first: Seen
    latest: Seen
    looks: int


def is_whole(state: CaptureState, reason: Reason | None, text: str) -> bool:
    """Whether what a capture does not hold was not on the page.

    Text is needed: a page without any may be a picture, a shell that scripts were to fill, or a wall before the page.
    """
    whole = state is CaptureState.SUCCEEDED or (state is CaptureState.PARTIAL and reason in TEXT_IS_WHOLE)
    return whole and bool(text.strip())


TEXT_IS_WHOLE: frozenset[Reason] = frozenset()
"""Reasons for which a capture is partial although all of its text is there."""


def sight(page: Page, whole: bool, quote: TextQuoteSelector, position: TextPositionSelector | None = None) -> Sight:
    """Find a passage again; `page` is what a capture gave (an empty one where it gave none)."""
    found = page.find(quote, position)
    if found is not None and found.how is not How.NEARLY:
        return Sight(Sighted.UNCHANGED if _in_place(page, found, quote, position) else Sighted.MOVED, found)
    if not whole:
        return Sight(Sighted.UNREACHABLE)
    return Sight(Sighted.ALTERED, found) if found else Sight(Sighted.ABSENT)


def turn(marked: str, before: str, now: str) -> Turn | None:
    """What became of the words of a passage; "" where they were not there. None where nothing that matters did.

    `marked` are the words somebody pointed at. Spelling and spacing are not held against a page.
    """
    if fold(before) == fold(now):
        return None
    if not now:
        return Turn.ABSENT
    return Turn.BACK if fold(now) == fold(marked) else Turn.ALTERED


def stretches(seen: Iterable[Seen]) -> list[Stretch]:
    """Looks in order of time, with those in a row that say the same as one. Whether it moved makes no difference."""
    found: list[Stretch] = []
    for each in seen:
        if found and _says(found[-1].latest) == _says(each):
            found[-1] = Stretch(found[-1].first, each, found[-1].looks + 1)
        else:
            found.append(Stretch(each, each, 1))
    return found


def _in_place(page: Page, found: Found, quote: TextQuoteSelector, position: TextPositionSelector | None) -> bool:
    """At the same character, or between the same words: a line added far above moves nothing a reader would notice."""
    if position is None or found.start == position.start:
        return True
    before = page.text[max(0, found.start - 2 * len(quote.prefix)) : found.start]
    after = page.text[found.end : found.end + 2 * len(quote.suffix)]
    return fold(before).endswith(fold(quote.prefix)) and fold(after).startswith(fold(quote.suffix))


def _says(seen: Seen) -> tuple[str, str]:
    return ("there", "") if seen.state.is_there else (seen.state, fold(seen.words))
