"""Keeps the numbers beside the claims true, and opens an alert where they changed in a way worth a second look.

Listens at the end of every act. A claim whose own record changed is counted again then and there, under the lock its
act holds. Claims elsewhere (a derivation was recorded, a policy changed) are written into the queue in that act, so
from its first moment on pages say that they are being counted again; a worker counts them. Whoever counts holds the
claim's lock, so of two that count at once the second sees what the first could not.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from audit import acts
from audit.models import Act
from sources.models import SourceAssessment
from verification.concerned import claims_elsewhere, own_claims
from verification.domain.changes import What, changes, report
from verification.models import Alert, AlertKind, Claim, Corroboration, RecountDue
from verification.queries.corroboration import Weighed, weigh_all
from verification.queries.policy import PolicyReport, policy_reports

AT_ONCE = 5
"""An act on more claims than that (an import) leaves them to a worker."""
BATCH = 50
SYSTEM = "corroboration"

ALERTING = {
    "evidence.withdraw": AlertKind.EVIDENCE_WITHDRAWN,
    "evidence.edit": AlertKind.CHAIN_CORRECTED,
    "source.derive": AlertKind.DERIVATION,
    "derivation.relay": AlertKind.DERIVATION,
    "derivation.standing": AlertKind.DERIVATION,
    "source.affiliate": AlertKind.AFFILIATION,
    "affiliation.standing": AlertKind.AFFILIATION,
    "source.edit": AlertKind.SOURCE_CHANGED,
    "source.assess": AlertKind.SOURCE_DOWNGRADED,
}

log = logging.getLogger(__name__)


@acts.at_the_end
def act_ended(act: Act, rows: Sequence[Any]) -> None:
    own = own_claims(rows)
    if len(own) <= AT_ONCE:
        for alert in recount(own, because=dict.fromkeys(own, act)):
            alert.save()
        elsewhere = claims_elsewhere(rows) - own
    else:
        elsewhere = claims_elsewhere(rows) | own
    if elsewhere:
        RecountDue.objects.bulk_create(RecountDue(claim_id=pk, act=act.numbered()) for pk in sorted(elsewhere))
        transaction.on_commit(wake)


def wake() -> None:
    """Tell a worker. A broker that is down loses nothing: the sweep tells again."""
    from verification.tasks import recount_due

    try:
        recount_due.delay()
    except OperationalError:
        log.warning("The broker is down; the sweep will have claims counted again when it is back.")


def work_off() -> int:
    """Count a batch of what is due, oldest first, in one transaction; how many claims it was."""
    with transaction.atomic():
        due = RecountDue.objects.order_by("pk").values_list("claim_id", flat=True)[: BATCH * 4]
        wanted = list(dict.fromkeys(due))[:BATCH]
        # Whoever holds a claim just now may be about to count it; what stays in the queue is found again.
        # Their cases are held too: after the first alert's act nothing may be waited for (`audit.acts`).
        held = Claim.objects.select_related("case").select_for_update(
            of=("self", "case"), skip_locked=True, no_key=True
        )
        free = held.filter(pk__in=wanted).order_by("pk")
        locked = [claim.pk for claim in free]  # whole rows: without their case there is none to hold
        because: dict[int, Act] = {}
        reasons = RecountDue.objects.filter(claim__in=locked).select_related("act")
        for reason in reasons:
            if reason.act.name in ALERTING or reason.claim_id not in because:
                because[reason.claim_id] = reason.act
        RecountDue.objects.filter(pk__in=[reason.pk for reason in reasons]).delete()
        # One that another worker had held has been counted by now, and its reasons are gone.
        claims = [pk for pk in locked if pk in because]
        for alert in recount(claims, because=because):
            with acts.act("alert.open", actor=SYSTEM, case=alert.case):
                alert.save()
    return len(claims)


def recount(claims: Iterable[int], *, because: Mapping[int, Act]) -> list[Alert]:
    """Count these claims and keep the result. The alerts that follow from it, unsaved.

    A fixed number of queries, and one for each claim to write what was found.
    """
    wanted = list(claims)
    if not wanted:
        return []
    held = list(
        Claim.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted)
        .select_related("case__policy")
        .prefetch_related("case__memberships")
        .order_by("pk")
    )
    if not held:
        return []
    weighed = weigh_all(held)
    policies = policy_reports(held, weighed)
    grades = _grades(weighed.values())
    before = Corroboration.objects.in_bulk([claim.pk for claim in held])
    alerts = []
    for claim in held:
        kept = before.get(claim.pk)
        counted = _counted(claim, policies[claim.pk], grades)
        counted.save(force_insert=kept is None)
        if kept is not None and (alert := _alert(claim, kept.report, counted.report, because[claim.pk])):
            alerts.append(alert)
    return alerts


def _counted(claim: Claim, policy: PolicyReport, grades: Mapping[int, str]) -> Corroboration:
    result = policy.weighed.result
    supports, contradicts = result.supports, result.contradicts
    stated = {key for item in policy.weighed.ground.evidence for key in item.stated}
    known = {key: grades[pk] for key in stated if (pk := policy.weighed.sources[key].pk) in grades}
    return Corroboration(
        claim=claim,
        lines=len(supports.lines),
        established=supports.established.lower,
        possible=supports.possible.upper,
        against_lines=len(contradicts.lines),
        against_established=contradicts.established.lower,
        against_possible=contradicts.possible.upper,
        exact=supports.exact and contradicts.exact,
        contested=result.contested,
        single_source=result.single_source,
        policy_met=policy.met,
        open_points=policy.open_points,
        report=report(result, policy.results, known),
        counted_at=Now(),
    )


def _grades(weighed: Iterable[Weighed]) -> dict[int, str]:
    """The general reliability of every source that is stated anywhere, where it was graded."""
    sources = {source.pk for each in weighed for source in each.sources.values()}
    latest = SourceAssessment.objects.filter(source__in=sources, topic="").latest_per_topic()
    return dict(latest.values_list("source_id", "reliability"))


def _alert(claim: Claim, before: dict[str, Any], now: dict[str, Any], act: Act) -> Alert | None:
    changed = changes(before, now)
    kind = ALERTING.get(act.name)
    if kind is None and any(change.what is What.CONTESTED and change.now for change in changed):
        # While evidence is still being gathered, the other side is no news.
        kind = AlertKind.NEW_CONTRADICTION if claim.verdicts.exists() else None
    if kind is None or not changed:
        return None
    if kind == AlertKind.SOURCE_DOWNGRADED and not any(change.what is What.GRADE for change in changed):
        return None
    return Alert(claim=claim, because_of=act.numbered(), kind=kind, before=before, after=now)
