"""What numbers the acts and the versions of objects: upwards, one at a time, and on from the largest there is.

A sequence that was set back numbers what comes next below what was before. That is found once something was written
(`audit.verifying.order`); here it is found before.
"""

from collections.abc import Iterable, Iterator

from audit.tracked import Tracked
from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session
from audit.verifying.tables import Types

_ACTS = ("audit_act", "id")
_OF_ACTS = "audit_act_id_seq"  # audit/sql/append.sql and `Act.numbered` ask it by name
_OWNED = """
SELECT r.relname::text, a.attname::text, n.nspname::text, c.relname::text,
    concat_ws(', ', CASE WHEN s.seqincrement <> 1 THEN 'increment' END, CASE WHEN s.seqcycle THEN 'cycle' END,
        CASE WHEN s.seqcache <> 1 THEN 'cache' END)
FROM pg_depend d JOIN pg_class c ON c.oid = d.objid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_sequence s ON s.seqrelid = c.oid
JOIN pg_class r ON r.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.refobjsubid
WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    AND r.relnamespace = 'public'::regnamespace AND r.relname = ANY(%s)
"""
_IS_AHEAD = """
SELECT last_value + is_called::int > coalesce((SELECT max("{column}") FROM public."{table}"), 0)
FROM "{schema}"."{sequence}"
"""


def check(session: Session, tables: Iterable[Tracked], types: Types) -> Iterator[Finding]:
    wanted = [_ACTS, *((table.history, "history_id") for table in tables)]
    stand = {(table, column): said for table, column, *said in session.rows(_OWNED, [[table for table, _ in wanted]])}
    for table, column in wanted:
        if column not in types.get(table, {}):
            continue  # the schema's own check names it
        if (table, column) not in stand:
            yield Finding(Kind.SCHEMA_SEQUENCE, table=table, detail="none")
            continue
        schema, sequence, wrong = stand[table, column]
        if (table, column) == _ACTS and (schema, sequence) != ("public", _OF_ACTS):
            wrong = "name"
        if not wrong:
            query = _IS_AHEAD.format(table=table, column=column, schema=schema, sequence=sequence)
            wrong = "" if session.one(query) == (True,) else "set back"
        if wrong:
            yield Finding(Kind.SCHEMA_SEQUENCE, table=table, object=sequence, detail=wrong)
