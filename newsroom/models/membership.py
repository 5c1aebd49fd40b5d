from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models.role import Role
from newsroom.models.user import User


class Membership(models.Model):
    """A person in a case, with a role there that is never above the newsroom-wide one."""

    case = models.ForeignKey("newsroom.Case", models.PROTECT, related_name="memberships", verbose_name=_("case"))
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("role in this case"), max_length=12, choices=Role.choices, default=Role.RESEARCHER)

    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="one_membership_per_person_and_case")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.case_id}"
