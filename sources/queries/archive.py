"""The health of the archive, as far as the reader may know it: how captures ended, what is watched and how that goes.

Everything is narrowed to one case by its short name, or to `NEWSROOM`: what belongs to no case.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from newsroom.models import User
from sources.domain.rhythm import LONG, LONG_LOOKS
from sources.domain.watching import Sighted
from sources.models import Capture, CaptureEngine, Excerpt, Sighting, Watch
from sources.models.capture import CaptureQuerySet
from sources.models.excerpt import ExcerptQuerySet
from sources.models.watch import WatchQuerySet

NEWSROOM = "newsroom"
SHOWN = 5

MADE_HERE, MADE_ELSEWHERE = "here", "elsewhere"
MADE = [(MADE_HERE, _("captured here")), (MADE_ELSEWHERE, _("made elsewhere"))]

ACTIVE, DUE, UNREAD, LONG_UNREAD, STOPPED = "active", "due", "unread", "long", "stopped"
SHOWN_WATCHES = [
    (ACTIVE, _("watched")),
    (DUE, _("due for a look")),
    (UNREAD, _("could not be read")),
    (LONG_UNREAD, _("could not be read for long")),
    (STOPPED, _("not watched any more")),
]
NOT_FOUND = "unfound"
SHOWN_PASSAGES = [
    (Sighted.ALTERED.value, _("in other words")),
    (Sighted.ABSENT.value, _("absent")),
    (NOT_FOUND, _("not found for long")),
]


@dataclass(frozen=True)
class Ended:
    """How many captures are in one state for one reason, those made `elsewhere` apart.

    `share` is their part of all, in hundredths.
    """

    state: str
    reason: str
    elsewhere: bool
    number: int
    share: int

    @property
    def made(self) -> str:
        return MADE_ELSEWHERE if self.elsewhere else MADE_HERE

    @property
    def engine(self) -> str:
        return CaptureEngine.UPLOAD if self.elsewhere else ""


@dataclass(frozen=True)
class Health:
    """`watches` counts by what `SHOWN_WATCHES` names. Of every list the first `SHOWN`."""

    captures: list[Ended]
    watches: dict[str, int]
    passages: list[Excerpt]
    passage_count: int
    not_found: list[Excerpt]
    not_found_count: int
    unread: list[Watch]
    oldest: list[Watch]


def health(user: User, case: str = "") -> Health:
    found = watches(user, case)
    turned, lost = passages(user, case), passages(user, case, NOT_FOUND)
    return Health(
        captures=_ended(captures(user, case)),
        watches=_counts(found),
        passages=list(turned[:SHOWN]),
        passage_count=turned.count(),
        not_found=list(lost[:SHOWN]),
        not_found_count=lost.count(),
        unread=list(shown(found, UNREAD).order_by("unread_since", "pk")[:SHOWN]),
        oldest=list(oldest_first(found.active())[:SHOWN]),
    )


@dataclass(frozen=True)
class NeedsALook:
    """Passages that do not stand as they were marked or were not found for long, and pages not read for long."""

    passages: int
    not_found: int
    unread: int

    def __bool__(self) -> bool:
        return bool(self.passages or self.not_found or self.unread)


def needs_a_look(user: User) -> NeedsALook:
    """Three queries, for whoever's desk it is."""
    unread = shown(watches(user), LONG_UNREAD).count()
    return NeedsALook(passages(user).count(), passages(user, state=NOT_FOUND).count(), unread)


def captures(user: User, case: str = "", state: str = "", reason: str = "", made: str = "") -> CaptureQuerySet:
    found = Capture.objects.visible_to(user).filter(_in(case))
    wanted = {name: value for name, value in (("state", state), ("reason", reason)) if value}
    if made:
        found = found.filter(_ELSEWHERE if made == MADE_ELSEWHERE else ~_ELSEWHERE)
    return found.filter(**wanted)


def watches(user: User, case: str = "") -> WatchQuerySet:
    return Watch.objects.visible_to(user).filter(_in(case, "source__")).select_related("source__case")


def shown(found: WatchQuerySet, which: str) -> WatchQuerySet:
    return found.filter(_WATCHES[which]) if which in _WATCHES else found


def oldest_first(found: WatchQuerySet) -> WatchQuerySet:
    """Those that were never looked at first, then those whose latest look is longest ago."""
    return found.order_by(F("looked_at").asc(nulls_first=True), "pk")


def passages(user: User, case: str = "", state: str = "") -> ExcerptQuerySet:
    """Excerpts that did not stand in their page as marked when it was last read; the latest seen first. Or those
    `NOT_FOUND`, for as long as a page may not be read, in any copy that was read in part; the longest first."""
    seen = Sighting.objects.telling().filter(excerpt=OuterRef("pk")).order_by("-id")
    found = Excerpt.objects.visible_to(user).filter(_in(case)).in_full()
    found = found.annotate(seen_as=Subquery(seen.values("state")[:1]), seen=Subquery(seen.values("pk")[:1]))
    if state == NOT_FOUND:
        return _not_found_for_long(found)
    return found.filter(seen_as__in=[state] if state else [Sighted.ALTERED, Sighted.ABSENT]).order_by("-seen")


def _not_found_for_long(found: ExcerptQuerySet) -> ExcerptQuerySet:
    """Looks that could read the page and did not come upon the passage, since one that tells of it."""
    since_seen = Q(excerpt=OuterRef("pk"), pk__gt=Coalesce(OuterRef("seen"), 0))
    vain = Sighting.objects.filter(since_seen, state=Sighted.UNREACHABLE, look__reached=True).order_by("pk")
    at = vain.values("look__capture__captured_at")
    found = found.annotate(since=Subquery(at[:1]), latest=Subquery(at.reverse()[:1]))
    enough = found.filter(Exists(vain[LONG_LOOKS - 1 : LONG_LOOKS]))
    return enough.filter(latest__gte=F("since") + LONG).order_by("since", "pk")


def sightings_of(excerpts: Iterable[Excerpt]) -> dict[int, list[Sighting]]:
    """By excerpt, in the order of the looks. One query."""
    found: dict[int, list[Sighting]] = {excerpt.pk: [] for excerpt in excerpts}
    for sighting in Sighting.objects.filter(excerpt__in=found).in_full().order_by("pk"):
        found[sighting.excerpt_id].append(sighting)
    return found


_LONG_AGO = Q(unread_since__lte=Now() - LONG, unread_looks__gte=LONG_LOOKS)
_WATCHES = {
    ACTIVE: Q(state="ACTIVE"),
    DUE: Q(state="ACTIVE", next_look_at__lte=Now()),
    UNREAD: Q(state="ACTIVE", unread_since__isnull=False),
    LONG_UNREAD: Q(state="ACTIVE") & _LONG_AGO,
    STOPPED: Q(state="STOPPED"),
}


def _in(case: str, path: str = "") -> Q:
    if not case:
        return Q()
    return Q(**{f"{path}case": None}) if case == NEWSROOM else Q(**{f"{path}case__slug": case})


def _counts(found: WatchQuerySet) -> dict[str, int]:
    return found.order_by().aggregate(**{name: Count("pk", filter=which) for name, which in _WATCHES.items()})


def _ended(found: CaptureQuerySet) -> list[Ended]:
    made = found.order_by().annotate(elsewhere=ExpressionWrapper(_ELSEWHERE, BooleanField()))
    rows = list(made.values_list("state", "reason", "elsewhere").annotate(number=Count("pk")))
    whole = sum(number for *_kind, number in rows)
    ended = [
        Ended(state, reason, elsewhere, number, round(100 * number / whole))
        for state, reason, elsewhere, number in rows
    ]
    return sorted(ended, key=lambda each: (each.elsewhere, _ORDER.index(each.state), -each.number, each.reason))


_ELSEWHERE = Q(engine=CaptureEngine.UPLOAD)
_ORDER = ["SUCCEEDED", "PARTIAL", "FAILED", "RUNNING", "QUEUED"]
