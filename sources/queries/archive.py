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
from sources.models import Capture, CaptureEngine, Excerpt, Sighting, Watch, WatchState
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
NOT_FOUND, ELSEWHERE = "unfound", "elsewhere"
SHOWN_PASSAGES = [
    (Sighted.ALTERED.value, _("in other words")),
    (Sighted.ABSENT.value, _("absent")),
    (NOT_FOUND, _("not found for long")),
    (ELSEWHERE, _("only in an upload")),
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
    elsewhere: list[Excerpt]
    elsewhere_count: int
    unread: list[Watch]
    oldest: list[Watch]


def health(user: User, case: str = "") -> Health:
    found = watches(user, case)
    turned, lost, brought = (passages(user, case, which) for which in ("", NOT_FOUND, ELSEWHERE))
    return Health(
        captures=_ended(captures(user, case)),
        watches=_counts(found),
        passages=list(turned[:SHOWN]),
        passage_count=turned.count(),
        not_found=list(lost[:SHOWN]),
        not_found_count=lost.count(),
        elsewhere=list(brought[:SHOWN]),
        elsewhere_count=brought.count(),
        unread=list(shown(found, UNREAD).order_by("unread_since", "pk")[:SHOWN]),
        oldest=list(oldest_first(found.active())[:SHOWN]),
    )


@dataclass(frozen=True)
class NeedsALook:
    """Passages that do not stand as they were marked, that were not found for long or only a copy made elsewhere holds,
    and pages not read for long."""

    passages: int
    not_found: int
    elsewhere: int
    unread: int

    def __bool__(self) -> bool:
        return bool(self.passages or self.not_found or self.elsewhere or self.unread)


def needs_a_look(user: User) -> NeedsALook:
    """Four queries, for whoever's desk it is."""
    turned, lost, brought = (passages(user, state=which).count() for which in ("", NOT_FOUND, ELSEWHERE))
    return NeedsALook(turned, lost, brought, shown(watches(user), LONG_UNREAD).count())


def captures(user: User, case: str = "", state: str = "", reason: str = "", made: str = "") -> CaptureQuerySet:
    found = Capture.objects.visible_to(user).filter(_in(case))
    wanted = {name: value for name, value in (("state", state), ("reason", reason)) if value}
    if made:
        found = found.filter(_UPLOADED if made == MADE_ELSEWHERE else ~_UPLOADED)
    return found.filter(**wanted)


def watches(user: User, case: str = "") -> WatchQuerySet:
    return Watch.objects.visible_to(user).filter(_in(case, "source__")).select_related("source__case")


def shown(found: WatchQuerySet, which: str) -> WatchQuerySet:
    return found.filter(_WATCHES[which]) if which in _WATCHES else found


def oldest_first(found: WatchQuerySet) -> WatchQuerySet:
    """Those that were never looked at first, then those whose latest look is longest ago."""
    return found.order_by(F("looked_at").asc(nulls_first=True), "pk")


def passages(user: User, case: str = "", state: str = "") -> ExcerptQuerySet:
    """Excerpts that did not stand in their page as marked when it was last read; the latest seen first. Or those that
    looks at a watched page did not come upon, the longest first: `NOT_FOUND` for as long as a page may not be read, or
    marked in a copy made `ELSEWHERE` and never seen in ours. None of which only withdrawn evidence is left."""
    seen = Sighting.objects.telling().filter(excerpt=OuterRef("pk")).order_by("-id")
    in_use = Excerpt.objects.filter(evidence__withdrawn_at=None).values("pk")  # also without any evidence
    found = Excerpt.objects.visible_to(user).filter(_in(case), pk__in=in_use).in_full()
    found = found.annotate(seen_as=Subquery(seen.values("state")[:1]), seen=Subquery(seen.values("pk")[:1]))
    if state in (NOT_FOUND, ELSEWHERE):
        return _not_found(found, state)
    return found.filter(seen_as__in=[state] if state else [Sighted.ALTERED, Sighted.ABSENT]).order_by("-seen")


def _not_found(found: ExcerptQuerySet, state: str) -> ExcerptQuerySet:
    """Looks at a page that is still watched, which read it and did not come upon the passage, since one that tells."""
    since_seen = Q(excerpt=OuterRef("pk"), pk__gt=Coalesce(OuterRef("seen"), 0))
    watched = Q(look__reached=True, look__watch__state=WatchState.ACTIVE)
    vain = Sighting.objects.filter(since_seen, watched, state=Sighted.UNREACHABLE).order_by("pk")
    at = vain.values("look__capture__captured_at")
    found = found.annotate(since=Subquery(at[:1]), latest=Subquery(at.reverse()[:1])).order_by("since", "pk")
    elsewhere = Q(capture__engine=CaptureEngine.UPLOAD, seen=None)
    if state == ELSEWHERE:
        return found.filter(elsewhere, since__isnull=False)
    enough = found.exclude(elsewhere).filter(Exists(vain[LONG_LOOKS - 1 : LONG_LOOKS]))
    return enough.filter(latest__gte=F("since") + LONG)


def sightings_of(excerpts: Iterable[Excerpt]) -> dict[int, list[Sighting]]:
    """By excerpt, in the order of the looks, each with that excerpt as it was given. One query."""
    given = {excerpt.pk: excerpt for excerpt in excerpts}
    found: dict[int, list[Sighting]] = {pk: [] for pk in given}
    for sighting in Sighting.objects.filter(excerpt__in=given).in_full().order_by("pk"):
        sighting.excerpt = given[sighting.excerpt_id]
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
    made = found.order_by().annotate(elsewhere=ExpressionWrapper(_UPLOADED, BooleanField()))
    rows = list(made.values_list("state", "reason", "elsewhere").annotate(number=Count("pk")))
    whole = sum(number for *_kind, number in rows)
    ended = [
        Ended(state, reason, elsewhere, number, round(100 * number / whole))
        for state, reason, elsewhere, number in rows
    ]
    return sorted(ended, key=lambda each: (each.elsewhere, _ORDER.index(each.state), -each.number, each.reason))


_UPLOADED = Q(engine=CaptureEngine.UPLOAD)
_ORDER = ["SUCCEEDED", "PARTIAL", "FAILED", "RUNNING", "QUEUED"]
