"""Opens alerts on the claims that rest on a page which, looked at again, is not what it was.

Listens at the end of every act for looks. What one means is found out by a worker, in acts of the cases concerned: a
look at a page of the newsroom says nothing of who rests on it.
"""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from kombu.exceptions import OperationalError

from audit import acts
from audit.models import Act
from newsroom.models import Case
from sources.actions.watches import WATCH
from sources.domain.folding import fold
from sources.domain.rhythm import Unread
from sources.domain.watching import Turn
from sources.models import Capture, CaptureState, Look
from verification.models import Alert, AlertKind, AlertsDue, Claim, ClaimState
from verification.queries.passages import Turned, latest_copy_before, resting_on, turned, unread

BATCH = 20
KINDS = {
    Turn.ALTERED: AlertKind.PASSAGE_ALTERED,
    Turn.ABSENT: AlertKind.PASSAGE_ABSENT,
    Turn.BACK: AlertKind.PASSAGE_BACK,
}

log = logging.getLogger(__name__)


@acts.at_the_end
def look_written(act: Act, rows: Sequence[Any]) -> None:
    looks = [row.id for row in rows if row.instance_type is Look]
    if looks:
        AlertsDue.objects.bulk_create(AlertsDue(look_id=pk, act=act.numbered()) for pk in looks)
        transaction.on_commit(wake)


def wake() -> None:
    """Tell a worker. A broker that is down loses nothing: the sweep tells again."""
    from verification.tasks import open_passage_alerts

    try:
        open_passage_alerts.delay()
    except OperationalError:
        log.warning("The broker is down; the sweep will have alerts opened when it is back.")


def work_off() -> int:
    """Find out what a batch of looks means, oldest first, each in a transaction of its own; how many looks it was."""
    done = 0
    while done < BATCH and _weigh_next():
        done += 1
    return done


def _weigh_next() -> bool:
    with transaction.atomic():
        due = AlertsDue.objects.select_for_update(of=("self",), skip_locked=True).select_related("act").order_by("pk")
        waiting = due.first()
        if waiting is None:
            return False
        look = Look.objects.select_related("watch__source").get(pk=waiting.look_id)
        alerts = _follow(look, waiting.act)
        waiting.delete()
        # All is held and decided by now: from the first act on, nothing may be waited for (`audit.acts`).
        for alert in sorted(alerts, key=lambda alert: alert.claim.state != ClaimState.PUBLISHED):
            with acts.act("alert.open", actor=WATCH, case=alert.claim.case):
                alert.save()
    return True


def _follow(look: Look, because: Act) -> list[Alert]:
    """The alerts that follow from a look, unsaved."""
    passages, failing = turned(look), unread(look)
    for_long = failing if failing and failing.for_long(look.at) else None
    resting = set(resting_on(look.watch).values_list("claim", flat=True)) if for_long else set()
    _hold({each.evidence.claim_id for each in passages} | resting)
    alerts = [_of_passage(each, because) for each in passages if _is_news(each)]
    return [*alerts, *(_of_unread(look, for_long, resting, because) if for_long else ())]


def _hold(claims: set[int]) -> None:
    """Until the end of the transaction: of two looks that say the same, the second finds the alert of the first.

    Their cases too, since each act names one; and these first, as whoever holds both does.
    """
    cases = Claim.objects.filter(pk__in=claims).values("case")
    list(Case.objects.select_for_update(no_key=True).filter(pk__in=cases).order_by("pk"))
    list(Claim.objects.select_for_update(of=("self",)).filter(pk__in=claims).order_by("pk"))


def _is_news(each: Turned) -> bool:
    """Not told already. An alert on an excerpt goes on to say what was seen since; on a quotation the latest stands."""
    alerts = Alert.objects.filter(claim=each.evidence.claim).about(each.evidence.pk)
    if each.turn is Turn.BACK and not alerts.exists():
        return False
    if not each.evidence.excerpt_id:
        latest = alerts.open().order_by("pk").last()
        return latest is None or not _says(latest, each)
    if each.turn is Turn.BACK and alerts.open().exists():
        return False
    return not any(_says(alert, each) for alert in alerts.open())


def _says(alert: Alert, each: Turned) -> bool:
    return alert.kind == KINDS[each.turn] and fold(alert.after.get("words", "")) == fold(each.now.words)


def _of_passage(each: Turned, because: Act) -> Alert:
    after = {"evidence": each.evidence.pk, "excerpt": each.evidence.excerpt_id, "marked": each.marked}
    before, claim = each.before.kept(), each.evidence.claim
    return Alert(claim=claim, kind=KINDS[each.turn], because_of=because, before=before, after=after | each.now.kept())


def _of_unread(look: Look, failing: Unread, resting: set[int], because: Act) -> list[Alert]:
    """Once for each time that it goes on for long."""
    since = {"watch": look.watch_id, "since": failing.since.isoformat()}
    told = Alert.objects.filter(kind=AlertKind.PAGE_UNREAD, after__contains=since).values("claim")
    claims = Claim.objects.filter(pk__in=resting).exclude(pk__in=told).select_related("case").order_by("pk")
    copy = latest_copy_before(look)
    before = _kept(copy) if copy else {}
    after = {**since, "looks": failing.looks, "capture": str(look.capture_id), "at": look.at.isoformat()}
    kind = AlertKind.PAGE_UNREAD
    return [Alert(claim=claim, kind=kind, because_of=because, before=before, after=after) for claim in claims]


def _kept(copy: Capture) -> dict[str, Any]:
    at = copy.captured_at or copy.requested_at
    return {"capture": str(copy.pk), "at": at.isoformat(), "whole": copy.state == CaptureState.SUCCEEDED}
