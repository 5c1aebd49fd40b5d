"""What is watched of a source and what was seen there, as far as the reader may know it; a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Subquery, Value, When, Window
from django.db.models.functions import RowNumber

from newsroom.models import User
from sources.domain.watching import Sighted
from sources.models import Capture, Excerpt, Look, Sighting, Source, Watch
from sources.models.excerpt import ExcerptQuerySet
from sources.queries.archive import sightings_of

SHOWN = 20
TURNED = [Sighted.ALTERED, Sighted.ABSENT]


@dataclass(frozen=True)
class Passage:
    excerpt: Excerpt
    sightings: list[Sighting]


@dataclass(frozen=True)
class Watched:
    """Of a watch the latest `looks`, latest first, and of the `marked` passages of its page the first `passages`."""

    watch: Watch
    looks: list[Look]
    looked: int
    passages: list[Passage]
    marked: int


@dataclass(frozen=True)
class LookedFor:
    """What was looked for in a capture, what does not stand as it was marked first, and how much `more` was."""

    sightings: Sequence[Sighting]
    more: int


def watched(user: User, source: Source) -> list[Watched]:
    watches = list(Watch.objects.visible_to(user).filter(source=source).order_by("-state", "pk")[:SHOWN])
    if not watches:
        return []
    of_a_page = Window(RowNumber(), partition_by="capture__canonical_url", order_by=_first("seen_as"))
    counted = marked_on(user, source, *watches).annotate(
        rank=of_a_page, of=Window(Count("pk"), partition_by="capture__canonical_url")
    )
    marked = list(counted.filter(rank__lte=SHOWN).order_by("rank"))
    seen = sightings_of(marked)
    looks = list(_looks(watches))
    return [
        Watched(
            watch=watch,
            looks=(of_watch := [look for look in looks if look.watch_id == watch.pk]),
            looked=of_watch[0].of if of_watch else 0,  # type: ignore[attr-defined]  # annotated
            passages=[Passage(each, seen[each.pk]) for each in on_page],
            marked=on_page[0].of if on_page else 0,
        )
        for watch in watches
        for on_page in [[each for each in marked if each.capture.canonical_url == watch.canonical_url]]
    ]


def passages_of(user: User, watch: Watch) -> ExcerptQuerySet:
    """Those marked on a watched page, those that do not stand as they were marked first, the latest marked first."""
    return marked_on(user, watch.source, watch).order_by(*_first("seen_as"))


def marked_on(user: User, source: Source, *watches: Watch) -> ExcerptQuerySet:
    """Passages that looks at these pages look for, each with what the latest look that tells of it saw (`seen_as`)."""
    latest = Sighting.objects.telling().filter(excerpt=OuterRef("pk")).order_by("-id")
    marked = Excerpt.objects.visible_to(user).on_pages(source, *(watch.canonical_url for watch in watches))
    return marked.in_full().annotate(seen_as=Subquery(latest.values("state")[:1]))


def looked_for_in(user: User, capture: Capture) -> LookedFor:
    found = Sighting.objects.visible_to(user).filter(look__capture=capture).in_full().marked()
    shown = list(found.annotate(of=Window(Count("pk"))).order_by(*_first("state"))[:SHOWN])
    return LookedFor(shown, more=shown[0].of - len(shown) if shown else 0)


def _looks(watches: list[Watch]) -> list[Look]:
    found = Look.objects.filter(watch__in=watches).annotate(
        rank=Window(RowNumber(), partition_by="watch_id", order_by=F("pk").desc()),
        of=Window(Count("pk"), partition_by="watch_id"),
    )
    return list(found.filter(rank__lte=SHOWN).order_by("-pk"))


def _first(state: str) -> list[Any]:
    """In an order that begins with what does not stand as it was marked."""
    turned = Case(When(**{f"{state}__in": TURNED}, then=Value(0)), default=Value(1))
    return [turned, F("pk").desc()]
