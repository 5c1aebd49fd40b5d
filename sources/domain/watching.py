"""What looking at a page again says of a passage that stood there, and what it does not say.

A look says what was there when it was made: present on 3 December, absent on 9 December. When between the two the
passage went, and by whose hand, nobody saw. A page that was not read whole can show what is there; it cannot show that
something is not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from audit.domain.worddiff import Change
from sources.domain.captures import CaptureState, Handling, Missing, Reason, Wanted
from sources.domain.folding import fold
from sources.domain.passages import CONTEXT, Earlier, Found, How, Page, TextPositionSelector, TextQuoteSelector

PLAIN: Final = "HTTP"
"""The engine that runs no scripts: whatever it sees, the others do."""
READ_IN_PART: Final = frozenset({Reason.RESOURCES_MISSING, Reason.SCRIPT_STOPPED, Reason.SCROLLED_IN_PART})
"""Reasons for which a copy is partial although what text it has is that of the page as it stood."""
CUT: Final = frozenset({Handling.SCRIPT_STOPPED, Handling.SCROLLED_IN_PART, Handling.FRAMES_CUT})
"""What was done to a page that leaves text of it out. A capture has one reason, and may have been cut beside it."""
BRINGS_NO_TEXT: Final = frozenset({Wanted.IMAGE, Wanted.FONT, Wanted.MEDIA})
NOT_COUNTED: Final = frozenset({Reason.TOO_MANY_RESOURCES, Reason.CAPTURE_TOO_LARGE})
"""Noted once for all that was refused after it, whatever that would have been."""
SAME_WHATEVER_IS_ASKED: Final = (".js", ".mjs", ".css")  # a file; what follows its name keeps caches from it
ENOUGH_BESIDE: Final = 16  # folded characters


class Sighted(StrEnum):
    UNCHANGED = "UNCHANGED"  # the same words, but for spelling and spacing, in the same place
    MOVED = "MOVED"  # the same words in another place
    ALTERED = "ALTERED"  # other words where it stood, near enough to be recognised
    ABSENT = "ABSENT"  # nothing near to it on the whole page
    UNREACHABLE = "UNREACHABLE"  # the page was not had, or not that part: that says nothing of the passage

    @property
    def is_there(self) -> bool:
        return self in {Sighted.UNCHANGED, Sighted.MOVED}


@dataclass(frozen=True, slots=True)
class Sight:
    state: Sighted
    found: Found | None = None


class Shows(StrEnum):
    """What a copy of a page can show of a passage that stood in an earlier one."""

    PRESENCE = "PRESENCE"  # that it is there
    WORDING = "WORDING"  # also that it stands there in other words
    ABSENCE = "ABSENCE"  # also that it does not


class Vain(StrEnum):
    """Why a passage that a look did not come upon is not said to be absent."""

    NOT_READ = "NOT_READ"  # nothing of the page was
    IN_PART = "IN_PART"  # the rest of the page may hold it
    WITHOUT_SCRIPTS = "WITHOUT_SCRIPTS"  # a browser may show it
    ELSEWHERE = "ELSEWHERE"  # the whole page was read; what it was seen in so far is a copy by another's program


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
    """`words` are those that stood there, where something did. `vain` is told of what is `UNREACHABLE`."""

    at: datetime
    state: Sighted
    words: str = ""
    vain: Vain | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Looks in a row that say the same; their number, the first and the latest of them."""

    first: Seen
    latest: Seen
    looks: int


@dataclass(frozen=True, slots=True)
class Taken:
    """How a copy of a page was taken, what did not come to it, and whether any text came of it.

    A page without text may be a picture, a shell that scripts were to fill, or a wall before the page. The text of one
    that is `of_the_article` is no more than that (`domain.texts`).
    """

    state: CaptureState
    reason: Reason | None = None
    engine: str = PLAIN
    has_text: bool = True
    handling: frozenset[Handling] = frozenset()
    missing: tuple[Missing, ...] = ()
    of_the_article: bool = False

    @property
    def is_read(self) -> bool:
        """Whether it says anything of what was on the page beside what it holds."""
        partly = self.state is CaptureState.PARTIAL and self.reason in READ_IN_PART
        return self.has_text and (self.state is CaptureState.SUCCEEDED or partly)

    @property
    def vain(self) -> Vain:
        """What it was for, where it is a look that read the page, did not come upon a passage and shows no absence."""
        if not self.is_read or not self._is_as_whole_as(Taken(CaptureState.SUCCEEDED)):
            return Vain.IN_PART
        return Vain.WITHOUT_SCRIPTS if self.engine == PLAIN else Vain.ELSEWHERE

    def shows(self, then: "Taken") -> Shows:
        """What it can show of a passage that stood in the copy `then`.

        A simple program does not see what a browser does. What was read in part shows what stands in that part. That
        something does not takes a copy as whole as that one.
        """
        if not self.is_read or then.engine not in (PLAIN, self.engine):
            return Shows.PRESENCE
        return Shows.ABSENCE if self._is_as_whole_as(then) else Shows.WORDING

    def _is_as_whole_as(self, then: "Taken") -> bool:
        """Nothing was cut or left out, and what did not come brings no text, or had not come then either."""
        if self.of_the_article or self.handling & CUT:
            return False
        if self.reason in (Reason.SCRIPT_STOPPED, Reason.SCROLLED_IN_PART):
            return False
        if self.state is CaptureState.SUCCEEDED:
            return True
        lacked = {_file(each) for each in then.missing}
        return bool(self.missing) and all(_file(each) in lacked for each in self.missing if _may_bring_text(each))


def sight(
    page: Page,
    shows: Shows,
    quote: TextQuoteSelector,
    position: TextPositionSelector | None = None,
    earlier: Callable[[], Earlier] | None = None,
) -> Sight:
    """Find a passage again; `page` is what a capture gave (an empty one where it gave none).

    Of a page read in part, other words tell only where the text around them is what stood around the passage, and goes
    on after them. `earlier` gives the copy it was last seen in.
    """
    found = page.find(quote, position, earlier)
    if found is not None and found.how is not How.NEARLY:
        return Sight(Sighted.UNCHANGED if _in_place(page, found, quote, position) else Sighted.MOVED, found)
    if shows is Shows.ABSENCE:
        return Sight(Sighted.ALTERED, found) if found else Sight(Sighted.ABSENT)
    if found and shows is Shows.WORDING and _stands_there_instead(page, found, quote):
        return Sight(Sighted.ALTERED, found)
    return Sight(Sighted.UNREACHABLE)


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


def _may_bring_text(missing: Missing) -> bool:
    return missing.reason in NOT_COUNTED or missing.wanted not in BRINGS_NO_TEXT


def _file(missing: Missing) -> str:
    name = missing.url.partition("#")[0].partition("?")[0]
    return name if name.lower().endswith(SAME_WHATEVER_IS_ASKED) else missing.url


def _stands_there_instead(page: Page, found: Found, quote: TextQuoteSelector) -> bool:
    """Not another passage near to it, and not the first half of it where a copy breaks off."""
    goes_on = bool(page.text[found.end :].strip()) or found.differences[-1].change is Change.KEPT
    around = 2 * CONTEXT
    beside = fold(page.text[max(0, found.start - around) : found.end + around])
    before, after = fold(quote.prefix).strip()[-ENOUGH_BESIDE:], fold(quote.suffix).strip()[:ENOUGH_BESIDE]
    return goes_on and any(context and context in beside for context in (before, after))


def _in_place(page: Page, found: Found, quote: TextQuoteSelector, position: TextPositionSelector | None) -> bool:
    """At the same character, or beside the same words: a line added far above moves nothing a reader would notice."""
    if position is None or found.start == position.start:
        return True
    before = page.text[max(0, found.start - 2 * len(quote.prefix)) : found.start]
    after = page.text[found.end : found.end + 2 * len(quote.suffix)]
    return _stands(fold(quote.prefix), fold(before).endswith) or _stands(fold(quote.suffix), fold(after).startswith)


def _stands(context: str, beside: Callable[[str], bool]) -> bool:
    return bool(context) and beside(context)


def _says(seen: Seen) -> tuple[str, str, Vain | None]:
    if seen.state.is_there:
        return "there", "", None
    return seen.state, fold(seen.words), seen.vain
