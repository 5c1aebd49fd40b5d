"""What acts were done to: every history row they wrote.

Their entries in the ledger name the tables, so that only those are asked. An entry that cannot be read says nothing,
and then all of them are: what is wrong with the ledger, the verifier says.
"""

import re
from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from audit import telling
from audit.models import Act
from audit.telling import Model

# What anybody typed stands in an entry with its quotation marks escaped, so neither can be found in it.
_ROWS, _TABLE = b'"rows":[', re.compile(rb'"table":"(\w+)"')


class Touched(NamedTuple):
    """An object one act wrote a row of. `whole` is the number of what it is part of, as its `Rows.of` says."""

    act_id: int
    model: Model
    pk: Any
    whole: Any


def touched(act_ids: Collection[int]) -> list[Touched]:
    """In the order in which the models are told, and by number. Two queries."""
    models = _written_by(act_ids)
    if not models:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_of_tables(models), [[*act_ids]])
        rows = dict.fromkeys(cursor.fetchall())
    read = [(model, model._meta.pk.to_python, _reader_of_whole(model)) for model in models]
    found = []
    for act, place, pk, whole in rows:
        model, key, key_of_whole = read[place]
        found.append(Touched(act, model, key(pk), whole and key_of_whole(whole)))
    return found


def _written_by(act_ids: Collection[int]) -> tuple[Model, ...]:
    """The models of whose rows these acts wrote some."""
    known = telling.known_models()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM audit_entry WHERE act_id = ANY(%s)", [[*act_ids]])
        contents = [content for (content,) in cursor.fetchall()]
    if len(contents) < len({*act_ids}) or not all(_ROWS in content for content in contents):
        return tuple(known)
    tables = {table.decode() for content in contents for table in _TABLE.findall(content)}
    return tuple(model for model in known if _table(model) in tables)


@cache
def _of_tables(models: tuple[Model, ...]) -> str:
    selects = (_of_table(place, model) for place, model in enumerate(models))
    return f"WITH acts AS (SELECT unnest(%s::bigint[]) AS act) {' UNION ALL '.join(selects)}"


def _of_table(place: int, model: Model) -> str:
    of = telling.rows_of(model).of
    whole = f"{_field(model, of).column}::text" if of else "NULL::text"
    key = f"{model._meta.pk.column}::text"
    table = _table(model)
    return f'SELECT act_id, {place}, {key}, {whole} FROM "{table}" JOIN acts ON act_id = act'  # noqa: S608  # its names are a model's own


def _table(model: Any) -> str:
    return str(model.history.model._meta.db_table)


def _field(model: Model, name: str) -> Any:
    return model._meta.get_field(name)


def _reader_of_whole(model: Model) -> Any:
    whole = whole_of(model)
    return whole._meta.pk.to_python if whole else None


def subjects(acts: Collection[Act], of_all: Collection[Touched]) -> dict[int, Any]:
    """For each act, the number of the object its sentence names, where there is exactly one.

    One about a case is about the case it belongs to, whatever it wrote there.
    """
    candidates: dict[int, set[Any]] = {act.pk: set() for act in acts}
    about = {act.pk: telling.about(act) for act in acts}
    for each in of_all:
        model = about[each.act_id]
        if each.model is model:
            candidates[each.act_id].add(each.pk)
        elif each.whole is not None and whole_of(each.model) is model:
            candidates[each.act_id].add(each.whole)
    named = {act_id: next(iter(found)) for act_id, found in candidates.items() if len(found) == 1}
    case = Act._meta.get_field("case").related_model
    return named | {act.pk: act.case_id for act in acts if act.case_id is not None and about[act.pk] is case}


def whole_of(model: Model) -> Any:
    """The model of what its rows are part of, or None."""
    of = telling.rows_of(model).of
    return model._meta.get_field(of).related_model if of else None
