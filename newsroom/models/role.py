from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do; each role may also do what the ones before it may."""

    OBSERVER = "OBSERVER", _("Observer")
    RESEARCHER = "RESEARCHER", _("Researcher")
    REVIEWER = "REVIEWER", _("Reviewer")
    EDITOR = "EDITOR", _("Editor")
    ADMIN = "ADMIN", _("Administrator")

    @property
    def rank(self) -> int:
        return list(Role).index(self)

    def includes(self, other: "Role") -> bool:
        return self.rank >= other.rank
