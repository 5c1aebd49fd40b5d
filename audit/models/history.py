"""Row history bound to acts: `history = tracked()` on a model is all it takes."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords


class BoundToAct(models.Model):
    """What every history row carries beside the row it copies. Filled in by `audit.acts`."""

    act = models.ForeignKey("audit.Act", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Versions(HistoricalRecords):  # type: ignore[misc]  # untyped library
    """With one index for what is asked of a history: the latest version of an object before a number, and its acts.

    It stands in the place of the one that simple-history puts on the object's number alone, so writing costs the same.
    """

    def copy_fields(self, model: Any) -> dict[str, Any]:
        fields: dict[str, Any] = super().copy_fields(model)
        fields[model._meta.pk.name].db_index = False
        return fields

    def get_meta_options(self, model: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_meta_options(model)
        versions = models.Index(
            fields=[model._meta.pk.name, "-history_id"], include=["act"], name=f"versions_of_{model._meta.model_name}"
        )
        return {**options, "indexes": [versions]}


def tracked(*, excluded: tuple[str, ...] = ()) -> Any:
    """Row history by django-simple-history. `excluded` fields are queue state or derived, never facts."""
    return Versions(
        bases=[BoundToAct],
        excluded_fields=list(excluded),
        history_change_reason_field=models.TextField(blank=True, null=True),
    )
