from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User
from verification.models.comment import Comment


class Mention(models.Model):
    """A person a comment calls on. A model of its own: what Django writes for a many-to-many leaves no history."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="mentions", verbose_name=_("comment"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("calls on"))

    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mentioned_once_in_a_comment")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.comment_id}"

    @property
    def case(self) -> Case:
        return self.comment.case
