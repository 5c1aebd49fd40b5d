"""A reason to look at a claim again, opened by the system and closed by a person."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import Act, tracked
from newsroom.models import Case, User, visible_cases
from newsroom.models.fields import ProseField
from sources.models import Look
from verification.models.claim import Claim
from verification.models.kinds import AlertKind, ClaimState

_FIRST = [ClaimState.PUBLISHED, ClaimState.DECIDED, ClaimState.REOPENED]


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, user: User) -> "AlertQuerySet":
        return self.filter(visible_cases(user, "claim__case__"))

    def open(self) -> "AlertQuerySet":
        return self.filter(closed_at=None)

    def about(self, evidence_id: int) -> "AlertQuerySet":
        """Those about the passage that evidence quotes."""
        return self.filter(after__evidence=evidence_id)

    def gravest_first(self) -> "AlertQuerySet":
        """Published claims, then decided ones, then those their own change reopened; the latest first in each."""
        ranks = [models.When(claim__state=state, then=models.Value(rank)) for rank, state in enumerate(_FIRST)]
        return self.order_by(models.Case(*ranks, default=models.Value(len(_FIRST))), "-id")


class Alert(models.Model):
    """`because_of` is the act that changed the claim's numbers, or in which somebody looked at a page again.

    `before` and `after` are reports as `verification.domain.changes` compares them. Of what was seen on a page they
    are the two versions as `verification.passages` writes them.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="alerts", verbose_name=_("claim"))
    because_of = models.ForeignKey(Act, models.PROTECT, related_name="alerts", verbose_name=_("because of"))
    kind = models.CharField(_("kind"), max_length=20, choices=AlertKind.choices)
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    opened_at = models.DateTimeField(_("opened"), db_default=Now())
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    resolution = ProseField(_("what came of it"), blank=True)

    objects = AlertQuerySet.as_manager()
    history: Any = tracked()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_by=None)
                | (models.Q(closed_at__isnull=False, closed_by__isnull=False) & ~models.Q(resolution="")),
                name="an_alert_is_closed_by_a_person_with_a_resolution",
            )
        ]
        indexes = [models.Index(fields=["claim"], condition=models.Q(closed_at=None), name="open_alerts_of_a_claim")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.claim_id}"

    @property
    def case(self) -> Case:
        return self.claim.case


class AlertsDue(models.Model):
    """A queue: somebody looked at a page again in `act`, and what that means for claims is still to be found out.

    Without constraints in the database, as `RecountDue`.
    """

    look = models.ForeignKey(Look, models.DO_NOTHING, db_constraint=False, related_name="+")
    act = models.ForeignKey(Act, models.DO_NOTHING, db_constraint=False, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.look_id} after {self.act_id}"
