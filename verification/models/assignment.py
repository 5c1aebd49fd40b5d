from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User, visible_cases
from newsroom.models.fields import ProseField
from verification.models.claim import Claim
from verification.models.kinds import AssignmentState, Duty


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: User) -> "AssignmentQuerySet":
        return self.filter(visible_cases(user, "claim__case__"))

    def waiting(self) -> "AssignmentQuerySet":
        return self.filter(state__in=[AssignmentState.OPEN, AssignmentState.ACCEPTED])

    def overdue(self, now: datetime) -> "AssignmentQuerySet":
        return self.waiting().filter(due_at__lt=now)


class Assignment(models.Model):
    """A claim given to a person, to check it or to review it."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="assignments", verbose_name=_("claim"))
    person = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name=_("person"))
    duty = models.CharField(_("duty"), max_length=6, choices=Duty.choices)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=AssignmentState.choices, default=AssignmentState.OPEN)
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("assigned by"))
    assigned_at = models.DateTimeField(_("assigned"), db_default=Now())
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    decline_reason = ProseField(_("why it was declined"), blank=True)

    objects = AssignmentQuerySet.as_manager()
    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "person", "duty"],
                condition=models.Q(state__in=["OPEN", "ACCEPTED"]),
                name="a_person_has_a_duty_on_a_claim_once",
            )
        ]
        indexes = [models.Index(fields=["person", "state"], name="assignment_by_person")]

    def __str__(self) -> str:
        return f"{self.duty} {self.claim_id} by {self.person_id}"

    @property
    def case(self) -> Case:
        return self.claim.case
