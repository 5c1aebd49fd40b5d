"""Give a claim to a person, and what they answer."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.acts import act
from audit.models import Act
from newsroom import permits
from newsroom.models import Notification, Role, User
from newsroom.typed import clean_prose
from newsroom.wording.text import isolated
from verification.domain.workflow import Event
from verification.four_eyes import stands_apart
from verification.models import Assignment, AssignmentState, Claim, Duty
from verification.progress import moved

LEAST_ROLE = {Duty.CHECK: Role.RESEARCHER, Duty.REVIEW: Role.REVIEWER}
_EVENT = {Duty.CHECK: Event.CHECK_ASSIGNED, Duty.REVIEW: Event.REVIEW_ASSIGNED}


def assign(*, actor: User, claim_id: int, person_id: int, duty: str, due_at: datetime | None = None) -> Assignment:
    """Refused for who may not do it: a stranger to the case, too low a role, or a gatherer asked to review."""
    with act("claim.assign", actor=actor) as done:
        claim = Claim.objects.select_for_update(of=("self",)).select_related("case__policy").get(pk=claim_id)
        permits.require(actor, "claim.assign", claim)
        done.case = claim.case
        person = User.objects.active().get(pk=person_id)
        if (sentence := why_not(person, claim, duty)) is not None:
            raise ValidationError({"person": sentence})
        assignment = Assignment(claim=claim, person=person, duty=duty, due_at=due_at, assigned_by=actor)
        assignment.full_clean()
        assignment.save()
        moved(claim, _EVENT[Duty(duty)])
        tell(person, done, assignment.claim, actor)
    return assignment


def why_not(person: User, claim: Claim, duty: str) -> str | None:
    """The sentence that says why `person` cannot be given `claim` for `duty`, or None."""
    role = claim.case.role_of(person)
    if role is None:
        return _("%(name)s is not a member of this case.") % {"name": isolated(person.name)}
    if not role.includes(LEAST_ROLE[Duty(duty)]):
        return _("%(name)s has too low a role in this case for that.") % {"name": isolated(person.name)}
    if duty == Duty.REVIEW and not stands_apart(person, claim):
        return _("%(name)s wrote this claim or gathered evidence for it, so cannot review it.") % {
            "name": isolated(person.name)
        }
    if claim.assignments.waiting().filter(person=person, duty=duty).exists():
        return _("%(name)s has this claim already.") % {"name": isolated(person.name)}
    return None


def accept(*, actor: User, assignment_id: int) -> Assignment:
    return _answer(actor, assignment_id, "assignment.accept", AssignmentState.ACCEPTED, [AssignmentState.OPEN])


def decline(*, actor: User, assignment_id: int, reason: str) -> Assignment:
    """With a reason, which whoever assigned it is told of."""
    reason = clean_prose(reason, limit=1_000)
    if not reason:
        raise ValidationError({"reason": _("Say why: whoever assigned it has to find somebody else.")})
    waiting = [AssignmentState.OPEN, AssignmentState.ACCEPTED]
    return _answer(actor, assignment_id, "assignment.decline", AssignmentState.DECLINED, waiting, reason)


def finish_check(*, actor: User, assignment_id: int) -> Assignment:
    """The checker has done what there was to do. A review ends with its submission instead."""
    waiting = [AssignmentState.OPEN, AssignmentState.ACCEPTED]
    return _answer(actor, assignment_id, "assignment.finish", AssignmentState.DONE, waiting, duty=Duty.CHECK)


def cancel(*, actor: User, assignment_id: int, reason: str = "") -> Assignment:
    with act("assignment.cancel", actor=actor, reason=clean_prose(reason, limit=1_000)) as done:
        assignment = locked(assignment_id)
        permits.require(actor, "assignment.cancel", assignment)
        _require(assignment, [AssignmentState.OPEN, AssignmentState.ACCEPTED])
        done.case = assignment.case
        close(assignment, AssignmentState.CANCELLED)
        tell(assignment.person, done, assignment.claim, actor)
    return assignment


def locked(assignment_id: int) -> Assignment:
    """The assignment with its claim, both locked: the claim first, as every act on a claim does."""
    claim_id = Assignment.objects.values_list("claim_id", flat=True).get(pk=assignment_id)
    claim = Claim.objects.select_for_update(of=("self",)).select_related("case__policy").get(pk=claim_id)
    assignment = Assignment.objects.select_for_update(of=("self",)).select_related("person").get(pk=assignment_id)
    assignment.claim = claim
    return assignment


def close(assignment: Assignment, state: str) -> None:
    assignment.state = state
    # The moment must be known to the history row that is copied from memory, so it is read, not computed by the UPDATE.
    assignment.answered_at = Assignment.objects.annotate(now=Now()).values_list("now", flat=True).get(pk=assignment.pk)
    assignment.save()


def tell(person: User, done: Act, claim: Claim, actor: User) -> None:
    """Nobody is told what they did themselves."""
    if person != actor:
        url = reverse("claim-detail", args=[claim.reference])
        Notification.objects.create(person=person, act=done.numbered(), case=claim.case, url=url)


def _answer(
    actor: User,
    assignment_id: int,
    name: str,
    state: str,
    allowed: list[AssignmentState],
    reason: str = "",
    duty: Duty | None = None,
) -> Assignment:
    with act(name, actor=actor, reason=reason) as done:
        assignment = locked(assignment_id)
        permits.require(actor, "assignment.answer", assignment)
        _require(assignment, allowed)
        if duty and assignment.duty != duty:
            raise permits.Denied(_("A review is done when it is submitted."))
        done.case = assignment.case
        assignment.decline_reason = reason
        close(assignment, state)
        tell(assignment.assigned_by, done, assignment.claim, actor)
    return assignment


def _require(assignment: Assignment, allowed: list[AssignmentState]) -> None:
    if assignment.state not in allowed:
        state = assignment.get_state_display()
        raise permits.Denied(_("This assignment is %(state)s and cannot be answered now.") % {"state": state})
