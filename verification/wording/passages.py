"""Alerts about pages in words: both versions with their days, and what was seen since.

"Present on 3 December, absent on 9 December": when between the two, and by whose hand, nobody saw.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.domain.worddiff import Piece, diff, folded
from sources.domain.watching import Sighted
from sources.models import Look, Sighting
from sources.wording.watching import days
from verification.models import Alert, AlertKind


@dataclass(frozen=True)
class Version:
    """What stood in a capture on a day."""

    capture: UUID
    day: str


@dataclass(frozen=True)
class Seen:
    """`pieces` lead from the version before to the one now. `evidence` is the number of what quotes the passage."""

    sentences: list[str]
    pieces: list[Piece]
    before: Version | None
    now: Version
    evidence: int | None


@dataclass(frozen=True)
class Since:
    """What was seen later: of each excerpt, and of each watched page."""

    sightings: Mapping[int, Sighting]
    read: Mapping[int, Look]


def is_seen(alert: Alert) -> bool:
    """Whether an alert is about what was seen on a page."""
    kind = AlertKind(alert.kind)
    return kind.is_of_a_passage or kind is AlertKind.PAGE_UNREAD


def since(alerts: Iterable[Alert]) -> Since:
    """Two queries for any number of open alerts."""
    still_open = [alert for alert in alerts if is_seen(alert) and alert.closed_at is None]
    excerpts = {pk for alert in still_open if (pk := alert.after.get("excerpt"))}
    watches = {pk for alert in still_open if (pk := alert.after.get("watch"))}
    sightings = Sighting.objects.filter(excerpt__in=excerpts).telling().in_full().latest_of_each()
    read = Look.objects.filter(watch__in=watches, reached=True).order_by("watch_id", "-id").distinct("watch_id")
    return Since(
        {each.excerpt_id: each for each in sightings} if excerpts else {},
        {each.watch_id: each for each in read} if watches else {},
    )


def seen(alert: Alert, later: Since) -> Seen:
    before, now = alert.before, alert.after
    moments = [datetime.fromisoformat(version["at"]) for version in (before, now) if version]
    *earlier, day = days(*moments)
    sentences = (
        [_unread(alert, day, earlier)] if alert.kind == AlertKind.PAGE_UNREAD else [_turn(alert, earlier[0], day)]
    )
    if alert.closed_at is None and (more := _later(alert, moments[-1], later)):
        sentences.append(more)
    return Seen(
        sentences=sentences,
        pieces=folded(diff(before["words"], now["words"])) if AlertKind(alert.kind).is_of_a_passage else [],
        before=Version(UUID(before["capture"]), earlier[0]) if before else None,
        now=Version(UUID(now["capture"]), day),
        evidence=now.get("evidence"),
    )


def _turn(alert: Alert, before: str, now: str) -> str:
    values = {"before": before, "now": now}
    match AlertKind(alert.kind):
        case AlertKind.PASSAGE_ALTERED if alert.before["words"]:
            return _("Present on %(before)s, in other words on %(now)s.") % values
        case AlertKind.PASSAGE_ALTERED:
            return _("Absent on %(before)s, present in other words on %(now)s.") % values
        case AlertKind.PASSAGE_ABSENT:
            return _("Present on %(before)s, absent on %(now)s.") % values
        case _ if alert.before["words"]:
            return _("In other words on %(before)s, in the words marked on %(now)s.") % values
        case _:
            return _("Absent on %(before)s, present again on %(now)s.") % values


def _unread(alert: Alert, day: str, earlier: list[str]) -> str:
    since_day = days(datetime.fromisoformat(alert.after["since"]))[0]
    looks = alert.after["looks"]
    said = ngettext(
        "It could not be read in %(looks)d look, from %(since)s to %(day)s.",
        "It could not be read in %(looks)d looks, from %(since)s to %(day)s.",
        looks,
    ) % {"looks": looks, "since": since_day, "day": day}
    known = _("The latest copy is of %(day)s.") % {"day": earlier[0]} if earlier else _("There is no copy of it.")
    return f"{said} {known} {_('That says nothing of what stands on it.')}"


def _later(alert: Alert, after: datetime, later: Since) -> str:
    """What a later look saw, where that is something else."""
    if alert.kind == AlertKind.PAGE_UNREAD:
        look = later.read.get(alert.after["watch"])
        if look is None or look.at <= after:
            return ""
        return _("It could be read again on %(day)s.") % {"day": days(look.at)[0]}
    sighting = later.sightings.get(alert.after.get("excerpt") or 0)
    if sighting is None or sighting.look.at <= after or sighting.words == alert.after["words"]:
        return ""
    day = {"day": days(sighting.look.at)[0]}
    match Sighted(sighting.state):
        case Sighted.ABSENT:
            return _("Absent on %(day)s.") % day
        case Sighted.ALTERED:
            return _("In other words again on %(day)s.") % day
        case _:
            return _("In the words marked again on %(day)s.") % day
