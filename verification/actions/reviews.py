"""One reviewer's word, given once."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits
from newsroom.models import User
from verification.actions.assignments import close, locked, tell
from verification.domain.workflow import Event
from verification.ground import ground_of
from verification.models import Assignment, AssignmentState, Duty, Review, ReviewOutcome
from verification.progress import moved


def submit(
    *,
    actor: User,
    assignment_id: int,
    ground: str,
    rationale: str,
    recommended: str,
    confidence: str,
) -> Review:
    """Recommend a verdict. The claim awaits its verdict when no review is outstanding."""
    return _submit(actor, assignment_id, ground, rationale, ReviewOutcome.RECOMMENDED, recommended, confidence)


def send_back(*, actor: User, assignment_id: int, ground: str, rationale: str) -> Review:
    """Not ready to be judged: the claim goes back to checking, with what is missing as the rationale."""
    return _submit(actor, assignment_id, ground, rationale, ReviewOutcome.SENT_BACK)


def _submit(
    actor: User,
    assignment_id: int,
    ground: str,
    rationale: str,
    outcome: ReviewOutcome,
    recommended: str = "",
    confidence: str = "",
) -> Review:
    with act("claim.review", actor=actor, reason=rationale) as done:
        assignment = locked(assignment_id)
        claim = assignment.claim
        permits.require(actor, "assignment.answer", assignment)
        permits.require(actor, "claim.review", claim)
        _require_open_review(assignment)
        require_same_ground(ground, ground_of(claim))
        done.case = claim.case
        review = Review(
            claim=claim,
            assignment=assignment,
            reviewer=actor,
            outcome=outcome,
            recommended=recommended,
            confidence=confidence,
            rationale=rationale,
            ground=ground,
        )
        if outcome == ReviewOutcome.RECOMMENDED and not (recommended and confidence):
            missing = "recommended" if not recommended else "confidence"
            raise ValidationError({missing: _("Choose one.")})
        review.full_clean()
        review.save()
        close(assignment, AssignmentState.DONE)
        if outcome == ReviewOutcome.SENT_BACK:
            moved(claim, Event.REVIEW_SENT_BACK)
        elif not claim.assignments.waiting().filter(duty=Duty.REVIEW).exists():
            moved(claim, Event.REVIEWS_SUBMITTED)
        tell(assignment.assigned_by, done, claim, actor)
    return review


def require_same_ground(read: str, now: str) -> None:
    """Refuse a judgement on what no longer stands as it was read; what was typed stays in the form."""
    if read != now:
        message = _("The statement or the evidence changed since you opened this page. Read it again, then send this.")
        raise ValidationError(message, code="stale")


def _require_open_review(assignment: Assignment) -> None:
    if assignment.duty != Duty.REVIEW:
        raise permits.Denied(_("This assignment is a check, not a review."))
    if assignment.state not in {AssignmentState.OPEN, AssignmentState.ACCEPTED}:
        state = assignment.get_state_display()
        raise permits.Denied(_("This assignment is %(state)s and cannot be answered now.") % {"state": state})
