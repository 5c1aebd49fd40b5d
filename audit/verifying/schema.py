"""The tables of the record as PostgreSQL keeps them: plain, whole, guarded, and shown as they are.

A view, a rule, a policy or a child table in their place would show the verifier another record than the application
writes; a trigger that is gone or off is a door left open.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps

from audit.tracked import Tracked
from audit.verifying import checks, columns, indexes, references, triggers, uniques
from audit.verifying.findings import Finding, Kind
from audit.verifying.guards import on as guards_on
from audit.verifying.session import Session
from audit.verifying.tables import OWN_TABLES, Types

_TABLES = """
SELECT relname::text, relkind::text, relpersistence::text, relrowsecurity OR relforcerowsecurity,
    EXISTS (SELECT FROM pg_rewrite WHERE ev_class = r.oid),
    EXISTS (SELECT FROM pg_inherits WHERE inhparent = r.oid OR inhrelid = r.oid)
FROM pg_class r WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)
"""


def check(session: Session, tables: Iterable[Tracked], types: Types) -> Iterator[Finding]:
    tables = list(tables)
    record = [*OWN_TABLES, *(table.history for table in tables)]
    names = [*record, *(table.live for table in tables)]
    growing = {*record, *(table.live for table in tables if table.only_grows)}
    guards = {
        name: {**guards_on(name), **(dict(triggers.of_the_record(name)) if name in growing else {})} for name in names
    }
    by_table = {model._meta.db_table: model for model in apps.get_models()}
    models = {name: by_table[name] for name in names}
    yield from _plain(session, names)
    for each in (columns, uniques, checks, references, indexes):
        yield from each.check(session, models, types)
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
