"""Rows as they stood at a moment, out of the row history.

    stood(Evidence, moment, "claim_id", [claim.pk])

A moment is a place in the ledger: what was committed up to that entry had happened, and nothing after it. Entries are
in the order of commits, so a moment is exact where a time is not: an act that began earlier and waited for another is
later than it. Of one object, versions are numbered in that order too, because whoever writes it holds its row.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)

# A version written after the first one that was begun after the moment is no candidate, so of an object that was
# changed often only the versions about the moment are looked at. The minute is for a clock that was set back.
_STOOD = """
SELECT stood.* FROM ({keys}) AS wanted (key) CROSS JOIN LATERAL (
    SELECT * FROM "{table}" AS version
     WHERE version."{pk}" = wanted.key
       AND version.history_id <= coalesce((
           SELECT history_id FROM "{table}"
            WHERE history_date > (SELECT recorded_at + interval '1 minute' FROM audit_entry WHERE index = %(moment)s)
            ORDER BY history_date LIMIT 1
       ), 9223372036854775807)
       AND EXISTS (SELECT FROM audit_entry WHERE act_id = version.act_id AND index <= %(moment)s)
     ORDER BY version.history_id DESC LIMIT 1
) AS stood WHERE stood.history_type <> '-' ORDER BY stood."{pk}"
"""
_OF_ITSELF = "SELECT unnest(%(values)s)"
_OF_ANOTHER = 'SELECT DISTINCT "{pk}" FROM "{table}" WHERE "{column}" = ANY(%(values)s)'


def stood(model: type[M], moment: int, column: str, values: Iterable[Any]) -> list[M]:
    """Unsaved copies of the rows with these values in `column`, which no version changes, by their numbers.

    One query; its time does not grow with the age of the installation.
    """
    history: Any = model.history.model  # type: ignore[attr-defined]  # tracked
    names = {"table": history._meta.db_table, "pk": model._meta.pk.column, "column": column}
    keys = (_OF_ITSELF if column == names["pk"] else _OF_ANOTHER).format(**names)
    given = {"moment": moment, "values": [*values]}
    if not given["values"]:
        return []
    rows = history.objects.raw(_STOOD.format(keys=keys, **names), given)
    tracked = [field.attname for field in history.tracked_fields]
    return [model(**{name: getattr(row, name) for name in tracked}) for row in rows]
