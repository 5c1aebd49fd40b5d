"""Brings the database to where it can record: run after every `migrate`, so it never lags behind the models.

For each history table there is a function (`audit_write_<table>`) that copies into it the rows an act wrote and states
them, and a `Shape` that names the columns it states. Acts older than the ledger are bound into it once, when it is
still empty.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from audit.models import Shape
from audit.rowtext import columns_of, row_digest
from audit.tracked import Tracked, tracked_tables

APPEND = (Path(__file__).parent / "sql" / "append.sql").read_text(encoding="utf-8")
# What an act wrote is copied when it ends, as it then stands: `kinds` says of each key whether its row was made (+),
# changed (~) or removed (-). What was removed is no more, so its last version is copied.
_WRITE = """
CREATE OR REPLACE FUNCTION "audit_write_{table}"(done audit_act, kinds jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "{table}" ({columns}, act_id, history_date, history_type, history_user_id, history_change_reason)
    SELECT {columns}, done.id, done.at, kinds ->> "{key}"::text, done.actor_id, nullif(done.reason, '')
    FROM "{live}" AS row WHERE "{key}" = ANY (ARRAY(SELECT jsonb_object_keys(kinds)::{key_type})) ORDER BY row."{key}";
    IF kinds @? '$.* ? (@ == "-")' THEN
        INSERT INTO "{table}" ({columns}, act_id, history_date, history_type, history_user_id, history_change_reason)
        SELECT DISTINCT ON (last."{key}") {columns}, done.id, done.at, '-', done.actor_id, nullif(done.reason, '')
        FROM "{table}" AS last WHERE "{key}" = ANY (
            ARRAY(SELECT key::{key_type} FROM jsonb_each_text(kinds) AS each (key, kind) WHERE kind = '-')
        ) ORDER BY last."{key}", history_id DESC;
    END IF;
    RETURN (
        SELECT '{{"columns":{shape},"digests":[' || string_agg(
            '[' || history_id || ',' || to_json("{key}"::text)::text || ',"' || history_type || '","'
            || {digest} || '"]',
            ',' ORDER BY history_id) || '],"table":"{table}"}}'
        FROM "{table}" WHERE act_id = done.id
    );
END $$
"""
_BIND_EARLIER = """
SELECT audit_bind(act, %s, %s::jsonb[], true) FROM (SELECT * FROM audit_act ORDER BY id) AS act
WHERE (SELECT size FROM audit_head) = 0
"""


def prepare(**signal: Any) -> None:
    """After `migrate`: functions, shapes, and whatever was recorded before there was a ledger."""
    with transaction.atomic(), connection.cursor() as cursor:
        if "audit_head" not in connection.introspection.table_names(cursor):
            return  # migrated back to a time without a ledger
        cursor.execute(APPEND)
        tables = tracked_tables()
        for each in tables:
            copy_rows_of(cursor, each)
        cursor.execute(_BIND_EARLIER, [[each.history for each in tables], ["{}"] * len(tables)])


def copy_rows_of(cursor: CursorWrapper, tracked: Tracked) -> None:
    """Also for a migration that has something to record in a table of its own making."""
    types = columns_of(cursor, tracked.history)
    shape, _ = Shape.objects.get_or_create(table=tracked.history, columns=[*types])
    cursor.execute(write_function(tracked, shape=shape.pk, types=types))


def write_function(tracked: Tracked, *, shape: int, types: Mapping[str, str]) -> str:
    """The SQL of what copies the rows an act wrote into their history, and states them."""
    return _WRITE.format(
        table=tracked.history,
        live=tracked.live,
        key=tracked.key,
        key_type=types[tracked.key],
        columns=", ".join(f'"{column}"' for column in tracked.columns),
        shape=shape,
        digest=row_digest(types),
    )
