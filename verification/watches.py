"""Every page that standing evidence rests on is watched, and none for that reason alone once nothing does.

Compared in a sweep rather than told by the acts: what evidence rests on changes with evidence, chains, excerpts and
addresses, by pages, imports and corrections, and none of them can forget what it is not asked to remember.
"""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from newsroom.versions import Stale
from sources.actions import watches
from sources.actions.watches import WATCH
from sources.models import StoppedBy, Watch, WatchReason
from verification.models import Evidence

AT_ONCE = 200


def keep() -> int:
    """Start what is missing and stop what is needless, a bounded number of each; how many it was."""
    started = [
        watches.start(actor=WATCH, source_id=source, url=url)
        for source, url in [*_carriers_without(), *_marked_without()][:AT_ONCE]
    ]
    stopped = [watch for watch in _needless()[:AT_ONCE] if _stop(watch)]
    return len(started) + len(stopped)


def _stop(watch: Watch) -> bool:
    try:
        watches.stop(actor=WATCH, watch_id=watch.pk, version=watch.version)
    except (Stale, ValidationError):
        return False  # a person was faster, and what they decided stands
    return True


def _carriers_without() -> list[tuple[int, str]]:
    """The addresses of carriers."""
    resting = Evidence.objects.standing().exclude(source__canonical_url="")
    wanted = resting.filter(~_watched("source", "source__canonical_url"))
    return list(wanted.values_list("source", "source__url").order_by("source").distinct()[:AT_ONCE])


def _marked_without() -> list[tuple[int, str]]:
    """The addresses of captures in which the passage of a piece of evidence was marked."""
    resting = Evidence.objects.standing().exclude(excerpt=None)
    wanted = resting.filter(~_watched("source", "excerpt__capture__canonical_url"))
    found = wanted.values_list("source", "excerpt__capture__requested_url")
    return list(found.order_by("source").distinct()[:AT_ONCE])


def _watched(source: str, address: str) -> Exists:
    """One that goes on, or that a person stopped."""
    of_it = Watch.objects.filter(source=OuterRef(source), canonical_url=OuterRef(address))
    return Exists(of_it.exclude(stopped_by=StoppedBy.SYSTEM))


def _needless() -> list[Watch]:
    standing = Evidence.objects.standing().filter(source=OuterRef("source"))
    carried = standing.filter(source__canonical_url=OuterRef("canonical_url"))
    marked = standing.filter(excerpt__capture__canonical_url=OuterRef("canonical_url"))
    by_itself = Watch.objects.active().filter(why=WatchReason.EVIDENCE)
    return list(by_itself.exclude(Exists(carried)).exclude(Exists(marked)).order_by("pk")[:AT_ONCE])
