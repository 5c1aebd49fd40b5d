from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User, visible_cases
from newsroom.models.fields import NameField, ProseField
from verification.models.claim import Claim


class ReplyRequestQuerySet(models.QuerySet["ReplyRequest"]):
    def visible_to(self, user: User) -> "ReplyRequestQuerySet":
        return self.filter(visible_cases(user, "claim__case__"))


class ReplyRequest(models.Model):
    """Whom we asked to respond, how, by when, and what came of it. The answer itself becomes evidence."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reply_requests", verbose_name=_("claim"))
    addressee = NameField(_("whom we asked"))
    means = NameField(_("how"), help_text=_("For example: email to the press office."))
    due_at = models.DateTimeField(_("answer asked for by"), null=True, blank=True)
    outcome = ProseField(_("what came back"), blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), db_default=Now())
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReplyRequestQuerySet.as_manager()
    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("request for a reply")
        verbose_name_plural = _("requests for a reply")

    def __str__(self) -> str:
        return f"{self.addressee} on {self.claim_id}"

    @property
    def case(self) -> Case:
        return self.claim.case
