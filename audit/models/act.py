"""An act is one thing one actor did: `claim.rule`, `evidence.withdraw`, `case.import`.

Every history row names the act it was written in, so "who, when, why, from where" stands in one place and a row
without an act cannot exist.
"""

from django.conf import settings
from django.db import models


class Act(models.Model):
    """Appended by `audit.act` and by nothing else.

    `actor` is empty when the system acted by itself; `actor_name` then names which part of it (`capture worker`).
    `on_behalf_of` is the person for whom it then acted: who asked for the capture that a worker finished.
    `origin` says where the act came in: `page`, `command`, `task`, with the request or task it came from.
    """

    name = models.CharField(max_length=60)
    at = models.DateTimeField(editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="acts")
    actor_name = models.CharField(max_length=300)
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey("newsroom.Case", models.PROTECT, null=True, related_name="acts")
    reason = models.TextField(blank=True)
    origin = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["case", "-id"], name="act_by_case"),
            models.Index(fields=["actor", "-id"], name="act_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.name} by {self.actor_name}"
