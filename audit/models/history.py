"""Row history bound to acts: `history = tracked()` on a model is all it takes."""

from typing import Any

from django.db import models
from simple_history.manager import HistoryDescriptor
from simple_history.models import HistoricalRecords

from audit import current


class BoundToAct(models.Model):
    """What every history row carries beside the row it copies. Filled in by the database, when the act ends."""

    act = models.ForeignKey("audit.Act", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class _Descriptor(HistoryDescriptor):  # type: ignore[misc]  # simple-history ships no types: its class is Any
    """The library's makes a new class of manager at every access, which costs more than the row it then writes."""

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self._manager = self.manager_class.from_queryset(self.queryset_class)

    def __get__(self, instance: Any, owner: Any) -> Any:
        return self._manager(self.model, instance)


class Records(HistoricalRecords):  # type: ignore[misc]  # simple-history ships no types: its class is Any
    """Notes each row that is written, for the act to copy it into the history when it ends (`audit/sql/append.sql`).

    Whether there is an act is asked before anything is sent: outside of a transaction what was sent would stay.

    Two indexes serve what is asked of a history: the latest version of an object before a number, and the latest acts
    that wrote it. They stand in the place of those that simple-history puts on the object's number alone and on the
    person, whom the act names; so writing costs the same.
    """

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        current.rows.get().append(as_written(instance, history_type))

    def finalize(self, sender: Any, **signal: Any) -> None:
        super().finalize(sender, **signal)
        if sender is self.cls:
            setattr(sender, self.manager_name, _Descriptor(sender.__dict__[self.manager_name].model))
            for about_to in (models.signals.pre_save, models.signals.pre_delete):
                about_to.connect(must_be_in_an_act, sender=sender, weak=False)

    def copy_fields(self, model: Any) -> dict[str, Any]:
        fields: dict[str, Any] = super().copy_fields(model)
        for field in fields.values():
            field.db_index = field.is_relation and field.name != model._meta.pk.name
        return fields

    def get_extra_fields(self, model: Any, fields: Any) -> dict[str, Any]:
        extra: dict[str, Any] = super().get_extra_fields(model, fields)
        extra["history_user"].db_index = False
        return extra

    def get_meta_options(self, model: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_meta_options(model)
        pk, name = model._meta.pk.name, model._meta.model_name
        versions = models.Index(fields=[pk, "-history_id"], include=["act"], name=f"versions_of_{name}")
        return {**options, "indexes": [versions, models.Index(fields=[pk, "act"], name=f"acts_on_{name}")]}


def must_be_in_an_act(instance: Any, raw: bool = False, **signal: Any) -> None:
    if not raw and not hasattr(instance, "skip_history_when_saving"):
        current.act_writing(f"{instance._meta.label} {instance.pk}")


def as_written(instance: Any, history_type: str) -> Any:
    """What listeners are shown. The row itself is copied by the database when the act ends."""
    model = type(instance)._default_manager.model.history.model
    copied = {field.attname: getattr(instance, field.attname) for field in model.tracked_fields}
    return model(history_type=history_type, **copied)


def tracked(*, excluded: tuple[str, ...] = ()) -> Any:
    """Row history by django-simple-history. `excluded` fields are queue state or derived, never facts."""
    return Records(
        bases=[BoundToAct],
        user_db_constraint=False,
        excluded_fields=list(excluded),
        history_change_reason_field=models.TextField(blank=True, null=True),
    )
