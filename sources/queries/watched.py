"""What is watched of a source and what was seen there, as far as the reader may know it; a fixed number of queries."""

from dataclasses import dataclass

from newsroom.models import User
from sources.models import Capture, Excerpt, Look, Sighting, Source, Watch
from sources.queries.archive import sightings_of

SHOWN = 20


@dataclass(frozen=True)
class Passage:
    excerpt: Excerpt
    sightings: list[Sighting]


@dataclass(frozen=True)
class Watched:
    """`looks` are the latest, latest first; `passages` those marked on the page, the latest marked first."""

    watch: Watch
    looks: list[Look]
    passages: list[Passage]


def watched(user: User, source: Source) -> list[Watched]:
    watches = list(Watch.objects.visible_to(user).filter(source=source).order_by("-state", "pk")[:SHOWN])
    marked = list(_marked(user, source))
    seen = sightings_of(marked) if marked else {}
    looks = list(Look.objects.filter(watch__in=watches).order_by("-pk")[:SHOWN]) if watches else []
    return [
        Watched(
            watch,
            [look for look in looks if look.watch_id == watch.pk],
            [Passage(each, seen[each.pk]) for each in marked if each.capture.canonical_url == watch.canonical_url],
        )
        for watch in watches
    ]


def sightings_in(user: User, capture: Capture) -> list[Sighting]:
    """What was looked for in a capture."""
    return list(Sighting.objects.visible_to(user).filter(look__capture=capture).in_full().marked()[:SHOWN])


def _marked(user: User, source: Source) -> list[Excerpt]:
    found = Excerpt.objects.visible_to(user).filter(source=source).in_full()
    return list(found.order_by("-pk")[:SHOWN])
