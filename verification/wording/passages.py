"""Alerts about pages in words: both versions with their days, and what was seen since.

"Present on 3 December, absent on 9 December": when between the two, and by whose hand, nobody saw.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.domain.worddiff import Piece, diff, folded
from sources.domain.extent import breaks_off
from sources.domain.folding import fold
from sources.domain.watching import stood
from sources.models import Capture, CaptureEngine, Excerpt, Look, Sighting
from sources.wording.watching import days
from verification.models import Alert, AlertKind, Evidence
from verification.wording import turns


@dataclass(frozen=True)
class Version:
    """What stood in a capture on a day. `copy` is that capture where it was made elsewhere."""

    capture: UUID
    day: str
    copy: Capture | None
    whole: bool = True


@dataclass(frozen=True)
class Seen:
    """`pieces` lead from the version before to the one now, which may go on where it `breaks_off`. `evidence` is the
    number of what quotes the passage."""

    sentences: list[str]
    pieces: list[Piece]
    breaks_off: bool
    before: Version | None
    now: Version
    evidence: int | None


@dataclass(frozen=True)
class Since:
    """What an alert does not keep itself.

    By excerpt the latest that was seen of it and what was another than before, by watch the latest look that read its
    page, by capture those made elsewhere; by alert the words marked, of the older ones that do not keep them.
    """

    changes: Mapping[int, list[Sighting]]
    read: Mapping[int, Look]
    brought: Mapping[UUID, Capture]
    marked: Mapping[int, str]


def is_seen(alert: Alert) -> bool:
    """Whether an alert is about what was seen on a page."""
    kind = AlertKind(alert.kind)
    return kind.is_of_a_passage or kind is AlertKind.PAGE_UNREAD


def since(alerts: Collection[Alert]) -> Since:
    """A fixed number of queries for any number of alerts."""
    still_open = [alert for alert in alerts if is_seen(alert) and alert.closed_at is None]
    excerpts = {pk for alert in still_open if (pk := alert.after.get("excerpt"))}
    watches = {pk for alert in still_open if (pk := alert.after.get("watch"))}
    changes: dict[int, list[Sighting]] = {}
    told = Sighting.objects.filter(excerpt__in=excerpts).telling().but_of_the_article()
    for each in told.in_full().changes() if excerpts else ():
        changes.setdefault(each.excerpt_id, []).append(each)
    read = Look.objects.filter(watch__in=watches, reached=True).order_by("watch_id", "-id").distinct("watch_id")
    return replace(opened(alerts), changes=changes, read={each.watch_id: each for each in read} if watches else {})


def opened(alerts: Collection[Alert]) -> Since:
    """The same without what was seen since they were opened."""
    of_pages = [alert for alert in alerts if is_seen(alert)]
    captures = {version["capture"] for alert in of_pages for version in (alert.before, alert.after) if version}
    brought = Capture.objects.filter(pk__in=captures, engine=CaptureEngine.UPLOAD).in_full()
    return Since(
        changes={},
        read={},
        brought={each.pk: each for each in brought} if captures else {},
        marked=_marked([alert for alert in of_pages if "marked" not in alert.after]),
    )


def _marked(older: Iterable[Alert]) -> dict[int, str]:
    of_passages = [alert for alert in older if AlertKind(alert.kind).is_of_a_passage]
    excerpts = Excerpt.objects.in_bulk({alert.after["excerpt"] for alert in of_passages} - {None})
    quoting = Evidence.objects.in_bulk({alert.after["evidence"] for alert in of_passages})
    return {
        alert.pk: excerpts[pk].exact if (pk := alert.after["excerpt"]) else quoting[alert.after["evidence"]].quotation
        for alert in of_passages
    }


def seen(alert: Alert, later: Since) -> Seen:
    kept = [version for version in (alert.before, alert.after) if version]
    of_a_passage = AlertKind(alert.kind).is_of_a_passage
    told = _told_of_passage(alert, later) if of_a_passage else _told_of_page(alert, later)
    moments = [*(datetime.fromisoformat(version["at"]) for version in kept), *told]
    shown = _days(moments)
    *earlier, now = (_version(version, day, later) for version, day in zip(kept, shown, strict=False))
    before = earlier[0] if earlier else None
    after = shown[len(kept) :]
    return Seen(
        sentences=_passage(alert, later, shown, after) if of_a_passage else _page(alert, now.day, before, after),
        pieces=folded(diff(alert.before["words"], alert.after["words"])) if of_a_passage else [],
        breaks_off=of_a_passage and breaks_off(alert.before["words"], alert.after["words"]),
        before=before,
        now=now,
        evidence=alert.after.get("evidence"),
    )


def _days(moments: list[datetime]) -> list[str]:
    """In words; with the time of day in all of them where two fall on one day."""
    of = {timezone.localtime(moment).date() for moment in moments}
    return days(*moments, hours=len(of) < len(set(moments)))


def _version(kept: Mapping[str, Any], day: str, later: Since) -> Version:
    capture = UUID(kept["capture"])
    return Version(capture, day, later.brought.get(capture), kept.get("whole", True))


def _since_then(alert: Alert, later: Since) -> list[Sighting]:
    """What an open alert on a passage still has to say: the latest, and before it what was seen between, if that is
    another and the latest is not."""
    at = datetime.fromisoformat(alert.after["at"])
    seen_since = [each for each in later.changes.get(alert.after["excerpt"] or 0, ()) if each.look.at > at]
    others = [each for each in seen_since if fold(each.words) != fold(alert.after["words"])]
    if alert.closed_at is not None or not others:
        return []
    return [others[-1]] if others[-1] is seen_since[-1] else [others[-1], seen_since[-1]]


def _told_of_passage(alert: Alert, later: Since) -> list[datetime]:
    return [each.look.at for each in _since_then(alert, later)]


def _told_of_page(alert: Alert, later: Since) -> list[datetime]:
    """Since when it could not be read, and when it could again."""
    look = later.read.get(alert.after["watch"])
    again = alert.closed_at is None and look and look.at > datetime.fromisoformat(alert.after["at"])
    return [datetime.fromisoformat(alert.after["since"]), *([look.at] if look and again else [])]


def _passage(alert: Alert, later: Since, shown: list[str], after: list[str]) -> list[str]:
    marked = alert.after.get("marked") or later.marked[alert.pk]
    then, there = stood(marked, alert.before["words"]), stood(marked, alert.after["words"])
    sentences = [turns.turned(then, there, (shown[0], shown[1]))]
    match [stood(marked, each.words) for each in _since_then(alert, later)], after:
        case [latest], [day]:
            sentences.append(turns.since(there, latest, day))
        case [between, _again], [first, again]:
            sentences.append(turns.again(between, there, (first, again)))
    return sentences


def _page(alert: Alert, day: str, copy: Version | None, told: list[str]) -> list[str]:
    """That it could not be read, and what there is of it."""
    since_day, *again = told
    looks = alert.after["looks"]
    said = ngettext(
        "It could not be read in %(looks)d look, from %(since)s to %(day)s.",
        "It could not be read in %(looks)d looks, from %(since)s to %(day)s.",
        looks,
    ) % {"looks": looks, "since": since_day, "day": day}
    sentences = [f"{said} {_known(copy)} {_('That says nothing of what stands on it.')}"]
    return [*sentences, *(_("It could be read again on %(day)s.") % {"day": each} for each in again)]


def _known(copy: Version | None) -> str:
    if copy is None:
        return _("There is no copy of it.")
    if copy.copy:
        return _("There is only a copy made elsewhere, said to be of %(day)s.") % {"day": copy.day}
    if not copy.whole:
        return _("The latest copy before that is not whole; it is of %(day)s.") % {"day": copy.day}
    return _("The latest copy is of %(day)s.") % {"day": copy.day}
