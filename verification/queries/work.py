"""Who has what to do: one person's desk, and the load of everybody's."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Now

from audit.models import Act
from newsroom.models import Case, Role, User
from sources.queries.record import routine
from verification.models import Assignment, AssignmentState, Claim, ClaimState, ReviewOutcome
from verification.models.assignment import AssignmentQuerySet
from verification.models.claim import ClaimQuerySet


def waiting_for(person: User) -> AssignmentQuerySet:
    """What somebody was given and has not answered or done, soonest due first."""
    mine = Assignment.objects.visible_to(person).waiting().filter(person=person)
    return _soonest_first(mine.select_related("claim__case", "assigned_by"))


def waiting_in_view(person: User) -> AssignmentQuerySet:
    """Everything that is out in the cases a person may know of."""
    waiting = Assignment.objects.visible_to(person).waiting().select_related("claim__case", "person")
    return _soonest_first(waiting.prefetch_related("claim__case__memberships"))


def load_per_person(viewer: User) -> QuerySet[Any]:
    """How much each has, and how much of it is overdue, as far as the viewer may know of it."""
    waiting = Assignment.objects.visible_to(viewer).waiting()
    overdue = Count("pk", filter=Q(due_at__lt=Now()))
    loads = waiting.values(name=F("person__name"), who=F("person_id"))
    return loads.annotate(number=Count("pk"), overdue=overdue).order_by("-number", "name")


def sent_back_to(person: User) -> ClaimQuerySet:
    """Their claims that a reviewer returned and that are being checked since."""
    returned = Q(reviews__outcome=ReviewOutcome.SENT_BACK)
    theirs = Q(created_by=person) | Q(assignments__person=person, assignments__state=AssignmentState.ACCEPTED)
    claims = Claim.objects.visible_to(person).filter(returned & theirs, state=ClaimState.CHECKING)
    return claims.select_related("case").distinct()


def awaiting_verdict_of(person: User) -> ClaimQuerySet:
    """What an editor could rule on now; nothing for who is none."""
    if not Role(person.role).includes(Role.EDITOR):
        return Claim.objects.none()
    claims = Claim.objects.visible_to(person).filter(state=ClaimState.AWAITING_VERDICT)
    return claims.exclude(created_by=person).select_related("case")


def moved_since_last_look(person: User) -> QuerySet[Act]:
    """What others did in the cases a person is a member of or has worked in; the machine's daily round left out."""
    mine = Q(memberships__user=person) | Q(pk__in=person.acts.exclude(case=None).values("case"))
    cases = Case.objects.visible_to(person).filter(mine)
    acts = Act.objects.filter(case__in=cases.values("pk")).exclude(actor=person).exclude(routine())
    if person.desk_seen_at:
        acts = acts.filter(at__gt=person.desk_seen_at)
    return acts.select_related("case").order_by("-id")


def _soonest_first(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    return assignments.annotate(is_overdue=Q(due_at__lt=Now())).order_by(F("due_at").asc(nulls_last=True), "pk")
