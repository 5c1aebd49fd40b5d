"""What has to be asked of somebody outside, as a row that is its own queue (`audit.errands`)."""

from django.db import models
from django.db.models.functions import Now

# Queue state: no facts, so outside of the row history.
QUEUE = ("attempts", "next_attempt_at", "retry_reason", "lease_owner", "lease_expires_at")


class Errand(models.Model):
    """`next_attempt_at` is empty once there is nothing left to ask; `retry_reason` says why it is asked again."""

    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, db_default=Now())
    retry_reason = models.CharField(max_length=40, blank=True)
    lease_owner = models.CharField(max_length=120, blank=True)
    lease_expires_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="%(class)s_due", condition=models.Q(next_attempt_at__isnull=False)
            )
        ]
