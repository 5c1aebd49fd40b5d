from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    QUEUED = "QUEUED", _("waiting for a worker")
    RUNNING = "RUNNING", _("under way")
    DONE = "DONE", _("done")
    FAILED = "FAILED", _("given up")


class VerificationRun(models.Model):
    """One verification that somebody asked for: how far it is, and what it found (`audit.verifying.report`).

    The row is the queue. What a run found is said by whoever can change the database; the command and the stand-alone
    verifier say it again elsewhere.
    """

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    stage = models.CharField(max_length=20, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    report: Any = models.JSONField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (RunState.QUEUED, RunState.RUNNING)

    @property
    def fits(self) -> bool:
        return self.state == RunState.DONE and bool(self.report["fits"])

    @property
    def is_unsigned(self) -> bool:
        """Whether what was verified was under no signed checkpoint at all: then that it fits says little."""
        return self.state == RunState.DONE and not self.report.get("signed", self.report["checkpoints"])
