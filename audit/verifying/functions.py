"""The functions that record, and what they call: ours are what our code made, PostgreSQL's own are PostgreSQL's own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from audit import appendonly, recording
from audit.rowtext import NoCanonicalForm
from audit.tracked import Tracked
from audit.verifying import guards, owners
from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session
from audit.verifying.tables import OWN_TABLES, Types

_DECLARED = re.compile(r'CREATE (?:OR REPLACE )?FUNCTION "?(\w+)"?\s*\((.*?)\)\s*RETURNS(.*?)\$\$(.*?)\$\$', re.DOTALL)
# A strict one does nothing where it is given a NULL, and one that is not volatile may be left out.
_FUNCTIONS = """
SELECT p.proname::text, p.prosrc, l.lanname::text, p.prosecdef, coalesce(array_to_string(p.proconfig, ';'), ''),
    replace(pg_get_function_arguments(p.oid), 'public.', ''),
    p.prokind = 'f' AND NOT p.proisstrict AND NOT p.proretset AND p.provolatile = 'v'
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ANY(%s)
"""
# What our functions and the verifier's own expressions are made of.
_CALLED = (
    "array_to_string", "cardinality", "clock_timestamp", "concat_ws", "convert_to", "count", "encode", "format",
    "jsonb_each_text", "jsonb_object_field_text", "jsonb_object_keys", "jsonb_path_exists_opr", "lag", "length", "max",
    "min", "nextval", "octet_length", "sha256", "statement_timestamp", "string_agg", "substr", "timezone", "to_char",
    "to_json",
)  # fmt: skip
_OPERATORS = ("||", "=", "<>", "<", ">", "<=", ">=", "&", ">>", "+", "-", "->>", "@?")
# What an extension brings is its own; what somebody made by hand under such a name is not.
_SHADOWS = """
SELECT 'function ' || o.pronamespace::regnamespace || '.' || o.proname FROM pg_proc o
WHERE (o.proname = ANY(%s) AND o.pronamespace <> 'public'::regnamespace)
    OR (o.proname = ANY(%s) AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')
        AND (o.oid >= 16384 OR o.prolang <> (SELECT oid FROM pg_language WHERE lanname = 'internal')))
UNION ALL SELECT 'operator ' || o.oprnamespace::regnamespace || '.' || o.oprname FROM pg_operator o
WHERE o.oprname = ANY(%s) AND o.oid >= 16384
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')
UNION ALL SELECT 'cast ' || o.castsource::regtype || ' to ' || o.casttarget::regtype FROM pg_cast o
WHERE o.oid >= 16384 AND o.castsource < 16384 AND o.casttarget < 16384
UNION ALL SELECT 'table ' || o.relnamespace::regnamespace || '.' || o.relname FROM pg_class o
WHERE o.relname = ANY(%s) AND o.relnamespace <> 'public'::regnamespace AND o.relkind IN ('r', 'v', 'm', 'f', 'p')
"""


@dataclass(frozen=True)
class Declared:
    name: str
    arguments: str
    source: str
    is_definer: bool
    config: str


def declared(sql: str) -> Iterator[Declared]:
    """The functions a piece of our SQL makes."""
    for name, arguments, header, source in _DECLARED.findall(sql):
        path = re.search(r"SET search_path = ([\w, ]+?)\s+AS", header)
        config = f"search_path={path[1]}" if path else ""
        taken = " ".join(arguments.split()).replace("timestamptz", "timestamp with time zone")
        yield Declared(name, taken, source, "SECURITY DEFINER" in header, config)


def check(session: Session, tables: Iterable[Tracked], types: Types) -> Iterator[Finding]:
    tables = list(tables)
    wanted = {each.name: each for each in _ours(session, tables, types)}
    stand: dict[str, list[list[Any]]] = {}
    for name, *said in session.rows(_FUNCTIONS, [[*wanted]]):
        stand.setdefault(name, []).append(said)
    for name, ours in wanted.items():
        if name not in stand:
            yield Finding(Kind.SCHEMA_FUNCTION_MISSING, object=name)
        elif stand[name] != [[ours.source, "plpgsql", ours.is_definer, ours.config, ours.arguments, True]]:
            yield Finding(Kind.SCHEMA_FUNCTION_CHANGED, object=name)
    yield from owners.check(session, tables, wanted)
    names = [*OWN_TABLES, *(each.history for each in tables), *(each.live for each in tables)]
    for (shadow,) in session.rows(_SHADOWS, [[*wanted], [*_CALLED], [*_OPERATORS], names]):
        yield Finding(Kind.SCHEMA_SHADOW, object=shadow)


def _ours(session: Session, tables: Iterable[Tracked], types: Types) -> Iterator[Declared]:
    yield from declared(appendonly.FUNCTION)
    yield from declared(recording.APPEND)
    for sql in guards.made():
        yield from declared(sql)
    latest = dict(session.rows('SELECT "table"::text, max(id) FROM public.audit_shape GROUP BY "table"'))
    for table in tables:
        try:
            sql = recording.write_function(table, shape=latest[table.history], types=types[table.history])
        except (KeyError, NoCanonicalForm):
            continue  # a table or a shape that is gone is named elsewhere
        yield from declared(sql)
