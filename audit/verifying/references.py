"""The foreign keys of the models, each with the four triggers by which PostgreSQL keeps it, which have to fire.

Their triggers stand where those of others do, and can be switched off as these can.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session
from audit.verifying.tables import Types

# Each with its table, what it calls, and when (pg_trigger.tgtype): after a row was inserted (5), deleted (9) or
# updated (17).
_KEYS = """
SELECT r.relname::text, c.conname::text, a.attname::text, f.relname::text, b.attname::text,
    c.convalidated AND coalesce(to_jsonb(c) ->> 'conenforced', 'true') = 'true' AND c.condeferrable AND c.condeferred
    AND c.confupdtype = 'a' AND c.confdeltype = 'a' AND c.confmatchtype = 's'
    AND f.relnamespace = r.relnamespace AND r.relhastriggers AND f.relhastriggers AND ARRAY(
        SELECT t.tgrelid::bigint || ' ' || p.proname || ' ' || t.tgtype FROM pg_trigger t
        JOIN pg_proc p ON p.oid = t.tgfoid AND p.oid < 16384 AND p.prolang = 12
        WHERE t.tgconstraint = c.oid AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND t.tgattr = ''
        ORDER BY 1
    ) = ARRAY(
        SELECT k FROM unnest(ARRAY[
            r.oid::bigint || ' RI_FKey_check_ins 5', r.oid::bigint || ' RI_FKey_check_upd 17',
            f.oid::bigint || ' RI_FKey_noaction_del 9', f.oid::bigint || ' RI_FKey_noaction_upd 17'
        ]) AS k ORDER BY 1
    )
FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid
LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND ARRAY[a.attnum] = c.conkey
LEFT JOIN pg_attribute b ON b.attrelid = f.oid AND ARRAY[b.attnum] = c.confkey
WHERE c.contype = 'f' AND r.relnamespace = 'public'::regnamespace AND r.relname = ANY(%s) ORDER BY r.relname, c.conname
"""


def check(session: Session, models: Mapping[str, Any], types: Types) -> Iterator[Finding]:
    """Of what is there: a table or a column that is gone is named elsewhere, and so are not those that led to it."""
    wanted: dict[tuple[str, str, str, str], list[bool]] = {
        key: [] for model in models.values() for key in _wanted(model)
    }
    gone = {key[:2] for key in wanted if key[1] not in types.get(key[0], ()) or key[3] not in types.get(key[2], ())}
    for table, name, column, target, targets, is_in_force in session.rows(_KEYS, [[*models]]):
        if (key := (table, column, target, targets)) in wanted:
            wanted[key].append(is_in_force)
        elif (table, column) not in gone:
            yield Finding(Kind.SCHEMA_CONSTRAINT, table=table, object=name, detail="unknown")
    for key, found in sorted(wanted.items()):
        if key[:2] not in gone and not (found and all(found)):
            yield Finding(Kind.SCHEMA_CONSTRAINT, table=key[0], object=key[1], detail="off" if found else "gone")


def _wanted(model: Any) -> Iterator[tuple[str, str, str, str]]:
    for field in model._meta.concrete_fields:
        if field.remote_field and field.db_constraint:
            target = field.target_field
            yield model._meta.db_table, field.column, target.model._meta.db_table, target.column
