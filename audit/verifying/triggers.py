"""The triggers on the record's tables, and on whatever else has a history: ours, all of them, firing, and no other.

A trigger nobody knows writes other than what was asked for, and our own history would bear it out. What PostgreSQL
itself keeps for a constraint is left to `audit.verifying.references`; that a trigger is called internal is its owner's
word alone, so it is told by what it calls and for which constraint.
"""

from collections.abc import Iterator, Mapping

from audit.verifying.findings import Finding, Kind
from audit.verifying.guards import BEFORE, ROW, Guard
from audit.verifying.session import Session
from audit.verifying.tables import REWRITTEN

# `relhastriggers` is a hint: where it is false, PostgreSQL looks for none and fires none.
_TRIGGERS = """
SELECT c.relname::text, t.tgname::text, CASE WHEN c.relhastriggers THEN t.tgenabled::text ELSE '-' END, t.tgtype::int,
    n.nspname || '.' || p.proname, t.tgqual IS NOT NULL OR t.tgattr <> '' OR t.tgisinternal,
    rtrim(encode(t.tgargs, 'escape'), '\\000')
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s) AND NOT EXISTS (
    SELECT FROM pg_constraint o WHERE o.oid = t.tgconstraint AND c.oid IN (o.conrelid, o.confrelid)
        AND n.nspname = 'pg_catalog' AND p.oid < 16384 AND p.prolang = 12 AND t.tgtype & 2 = 0
        AND (o.contype = 'f' AND p.proname LIKE 'RI\\_FKey\\_%%'
            OR o.contype = 'u' AND p.proname = 'unique_key_recheck')
)
"""
_EACH, _WHOLE = "record_stays", "record_stays_whole"
_GUARD = "public.audit_record_stays"
# Of pg_trigger.tgtype.
_DELETE, _UPDATE, _TRUNCATE = 8, 16, 32


def check(session: Session, wanted: Mapping[str, Mapping[str, Guard]]) -> Iterator[Finding]:
    missing = {(table, trigger) for table, guards in wanted.items() for trigger in guards}
    for table, name, enabled, kind, function, is_narrowed, argument in session.rows(_TRIGGERS, [[*wanted]]):
        if name not in wanted[table]:
            if enabled != "D":
                yield Finding(Kind.SCHEMA_TRIGGER_UNKNOWN, table=table, object=name)
            continue
        missing.discard((table, name))
        if enabled != "A":
            yield Finding(Kind.SCHEMA_TRIGGER_OFF, table=table, object=name, detail=enabled)
        if is_narrowed or Guard(kind, function, argument) != wanted[table][name]:
            yield Finding(Kind.SCHEMA_TRIGGER_CHANGED, table=table, object=name, detail=function)
    for table, name in sorted(missing):
        yield Finding(Kind.SCHEMA_TRIGGER_MISSING, table=table, object=name)


def of_the_record(table: str) -> Iterator[tuple[str, Guard]]:
    """The triggers of a table by `audit.appendonly`, with when they fire."""
    if table in REWRITTEN:
        yield _WHOLE, Guard(BEFORE | _DELETE | _TRUNCATE, _GUARD)
    else:
        yield _EACH, Guard(ROW | BEFORE | _DELETE | _UPDATE, _GUARD)
        yield _WHOLE, Guard(BEFORE | _TRUNCATE, _GUARD)
