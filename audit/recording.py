"""Brings the database to where it can record: run after every `migrate`, so it never lags behind the models.

For each history table there is a function that states the rows of an act (`audit_rows_<table>`), and a `Shape` that
names the columns it states. Acts older than the ledger are bound into it once, when it is still empty.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from audit.models import BoundToAct, Shape
from audit.rowtext import columns_of, row_digest

APPEND = (Path(__file__).parent / "sql" / "append.sql").read_text(encoding="utf-8")
_ROWS = """
CREATE OR REPLACE FUNCTION "audit_rows_{table}"(done bigint) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT '{{"columns":{shape},"digests":[' || string_agg(
            '[' || history_id || ',' || to_json("{key}"::text)::text || ',"' || history_type || '","'
            || {digest} || '"]',
            ',' ORDER BY history_id) || '],"table":"{table}"}}'
        FROM "{table}" WHERE act_id = done
    );
END $$
"""
_BIND_EARLIER = """
SELECT audit_bind(act, %s, true) FROM (SELECT * FROM audit_act ORDER BY id) AS act
WHERE (SELECT size FROM audit_head) = 0
"""


def history_models() -> list[Any]:
    """Every model of row history, by the name of its table."""
    found = (model for model in apps.get_models() if issubclass(model, BoundToAct))
    return sorted(found, key=lambda model: str(model._meta.db_table))


def prepare(**signal: Any) -> None:
    """After `migrate`: functions, shapes, and whatever was recorded before there was a ledger."""
    with transaction.atomic(), connection.cursor() as cursor:
        if "audit_head" not in connection.introspection.table_names(cursor):
            return  # migrated back to a time without a ledger
        cursor.execute(APPEND)
        models = history_models()
        for model in models:
            state_rows_of(cursor, model._meta.db_table, key=model.instance_type._meta.pk.column)
        cursor.execute(_BIND_EARLIER, [[model._meta.db_table for model in models]])


def state_rows_of(cursor: CursorWrapper, table: str, *, key: str) -> None:
    """Also for a migration that has something to record in a table of its own making."""
    types = columns_of(cursor, table)
    shape, _ = Shape.objects.get_or_create(table=table, columns=[*types])
    cursor.execute(rows_function(table, key=key, shape=shape.pk, types=types))


def rows_function(table: str, *, key: str, shape: int, types: Mapping[str, str]) -> str:
    """The SQL of what states the rows of an act in `table`."""
    return _ROWS.format(table=table, key=key, shape=shape, digest=row_digest(types))
