from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User
from newsroom.models.fields import ProseField
from verification.models.assignment import Assignment
from verification.models.claim import Claim
from verification.models.kinds import Confidence, ReviewOutcome, VerdictValue


class Review(models.Model):
    """One reviewer's word on one claim. Written once, never changed.

    `ground` is the digest of what was judged (`verification.ground`).
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reviews", verbose_name=_("claim"))
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="review", verbose_name=_("assignment"))
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="reviews", verbose_name=_("reviewer"))
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=ReviewOutcome.choices, default=ReviewOutcome.RECOMMENDED
    )
    recommended = models.CharField(_("recommended verdict"), max_length=12, choices=VerdictValue.choices, blank=True)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence.choices, blank=True)
    rationale = ProseField(_("rationale"))
    ground = models.CharField(max_length=80, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), db_default=Now())

    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="SENT_BACK") | (~models.Q(recommended="") & ~models.Q(confidence="")),
                name="a_review_recommends_a_verdict_or_sends_back",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} on {self.claim_id}"

    @property
    def case(self) -> Case:
        return self.claim.case
