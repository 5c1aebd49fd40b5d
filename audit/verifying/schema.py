"""The tables of the record as PostgreSQL keeps them: plain, whole, guarded, and shown as they are.

A view, a rule, a policy or a child table in their place would show the verifier another record than the application
writes; a trigger that is gone or off is a door left open.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps

from audit.tracked import Tracked
from audit.verifying import triggers
from audit.verifying.findings import Finding, Kind
from audit.verifying.guards import on as guards_on
from audit.verifying.session import Session
from audit.verifying.tables import FOREIGN, OWN_TABLES, Types

_TABLES = """
SELECT relname::text, relkind::text, relpersistence::text, relrowsecurity OR relforcerowsecurity,
    EXISTS (SELECT FROM pg_rewrite WHERE ev_class = r.oid),
    EXISTS (SELECT FROM pg_inherits WHERE inhparent = r.oid OR inhrelid = r.oid)
FROM pg_class r WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)
"""
_UNIQUE = """
SELECT r.relname::text, array_agg(a.attname::text)
FROM pg_index i JOIN pg_class r ON r.oid = i.indrelid 
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = ANY(i.indkey)
WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
    AND r.relnamespace = 'public'::regnamespace AND r.relname = ANY(%s)
GROUP BY r.relname, i.indexrelid
"""


def check(session: Session, tables: Iterable[Tracked], types: Types) -> Iterator[Finding]:
    tables = list(tables)
    record = [*OWN_TABLES, *(table.history for table in tables)]
    names = [*record, *(table.live for table in tables)]
    growing = {*record, *(table.live for table in tables if table.only_grows)}
    guards = {
        name: {**guards_on(name), **(dict(triggers.of_the_record(name)) if name in growing else {})} for name in names
    }
    yield from _plain(session, names)
    yield from _columns(names, types)
    yield from _unique(session, tables, types)
    yield from triggers.check(session, {name: wanted for name, wanted in guards.items() if name in types})


def _plain(session: Session, names: list[str]) -> Iterator[Finding]:
    stand = {name: said for name, *said in session.rows(_TABLES, [names])}
    for name in names:
        if name not in stand:
            yield Finding(Kind.SCHEMA_TABLE, table=name)
            continue
        kind, persistence, is_secured, has_rule, has_kin = stand[name]
        if (kind, persistence) != ("r", "p"):
            yield Finding(Kind.SCHEMA_TABLE, table=name, detail=kind + persistence)
        elif has_rule:
            yield Finding(Kind.SCHEMA_RULE, table=name)
        if is_secured:
            yield Finding(Kind.SCHEMA_ROW_SECURITY, table=name)
        if has_kin:
            yield Finding(Kind.SCHEMA_CHILD, table=name)


def _columns(names: Iterable[str], types: Types) -> Iterator[Finding]:
    """Those the models have, and of PostgreSQL's own types: another type could compare and print as it likes."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    for name in names:
        stand = types.get(name, {})
        wanted = {field.column for field in models[name]._meta.concrete_fields if field.column}
        for column in sorted(wanted ^ {*stand}) if stand else ():
            yield Finding(Kind.SCHEMA_COLUMN, table=name, object=column)
        made = {field.column for field in models[name]._meta.concrete_fields if field.generated}  # by PostgreSQL
        for column in (column for column, kind in stand.items() if kind == FOREIGN and column not in made):
            yield Finding(Kind.SCHEMA_COLUMN, table=name, object=column, detail="type")


def _unique(session: Session, tables: Iterable[Tracked], types: Types) -> Iterator[Finding]:
    wanted = [(table.history, "history_id") for table in tables] + [(table.live, table.key) for table in tables]
    wanted += [("audit_act", "id"), ("audit_entry", "index"), ("audit_entry", "act_id"), ("audit_checkpoint", "size")]
    stand = {(table, *columns) for table, columns in session.rows(_UNIQUE, [[table for table, _ in wanted]])}
    for table, column in wanted:
        if table in types and (table, column) not in stand:
            yield Finding(Kind.SCHEMA_UNIQUE, table=table, object=column)
