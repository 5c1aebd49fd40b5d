"""People on the desk. They are created by an admin, deactivated or closed, and never deleted."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models.fields import NameField
from newsroom.models.role import Role

LANGUAGES = [("ar", "العربية"), ("en", "English")]


# Columns that signing in and looking around change; they say nothing about the person.
BOOKKEEPING = ("password", "last_login", "desk_seen_at")


class People(BaseUserManager["User"]):
    def colleagues(self) -> models.QuerySet["User"]:
        """Whom one can turn to. An address under .invalid (RFC 2606) stands for a command that acts by itself."""
        return self.exclude(email__endswith=".invalid")

    def active(self) -> models.QuerySet["User"]:
        return self.colleagues().filter(is_active=True)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person on the desk. `role` holds newsroom-wide; a `Membership` may lower it in one case, never raise it.

    Django's own groups and rights give nothing here, and would leave no history: there are none.
    """

    email = models.EmailField(_("email"), unique=True)
    name = NameField(_("name"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.OBSERVER)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    desk_seen_at = models.DateTimeField(null=True, editable=False)

    groups = None  # type: ignore[assignment]  # how Django says that a field of a base is not there
    user_permissions = None  # type: ignore[assignment]

    objects = People()
    history: Any = tracked(excluded=BOOKKEEPING)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Django itself saves `last_login`, and a password hash that has become too weak: no act, so no history row."""
        only = kwargs.get("update_fields")
        if not only or not set(only) <= set(BOOKKEEPING):
            return super().save(*args, **kwargs)
        self.skip_history_when_saving = True
        try:
            return super().save(*args, **kwargs)
        finally:
            del self.skip_history_when_saving

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Asked by Django alone. What a person may do is said by `newsroom.permits`."""
        return self.is_active and self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:
        return self.has_perm(app_label)

    @property
    def is_closed(self) -> bool:
        """The name is a pseudonym then, and the person's own stands in the ledger only (`newsroom.actions.closing`)."""
        return self.closed_at is not None

    @property
    def is_staff(self) -> bool:
        """Django admin is for support, and for admins only."""
        return self.is_active and self.role == Role.ADMIN
