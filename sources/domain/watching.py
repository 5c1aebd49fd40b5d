"""What looking at a page again says of a passage that stood there, and what it does not say.

A look says what was there when it was made: present on 3 December, absent on 9 December. When between the two the
passage went, and by whose hand, nobody saw. A page that was not read whole can show that a passage is there; it cannot
show that one is not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sources.domain.captures import CaptureState, Reason
from sources.domain.folding import fold
from sources.domain.passages import Earlier, Found, How, Page, TextPositionSelector, TextQuoteSelector

PLAIN: Final = "HTTP"
"""The engine that runs no scripts: whatever it sees, the others do."""
TEXT_MAY_BE_WHOLE: Final = frozenset({Reason.RESOURCES_MISSING})
"""Reasons for which a copy is partial although its text need not be."""


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


class Stood(StrEnum):
    """How a passage stood, by its words and those that were marked. Where it stood makes no difference."""

    AS_MARKED = "AS_MARKED"
    ALTERED = "ALTERED"
    ABSENT = "ABSENT"


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


@dataclass(frozen=True, slots=True)
class Taken:
    """How a copy of a page was taken, and whether any text came of it.

    A page without text may be a picture, a shell that scripts were to fill, or a wall before the page.
    """

    state: CaptureState
    reason: Reason | None = None
    engine: str = PLAIN
    has_text: bool = True

    @property
    def is_read(self) -> bool:
        """Whether it says anything of what was on the page beside what it holds."""
        partly = self.state is CaptureState.PARTIAL and self.reason in TEXT_MAY_BE_WHOLE
        return self.has_text and (self.state is CaptureState.SUCCEEDED or partly)

    def shows_absence(self, then: "Taken") -> bool:
        """Whether a passage that stood in the copy `then`, and does not in this one, was not on the page.

        That takes a copy as whole as that one: a simple program does not see what a browser does, and where pictures
        or scripts failed to come, they have to have been missing then as well.
        """
        as_well_seen = then.engine in (PLAIN, self.engine)
        as_whole = self.state is CaptureState.SUCCEEDED or self.reason == then.reason
        return self.is_read and as_well_seen and as_whole


def sight(
    page: Page,
    whole: bool,
    quote: TextQuoteSelector,
    position: TextPositionSelector | None = None,
    earlier: Callable[[], Earlier] | None = None,
) -> Sight:
    """Find a passage again; `page` is what a capture gave (an empty one where it gave none).

    `whole`: what is not in it was not on the page. `earlier` gives the copy it was last seen in.
    """
    found = page.find(quote, position, earlier)
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
    return _TURNS[stood(marked, now)]


def stood(marked: str, words: str) -> Stood:
    """`words` are those that stood there, "" where none did."""
    if not words:
        return Stood.ABSENT
    return Stood.AS_MARKED if fold(words) == fold(marked) else Stood.ALTERED


def stretches(seen: Iterable[Seen]) -> list[Stretch]:
    """Looks in order of time, with those in a row that say the same as one. Whether it moved makes no difference."""
    found: list[Stretch] = []
    for each in seen:
        if found and _says(found[-1].latest) == _says(each):
            found[-1] = Stretch(found[-1].first, each, found[-1].looks + 1)
        else:
            found.append(Stretch(each, each, 1))
    return found


_TURNS: Final = {Stood.AS_MARKED: Turn.BACK, Stood.ALTERED: Turn.ALTERED, Stood.ABSENT: Turn.ABSENT}


def _in_place(page: Page, found: Found, quote: TextQuoteSelector, position: TextPositionSelector | None) -> bool:
    """At the same character, or beside the same words: a line added far above moves nothing a reader would notice."""
    if position is None or found.start == position.start:
        return True
    before = page.text[max(0, found.start - 2 * len(quote.prefix)) : found.start]
    after = page.text[found.end : found.end + 2 * len(quote.suffix)]
    return _stands(fold(quote.prefix), fold(before).endswith) or _stands(fold(quote.suffix), fold(after).startswith)


def _stands(context: str, beside: Callable[[str], bool]) -> bool:
    return bool(context) and beside(context)


def _says(seen: Seen) -> tuple[str, str]:
    return ("there", "") if seen.state.is_there else (seen.state, fold(seen.words))
