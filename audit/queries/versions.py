"""The history rows acts wrote, each with the row of the same object before it: one query for each kind of object.

Versions of an object lie side by side: whoever reads those the acts wrote, and the one before each, has every row that
is told and every row it is compared with, and the one is the neighbour of the other.
"""

from collections import defaultdict, namedtuple
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from audit.queries import facts
from audit.queries.subjects import Touched
from audit.telling import Model

REMOVED = "-"
_WITH_THOSE_BEFORE = """
WITH wrote AS (SELECT "{pk}" AS object, history_id FROM "{table}" WHERE act_id = ANY(%s) AND "{pk}" = ANY(%s))
SELECT {columns} FROM "{table}" WHERE history_id IN (
    SELECT history_id FROM wrote UNION ALL SELECT (
        SELECT earlier.history_id FROM "{table}" AS earlier
         WHERE earlier."{pk}" = object AND earlier.history_id < wrote.history_id
         ORDER BY earlier.history_id DESC LIMIT 1
    ) FROM wrote
) ORDER BY history_id
"""


class Step(NamedTuple):
    """What one act made of one object. `before` is None where it came into being, `after` where it was removed.

    Rows have the fields that are told, a JSON field as the text of it.
    """

    act_id: int
    model: Model
    pk: Any
    before: Any
    after: Any


def steps(act_ids: Collection[int], of_all: Iterable[Touched]) -> list[Step]:
    """In the order in which they were written within a kind of object."""
    numbers: dict[Model, set[Any]] = defaultdict(set)
    for each in of_all:
        numbers[each.model].add(each.pk)
    return [step for model, wanted in numbers.items() for step in _of_one_kind(model, frozenset(act_ids), wanted)]


def differing(step: Step) -> Iterator[tuple[Any, Any, Any]]:
    """Each field that is not as it was, before and after. Most are, and a long history has a hundred thousand."""
    before, after = step.before, step.after
    for field in facts.facts(step.model):
        old = None if before is None else getattr(before, field.attname)
        new = None if after is None else getattr(after, field.attname)
        if old != new:
            yield field, old, new


def _of_one_kind(model: Model, act_ids: Collection[int], wanted: Collection[Any]) -> list[Step]:
    latest: dict[Any, Any] = {}
    found: dict[tuple[int, Any], Step] = {}
    for act_id, number, row in _rows(model, act_ids, wanted):
        if act_id in act_ids:
            key = act_id, number
            # An act may write an object more than once: what counts is how it was before and how it is after.
            before = found[key].before if key in found else latest.get(number)
            found[key] = Step(act_id, model, number, before, row)
        latest[number] = row
    return list(found.values())


def _rows(model: Model, act_ids: Collection[int], wanted: Collection[Any]) -> Iterator[tuple[int, Any, Any]]:
    """The act, the object's number and, where it was not removed, the row: an object for each would cost the most."""
    sql, named = _reading(model)
    with connection.cursor() as cursor:
        cursor.execute(sql, [[*act_ids], [*wanted]])
        for act_id, number, kind, *values in cursor.fetchall():
            yield act_id, number, None if kind == REMOVED else named(values)


@cache
def _reading(model: Any) -> tuple[str, Callable[[Any], Any]]:
    """The query, and what makes a row with names of its values."""
    fields, key = facts.read(model), model._meta.pk.column
    columns = ", ".join(
        f'"{column}"' for column in ("act_id", key, "history_type", *(field.column for field in fields))
    )
    sql = _WITH_THOSE_BEFORE.format(table=model.history.model._meta.db_table, pk=key, columns=columns)
    row = namedtuple(model.__name__, [field.attname for field in fields])  # type: ignore[misc]  # its fields vary
    return sql, row._make
