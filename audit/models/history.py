"""Row history bound to acts: `history = tracked()` on a model is all it takes."""

from functools import cache
from typing import Any

from django.db import connection, models
from simple_history.manager import HistoryDescriptor
from simple_history.models import HistoricalRecords

from audit import current
from audit.models.act import Act


class BoundToAct(models.Model):
    """What every history row carries beside the row it copies. Filled in by `audit.acts`."""

    act = models.ForeignKey("audit.Act", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class _Descriptor(HistoryDescriptor):  # type: ignore[misc]  # the library has no types
    """The library's makes a new class of manager at every access, which costs more than the row it then writes."""

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self._manager = self.manager_class.from_queryset(self.queryset_class)

    def __get__(self, instance: Any, owner: Any) -> Any:
        return self._manager(self.model, instance)


class Records(HistoricalRecords):  # type: ignore[misc]  # the library has no types
    """Writes each row as part of an act, which says who, when and why.

    One index serves what is asked of a history: the latest version of an object before a number, and its acts. It
    stands in the place of the one that simple-history puts on the object's number alone, so writing costs the same.
    """

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        done = current.act_writing(f"{instance._meta.label} {instance.pk}")
        model = type(instance)._default_manager.model.history.model
        row = model(
            history_type=history_type,
            history_user_id=done.actor_id,
            history_change_reason=done.reason or None,
            **{field.attname: getattr(instance, field.attname) for field in model.tracked_fields},
        )
        _insert(row, done)
        current.rows.get().append(row)

    def finalize(self, sender: Any, **signal: Any) -> None:
        super().finalize(sender, **signal)
        if sender is self.cls:
            setattr(sender, self.manager_name, _Descriptor(sender.__dict__[self.manager_name].model))

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
        versions = models.Index(
            fields=[model._meta.pk.name, "-history_id"], include=["act"], name=f"versions_of_{model._meta.model_name}"
        )
        return {**options, "indexes": [versions]}


# The first row of an act takes the act's number and time in its own statement.
_FROM_THE_DATABASE = {"act_id": "nextval('audit_act_id_seq')", "history_date": "statement_timestamp()"}


def _insert(row: Any, done: Act) -> None:
    """What `row.save()` would do, without building the same statement for every row."""
    if done.is_numbered:
        row.act_id, row.history_date = done.pk, done.at
    model: Any = type(row)
    statement, fields = _insertion(model, is_first=not done.is_numbered)
    with connection.cursor() as cursor:
        cursor.execute(statement, [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])
        row.history_id, row.act_id, row.history_date = cursor.fetchone()
    row._state.adding, row._state.db = False, connection.alias
    if not done.is_numbered:
        done.number(row.act_id, row.history_date)


@cache
def _insertion(model: Any, *, is_first: bool) -> tuple[str, list[Any]]:
    """The statement that inserts one row, and the fields that it wants."""
    given = _FROM_THE_DATABASE if is_first else {}
    columns: dict[str, Any] = {field.column: field for field in model._meta.concrete_fields if not field.primary_key}
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(given.get(column, "%s") for column in columns)
    statement = (
        f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({values})'  # noqa: S608  (a model's own names)
        " RETURNING history_id, act_id, history_date"
    )
    return statement, [field for column, field in columns.items() if column not in given]


def tracked(*, excluded: tuple[str, ...] = ()) -> Any:
    """Row history by django-simple-history. `excluded` fields are queue state or derived, never facts."""
    return Records(
        bases=[BoundToAct],
        user_db_constraint=False,
        excluded_fields=list(excluded),
        history_change_reason_field=models.TextField(blank=True, null=True),
    )
