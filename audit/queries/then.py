"""Rows as they stood at a moment, out of the row history.

    stood(Evidence, moment, "claim_id", [claim.pk])
    keys = keys_stood(Source, moment, "case_id", [case.pk])     # and a page of them: stood(Source, moment, "id", keys)

A moment is a place in the ledger: what was committed up to that entry had happened, and nothing after it. Entries are
in the order of commits, so a moment is exact where a time is not: an act that began earlier and waited for another is
later than it. Of one object, versions are numbered in that order too, because whoever writes it holds its row.
"""

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)

# A version written after the first one that was begun after the moment is no candidate, so of an object that was
# changed often only the versions about the moment are looked at. The minute is for a clock that was set back.
_STOOD = """
SELECT {wanted} FROM ({keys}) AS wanted (key) CROSS JOIN LATERAL (
    SELECT * FROM "{table}" AS version
     WHERE version."{pk}" = wanted.key
       AND version.history_id <= coalesce((
           SELECT history_id FROM "{table}"
            WHERE history_date > (SELECT recorded_at + interval '1 minute' FROM audit_entry WHERE index = %(moment)s)
            ORDER BY history_date LIMIT 1
       ), 9223372036854775807)
       AND EXISTS (SELECT FROM audit_entry WHERE act_id = version.act_id AND index <= %(moment)s)
     ORDER BY version.history_id DESC LIMIT 1
) AS stood WHERE stood.history_type <> '-' {narrowed} ORDER BY {order} stood."{pk}"
"""
_OF_ITSELF = "SELECT unnest(%(values)s)"
_OF_ANOTHER = 'SELECT DISTINCT "{pk}" FROM "{table}" WHERE "{column}" = ANY(%(values)s)'


def stood(model: type[M], moment: int, column: str, values: Iterable[Any], *, without: Collection[str] = ()) -> list[M]:
    """Unsaved copies of the rows with these values in `column`, which no version changes, by their numbers.

    One query; its time does not grow with the age of the installation. Fields named in `without` are not read.
    """
    history: Any = model.history.model  # type: ignore[attr-defined]  # tracked
    given = {"moment": moment, "values": [*values]}
    if not given["values"]:
        return []
    read = [field for field in history._meta.concrete_fields if field.attname not in without]
    wanted = ", ".join(f'stood."{field.column}"' for field in read)
    rows = history.objects.raw(_stood(model, column, wanted), given)
    tracked = [field.attname for field in history.tracked_fields if field.attname not in without]
    return [model(**{name: getattr(row, name) for name in tracked}) for row in rows]


def keys_stood(model: Any, moment: int, column: str, values: Iterable[Any], *, latest_by: str = "") -> list[Any]:
    """The numbers of the rows that had these values in `column` then, though they may have had others before or since.

    In their order, or with the latest by a column of time first.
    """
    order = f'stood."{latest_by}" DESC,' if latest_by else ""
    narrowed = f'AND stood."{column}" = ANY(%(values)s)'
    query = _stood(model, column, f'stood."{model._meta.pk.column}"', narrowed=narrowed, order=order)
    return _column(query, {"moment": moment, "values": [*values]})


def _stood(model: Any, column: str, wanted: str, *, narrowed: str = "", order: str = "") -> str:
    names = _names(model, column)
    return _STOOD.format(keys=_keys(names), wanted=wanted, narrowed=narrowed, order=order, **names)


def _names(model: Any, column: str) -> dict[str, str]:
    return {"table": model.history.model._meta.db_table, "pk": model._meta.pk.column, "column": column}


def _keys(names: dict[str, str]) -> str:
    return (_OF_ITSELF if names["column"] == names["pk"] else _OF_ANOTHER).format(**names)


def _column(query: str, given: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return [key for (key,) in cursor.fetchall()]
