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
from sources.actions.watches import WATCH
from sources.domain.folding import fold
from sources.domain.watching import Turn
from sources.models import Look
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
    """Find out what a batch of looks means, oldest first, in one transaction; how many looks it was."""
    with transaction.atomic():
        due = AlertsDue.objects.select_for_update(of=("self",), skip_locked=True).select_related("act").order_by("pk")
        batch = list(due[:BATCH])
        looks = Look.objects.select_related("watch__source", "capture").in_bulk([each.look_id for each in batch])
        for each in batch:
            _open(looks[each.look_id], each.act)
        AlertsDue.objects.filter(pk__in=[each.pk for each in batch]).delete()
    return len(batch)


def _open(look: Look, because: Act) -> None:
    passages = turned(look)
    _hold({each.evidence.claim_id for each in passages})
    for each in sorted(passages, key=lambda each: each.evidence.claim.state != ClaimState.PUBLISHED):
        if _is_news(each):
            after = {"evidence": each.evidence.pk, "excerpt": each.evidence.excerpt_id, **each.now.kept()}
            _save(each.evidence.claim, KINDS[each.turn], because, each.before.kept(), after)
    _open_unread(look, because)


def _hold(claims: set[int]) -> None:
    """Until the end of the transaction: of two looks that say the same, the second finds the alert of the first."""
    list(Claim.objects.select_for_update(of=("self",)).filter(pk__in=claims).order_by("pk"))


def _is_news(each: Turned) -> bool:
    """Not told already. That an excerpt is back, an alert on it that is still open says itself."""
    alerts = Alert.objects.filter(claim=each.evidence.claim).about(each.evidence.pk)
    if each.turn is Turn.BACK and not alerts.exists():
        return False
    if each.turn is Turn.BACK and each.evidence.excerpt_id and alerts.open().exists():
        return False
    told = alerts.open().filter(kind=KINDS[each.turn]).values_list("after__words", flat=True)
    return all(fold(words) != fold(each.now.words) for words in told)


def _open_unread(look: Look, because: Act) -> None:
    """Once for each time that it goes on for long."""
    failing = unread(look)
    if failing is None or not failing.for_long(look.at):
        return
    since = {"watch": look.watch_id, "since": failing.since.isoformat()}
    told = Alert.objects.filter(kind=AlertKind.PAGE_UNREAD, after__contains=since).values("claim")
    resting = Claim.objects.filter(pk__in=resting_on(look.watch).values("claim")).exclude(pk__in=told)
    claims = list(resting.select_for_update(of=("self",)).select_related("case").order_by("pk"))
    copy = latest_copy_before(look)
    before = {"capture": str(copy.pk), "at": (copy.captured_at or copy.requested_at).isoformat()} if copy else {}
    after = {**since, "looks": failing.looks, "capture": str(look.capture_id), "at": look.at.isoformat()}
    for claim in sorted(claims, key=lambda claim: claim.state != ClaimState.PUBLISHED):
        _save(claim, AlertKind.PAGE_UNREAD, because, before, after)


def _save(claim: Claim, kind: AlertKind, because: Act, before: dict[str, Any], after: dict[str, Any]) -> None:
    with acts.act("alert.open", actor=WATCH, case=claim.case):
        Alert(claim=claim, kind=kind, because_of=because, before=before, after=after).save()
