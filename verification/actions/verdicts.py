"""An editor's ruling. Verdicts supersede each other, never change."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits
from newsroom.models import User
from newsroom.typed import clean_prose
from verification.actions.assignments import tell
from verification.actions.reviews import require_same_ground
from verification.domain.workflow import Event
from verification.ground import ground_of
from verification.models import Claim, Verdict, VerdictValue
from verification.progress import moved
from verification.queries.policy import PolicyReport, policy_report


def rule(
    *, actor: User, claim_id: int, ground: str, verdict: str, rationale: str, override_reason: str = ""
) -> Verdict:
    """Rule on a claim as it was read (`ground`). CONFIRMED needs the policy met, or an override where it allows one.

    Raises `Denied` for who may not rule, ValidationError by field for what is missing.
    """
    with act("claim.rule", actor=actor, reason=rationale) as done:
        claim = Claim.objects.select_for_update(of=("self",)).select_related("case__policy").get(pk=claim_id)
        permits.require(actor, "claim.rule", claim)
        require_same_ground(ground, ground_of(claim))
        done.case = claim.case
        report = policy_report(claim, ruler=actor)
        override_reason = clean_prose(override_reason, limit=5_000)
        if verdict == VerdictValue.CONFIRMED and not report.met:
            _require_override(report, override_reason)
        ruling = Verdict(
            claim=claim,
            value=verdict,
            rationale=rationale,
            ruled_by=actor,
            ground=ground,
            override_reason=override_reason if verdict == VerdictValue.CONFIRMED and not report.met else "",
            policy_report=report.as_json(),
            corroboration_report=report.weighed.as_json(),
            supersedes=claim.verdicts.current().first(),
        )
        ruling.full_clean(exclude=["supersedes"])
        ruling.save()
        moved(claim, Event.RULED)
        tell(claim.created_by, done, claim, actor)
    return ruling


def _require_override(report: PolicyReport, reason: str) -> None:
    if not report.override_allowed:
        message = _("The policy of this case is not met and allows no override, so the claim cannot be confirmed yet.")
        raise ValidationError({"verdict": message})
    if not reason:
        message = _("The policy of this case is not met. Say why you confirm it all the same: that stays on the claim.")
        raise ValidationError({"override_reason": message})
