"""Row history bound to acts: `history = tracked()` on a model is all it takes."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords


class BoundToAct(models.Model):
    """What every history row carries beside the row it copies. Filled in by `audit.acts`."""

    act = models.ForeignKey("audit.Act", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


def tracked(*, excluded: tuple[str, ...] = ()) -> Any:
    """Row history by django-simple-history. `excluded` fields are queue state or derived, never facts."""
    return HistoricalRecords(
        bases=[BoundToAct],
        excluded_fields=list(excluded),
        history_change_reason_field=models.TextField(blank=True, null=True),
    )
