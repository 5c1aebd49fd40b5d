"""An investigation or story: what claims and sources belong to, and who may know of it."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.domain.text import search_key
from newsroom.models.fields import LanguageField, NameField
from newsroom.models.membership import Membership
from newsroom.models.role import Role
from newsroom.models.user import User


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        """Open cases, and restricted ones the person is a member of. A restricted case does not exist for others."""
        return self.filter(visible_cases(user))


def visible_cases(user: User, path: str = "") -> models.Q:
    """The same for models that reach their case by `path` (`case__`, `claim__case__`)."""
    member = Membership.objects.filter(user=user, case=models.OuterRef(f"{path}pk"))
    return models.Q(**{f"{path}restricted": False}) | models.Q(models.Exists(member))


class Case(models.Model):
    """`restricted`: only members know that it exists; otherwise it is open to the newsroom."""

    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    title = NameField(_("title"))
    language = LanguageField(_("language"), default="ar")
    restricted = models.BooleanField(_("restricted to members"), default=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1, editable=False)
    search_key = models.TextField(editable=False)

    objects = CaseQuerySet.as_manager()
    history: Any = tracked(excluded=("search_key",))

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = search_key(self.title)
        super().save(*args, **kwargs)

    def role_of(self, user: User) -> Role | None:
        """What `user` may do in this case; None for strangers to a restricted case.

        In an open case everybody has their newsroom-wide role unless a membership lowers it.
        """
        if not user.is_active:
            return None
        membership = next((each for each in self.memberships.all() if each.user_id == user.pk), None)
        if membership is None:
            return None if self.restricted else Role(user.role)
        return min(Role(membership.role), Role(user.role), key=lambda role: role.rank)
