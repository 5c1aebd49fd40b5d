"""What acts were done to: every history row they wrote, in one query over all tracked models."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

from audit import telling
from audit.models import Act
from audit.telling import Model


@dataclass(frozen=True, slots=True)
class Touched:
    """An object one act wrote a row of. `whole` is the number of what it is part of, as its `Rows.of` says."""

    act_id: int
    model: Model
    pk: Any
    whole: Any


def touched(act_ids: Collection[int]) -> list[Touched]:
    """In the order in which the models are told, and by number. One query."""
    models = {model._meta.label: model for model in telling.known_models()}
    with connection.cursor() as cursor:
        cursor.execute(_of_every_table(tuple(models.values())), [[*act_ids]])
        rows = dict.fromkeys(cursor.fetchall())
    return [
        Touched(act, models[label], _key(models[label], pk), whole and _key(whole_of(models[label]), whole))
        for act, label, pk, whole in rows
    ]


@cache
def _of_every_table(models: tuple[Model, ...]) -> str:
    """Written out once: Django takes longer to compose a union of so many tables than PostgreSQL to answer it."""
    selects = (_of_table(model) for model in models)
    return f"WITH acts AS (SELECT unnest(%s::bigint[]) AS act) {' UNION ALL '.join(selects)}"


def _of_table(model: Model) -> str:
    of, table = telling.rows_of(model).of, model.history.model._meta.db_table  # type: ignore[attr-defined]  # tracked
    whole = f"{_field(model, of).column}::text" if of else "NULL::text"
    key = f"{model._meta.pk.column}::text"
    # S608: every name in it is ours, out of the models.
    return f"""SELECT act_id, '{model._meta.label}', {key}, {whole} FROM "{table}" JOIN acts ON act_id = act"""  # noqa: S608


def _field(model: Model, name: str) -> Any:
    return model._meta.get_field(name)


def _key(model: Model, number: str) -> Any:
    return model._meta.pk.to_python(number)


def subjects(acts: Collection[Act], of_all: Collection[Touched]) -> dict[int, Any]:
    """For each act, the number of the object its sentence names, where there is exactly one."""
    candidates: dict[int, set[Any]] = {act.pk: set() for act in acts}
    about = {act.pk: telling.about(act) for act in acts}
    for each in of_all:
        model = about[each.act_id]
        if each.model is model:
            candidates[each.act_id].add(each.pk)
        elif each.whole is not None and whole_of(each.model) is model:
            candidates[each.act_id].add(each.whole)
    return {act_id: next(iter(found)) for act_id, found in candidates.items() if len(found) == 1}


def whole_of(model: Model) -> Any:
    """The model of what its rows are part of, or None."""
    of = telling.rows_of(model).of
    return model._meta.get_field(of).related_model if of else None
