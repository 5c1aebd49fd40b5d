"""What a look at a page says to those who rest on it: passages that turned out otherwise, and pages nobody can read.

Evidence that names an excerpt is held to what the looks say of it. Where there is a quotation only, it is looked up in
this copy of the page and in the one before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q

from sources.domain.passages import Earlier, TextPositionSelector, TextQuoteSelector
from sources.domain.rhythm import Unread
from sources.domain.watching import Sight, Sighted, Turn, sight, turn
from sources.models import Capture, CaptureEngine, CaptureState, Look, Sighting, Watch
from sources.queries.looks import Copy, copy_in
from verification.models import Evidence
from verification.models.evidence import EvidenceQuerySet


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
    """What is not as it was when it was last seen. A fixed number of queries."""
    return [*_marked(look), *_quoted(look)]


def unread(look: Look) -> Unread | None:
    """How long the page cannot be read by now; None where `look` could, or a later one."""
    return None if look.reached else look.watch.unread


def latest_copy_before(look: Look) -> Capture | None:
    """The latest whole copy of the page that was asked for before the one of `look`: one of ours, where there is one.

    What was made elsewhere shows by somebody's word only what stood there, and when.
    """
    watch = look.watch
    whole = Capture.objects.filter(source=watch.source_id, canonical_url=watch.canonical_url)
    whole = whole.filter(state=CaptureState.SUCCEEDED).exclude(text_digest="")
    before = whole.filter(requested_at__lt=look.capture.requested_at)
    return before.annotate(elsewhere=Q(engine=CaptureEngine.UPLOAD)).order_by("elsewhere", "-requested_at").first()


def _marked(look: Look) -> Iterator[Turned]:
    seen: dict[int | None, Sighting] = {}
    seen |= {each.excerpt_id: each for each in look.sightings.telling().select_related("excerpt__capture")}
    earlier = Sighting.objects.filter(excerpt__in=seen, look__lt=look.pk).telling().in_full().latest_of_each()
    before = {each.excerpt_id: each for each in earlier}
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
    earlier = latest_copy_before(look) if quoting else None
    if earlier is None:
        return
    now, before = copy_in(look.capture), copy_in(earlier)
    for evidence in quoting:
        quote = TextQuoteSelector(evidence.quotation)
        then = sight(before.page, before.taken.shows_absence(before.taken), quote)
        there = sight(now.page, now.taken.shows_absence(before.taken), quote, earlier=partial(_earlier, before, then))
        if Sighted.UNREACHABLE in (then.state, there.state):
            continue
        if what := turn(evidence.quotation, _words(then), _words(there)):
            seen_at = earlier.captured_at or earlier.requested_at
            versions = Version(earlier.pk, seen_at, _words(then)), Version(look.capture_id, look.at, _words(there))
            yield Turned(evidence, evidence.quotation, what, *versions)


def _words(seen: Sight) -> str:
    """What stands where the quotation should; "" where that is nothing."""
    return seen.found.exact_text if seen.found else ""


def _earlier(copy: Copy, then: Sight) -> Earlier:
    return Earlier(copy.page, TextPositionSelector(then.found.start, then.found.end) if then.found else None)
