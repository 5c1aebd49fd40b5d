from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User
from newsroom.models.fields import ProseField
from verification.models.claim import Claim


class Comment(models.Model):
    """Said about a claim. Its `mentions` are the people it calls on."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="comments", verbose_name=_("claim"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    text = ProseField(_("comment"))
    written_at = models.DateTimeField(_("written"), db_default=Now())

    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return f"{self.author_id} on {self.claim_id}"

    @property
    def case(self) -> Case:
        return self.claim.case
