"""What a look at a page says to those who rest on it: passages that turned out otherwise, and pages nobody can read.

Evidence that names an excerpt is held to what the looks say of it. Where there is a quotation only, it is looked up in
this copy of the page and in the latest one before it that tells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.db.models import Q

from sources.domain.captures import Reason
from sources.domain.passages import Earlier, TextPositionSelector, TextQuoteSelector, select
from sources.domain.rhythm import Unread
from sources.domain.watching import READ_IN_PART, Sight, Sighted, Taken, Turn, sight, turn
from sources.models import Capture, CaptureEngine, CaptureState, Look, Sighting, Watch
from sources.models.capture import CaptureQuerySet
from sources.queries.looks import Copy, copy_in
from verification.models import Evidence
from verification.models.evidence import EvidenceQuerySet

LOOKED_BACK = 5
INSTEAD_OF_THE_PAGE = (Reason.CHALLENGE_PAGE, Reason.CONSENT_WALL, Reason.EMPTY_SHELL)


@dataclass(frozen=True)
class Version:
    """What stood in a capture; `words` is "" where the passage did not."""

    capture: UUID
    at: datetime
    words: str

    def kept(self) -> dict[str, Any]:
        """As an alert keeps it."""
        return {"capture": str(self.capture), "at": self.at.isoformat(), "words": self.words}


@dataclass(frozen=True)
class Turned:
    """`marked` are the words somebody marked, or quotes."""

    evidence: Evidence
    marked: str
    turn: Turn
    before: Version
    now: Version


def resting_on(watch: Watch) -> EvidenceQuerySet:
    """Standing evidence whose carrier stands at this address, or whose passage was marked in a copy of it."""
    here = Q(source__canonical_url=watch.canonical_url) | Q(excerpt__capture__canonical_url=watch.canonical_url)
    return Evidence.objects.standing().filter(here, source=watch.source_id)


def turned(look: Look) -> list[Turned]:
    """What is not as it was when it was last seen. No more queries than a fixed number."""
    return [*_marked(look), *_quoted(look)]


def unread(look: Look) -> Unread | None:
    """How long the page cannot be read by now; None where `look` could, or a later one."""
    return None if look.reached else look.watch.unread


def latest_copy_before(look: Look) -> Capture | None:
    """The latest copy of the page, whole or in part, before the one of `look`: one of ours, where there is one."""
    return _copies_before(look).exclude(reason__in=INSTEAD_OF_THE_PAGE).first()


def _copies_before(look: Look) -> CaptureQuerySet:
    """What was kept of the page and has text: ours first, and of these the latest.

    What was made elsewhere shows by somebody's word only what stood there, and when.
    """
    watch = look.watch
    kept = Capture.objects.kept().filter(source=watch.source_id, canonical_url=watch.canonical_url)
    before = kept.exclude(text_digest="").filter(requested_at__lt=look.capture.requested_at)
    return before.annotate(elsewhere=Q(engine=CaptureEngine.UPLOAD)).order_by("elsewhere", "-requested_at")


def _marked(look: Look) -> Iterator[Turned]:
    seen: dict[int | None, Sighting] = {}
    seen |= {each.excerpt_id: each for each in look.sightings.telling().select_related("excerpt__capture")}
    # That it is there now is no news where an older text did not hold it; that it is absent was told by that one too.
    there = [pk for pk, each in seen.items() if each.words]
    earlier = Sighting.objects.filter(excerpt__in=seen, look__lt=look.pk).telling().but_of_the_article(there)
    before = {each.excerpt_id: each for each in earlier.in_full().latest_of_each()}
    for evidence in Evidence.objects.standing().filter(excerpt__in=seen).select_related("claim__case"):
        now = seen[evidence.excerpt_id]
        then = _seen(before[now.excerpt_id]) if now.excerpt_id in before else _first_seen(now)
        if what := turn(now.excerpt.exact, then.words, now.words):
            yield Turned(evidence, now.excerpt.exact, what, then, Version(look.capture_id, look.at, now.words))


def _seen(sighting: Sighting) -> Version:
    return Version(sighting.look.capture_id, sighting.look.at, sighting.words)


def _first_seen(sighting: Sighting) -> Version:
    """When it was marked."""
    capture = sighting.excerpt.capture
    return Version(capture.pk, capture.captured_at or capture.requested_at, sighting.excerpt.exact)


def _quoted(look: Look) -> Iterator[Turned]:
    quoting = resting_on(look.watch).filter(excerpt=None).exclude(quotation="").select_related("claim__case")
    earlier = [_Kept(capture) for capture in _readable_before(look)] if quoting else []
    here = _Kept(look.capture)
    for evidence in quoting if earlier else ():
        before = _latest_to_tell(evidence.quotation, earlier)
        if before is None:
            continue
        there = _after(before, evidence.quotation, here)
        if there.state is Sighted.UNREACHABLE:
            continue
        now = _Told(here, there)
        if what := turn(evidence.quotation, before.words, now.words):
            yield Turned(evidence, evidence.quotation, what, before.version, now.version)


def _readable_before(look: Look) -> list[Capture]:
    """Copies that tell, before the one of `look`, oldest first: the latest few whole ones, and of those read in part
    the first and the latest few."""
    before = _copies_before(look)
    ours = before.exclude(engine=CaptureEngine.UPLOAD)
    before = ours if ours.exists() else before
    whole = before.filter(state=CaptureState.SUCCEEDED)[:LOOKED_BACK]
    in_part = before.filter(state=CaptureState.PARTIAL, reason__in=READ_IN_PART)
    found = {each.pk: each for each in (*whole, *in_part[:LOOKED_BACK], *in_part.reverse()[:1])}
    return sorted(found.values(), key=lambda each: each.requested_at)


class _Kept:
    """A copy that is read once, and only if a quotation asks for it."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture

    @cached_property
    def copy(self) -> Copy:
        return copy_in(self.capture)


@dataclass(frozen=True)
class _Told:
    """What a copy says of a quotation."""

    kept: _Kept
    seen: Sight

    @property
    def words(self) -> str:
        """What stands where the quotation should; "" where that is nothing."""
        return self.seen.found.exact_text if self.seen.found else ""

    @property
    def version(self) -> Version:
        capture = self.kept.capture
        return Version(capture.pk, capture.captured_at or capture.requested_at, self.words)


def _latest_to_tell(quotation: str, copies: list[_Kept]) -> _Told | None:
    """Of the `copies` the latest that says whether the quotation stood there; None where none came as far as it.

    The latest that says so by itself, and from there on each beside the one before.
    """
    after: list[_Kept] = []
    for kept in reversed(copies):
        taken = kept.copy.taken
        seen = sight(
            kept.copy.page,
            taken.shows(Taken(CaptureState.SUCCEEDED, engine=taken.engine)),
            TextQuoteSelector(quotation),
        )
        if seen.state is not Sighted.UNREACHABLE:
            break
        after.append(kept)
    else:
        return None
    told = _Told(kept, seen)
    for later in reversed(after):
        seen = _after(told, quotation, later)
        told = told if seen.state is Sighted.UNREACHABLE else _Told(later, seen)
    return told


def _after(before: _Told, quotation: str, now: _Kept) -> Sight:
    """What a copy says of it beside an earlier one that told."""
    copy, then = before.kept.copy, before.seen
    quote, shows = TextQuoteSelector(quotation), now.copy.taken.shows(copy.taken)
    if then.found:
        around, _ = select(copy.page.text, then.found.start, then.found.end)
        quote = TextQuoteSelector(quotation, around.prefix, around.suffix)
    return sight(now.copy.page, shows, quote, earlier=partial(_earlier, copy, then))


def _earlier(copy: Copy, then: Sight) -> Earlier:
    return Earlier(copy.page, TextPositionSelector(then.found.start, then.found.end) if then.found else None)
