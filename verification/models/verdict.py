from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User
from newsroom.models.fields import ProseField
from verification.models.claim import Claim
from verification.models.kinds import VerdictValue


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def current(self) -> "VerdictQuerySet":
        return self.filter(superseded_by=None)


class Verdict(models.Model):
    """An editor's ruling. Superseded by a later one, never edited.

    `ground` is the digest of what was judged (`verification.ground`). `policy_report` and `corroboration_report` are
    what stood at that moment; `override_reason` stays for ever.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="verdicts", verbose_name=_("claim"))
    value = models.CharField(_("verdict"), max_length=12, choices=VerdictValue.choices)
    rationale = ProseField(_("rationale"))
    ruled_by = models.ForeignKey(User, models.PROTECT, related_name="verdicts", verbose_name=_("ruled by"))
    ruled_at = models.DateTimeField(_("ruled"), db_default=Now())
    ground = models.CharField(max_length=80, editable=False)
    override_reason = ProseField(_("why against the policy"), blank=True)
    policy_report = models.JSONField(default=list, blank=True)
    corroboration_report = models.JSONField(default=dict, blank=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    objects = VerdictQuerySet.as_manager()
    history: Any = tracked()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=models.Q(supersedes=None), name="a_claim_has_one_first_verdict"
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.value}"

    @property
    def case(self) -> Case:
        return self.claim.case
