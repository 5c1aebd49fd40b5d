"""An act is one thing one actor did: `claim.rule`, `evidence.withdraw`, `case.import`.

Every history row names the act it was written in, so "who, when, why, from where" stands in one place and a row
without an act cannot exist.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models.base import DEFERRED


class Act(models.Model):
    """Appended by `audit.act` and by nothing else.

    `actor` is empty when the system acted by itself; `actor_name` then names which part of it (`capture worker`).
    `on_behalf_of` is the person for whom it then acted: who asked for the capture that a worker finished.
    `origin` says where the act came in: `page`, `command`, `task`, with the request or task it came from.
    """

    name = models.CharField(max_length=60)
    at = models.DateTimeField(editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="acts", db_index=False)
    actor_name = models.CharField(max_length=300)
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey("newsroom.Case", models.PROTECT, null=True, related_name="acts", db_index=False)
    reason = models.TextField(blank=True)
    origin = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["case", "-id"], name="act_by_case"),
            models.Index(fields=["actor", "-id"], name="act_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"  # who did it, `telling.who` says: their account may be closed

    @classmethod
    def begun(cls, **said: Any) -> "Act":
        """One being done. Its number and time are the database's, taken as it is appended or when needed before."""
        return cls(at=DEFERRED, **said)  # type: ignore[misc]  # what Model.from_db gives for a field not loaded

    @property
    def is_numbered(self) -> bool:
        return self.pk is not None

    def number(self, number: int, at: datetime) -> None:
        self.id, self.at = number, at

    def numbered(self) -> "Act":
        """Itself, to be referred to by what is written before it is."""
        if not self.is_numbered:
            with connection.cursor() as cursor:
                cursor.execute("SELECT nextval('audit_act_id_seq'), statement_timestamp()")
                self.number(*cursor.fetchone())
        return self

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        """Django's hook for reading a field that is not loaded yet, which the time of an act begun is not."""
        if self.is_numbered:
            super().refresh_from_db(using, fields, from_queryset)
        self.numbered()
