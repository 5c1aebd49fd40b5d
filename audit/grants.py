"""What web server and workers may do in the database, where their role is another than the one that owns it.

`DATABASE_WEB_URL` names it, for `migrate` alone: after every migration the role is made if need be and its rights are
set anew. It reads everything, writes what is no record, adds checkpoints and whatever else only grows, and appends to
the ledger by `audit_append`, which also copies into the history what an act wrote. It changes and removes nothing that
is on record, and cannot switch off what refuses that.
"""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from audit.tracked import tracked_tables

READ_ONLY = ("audit_act", "audit_entry", "audit_head", "audit_shape", "django_migrations")
GROWING = ("audit_checkpoint", "audit_anchorreceipt")

_EVERYTHING = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role};
"""
_RECORD = "REVOKE ALL ON {table} FROM {role}; GRANT {rights} ON {table} TO {role}"
_BINDING = "REVOKE EXECUTE ON FUNCTION audit_bind(audit_act, text[], jsonb[], boolean) FROM {role}"


def after_migrate(**signal: Any) -> None:
    """Nothing to do where one role owns and writes: that is so in development."""
    if not settings.DATABASE_WEB_URL:
        return
    parts = urlsplit(settings.DATABASE_WEB_URL)
    with connection.cursor() as cursor:
        grant_to(cursor, unquote(parts.username or ""), unquote(parts.password or ""))


def grant_to(cursor: CursorWrapper, name: str, password: str) -> None:
    role = sql.Identifier(name)
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    if cursor.fetchone() is None:
        _run(cursor, "CREATE ROLE {role} LOGIN PASSWORD {password}", role=role, password=sql.Literal(password))
    _run(cursor, _EVERYTHING, role=role)
    tracked = tracked_tables()
    read_only = [*READ_ONLY, *(each.history for each in tracked)]
    growing = [*GROWING, *(each.live for each in tracked if each.only_grows)]
    for tables, rights in ((read_only, "SELECT"), (growing, "SELECT, INSERT")):
        for table in tables:
            _run(cursor, _RECORD, role=role, table=sql.Identifier(table), rights=sql.SQL(rights))
    _run(cursor, _BINDING, role=role)


def is_owner() -> bool:
    """Whether the role we are could change what is on record: its owner, or a superuser."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('public.audit_entry')"
        )
        found = cursor.fetchone()
    return bool(found and found[0])


def _run(cursor: CursorWrapper, statement: str, **names: sql.Composable) -> None:
    cursor.execute(sql.SQL(statement).format(**names).as_string(cursor.connection))
