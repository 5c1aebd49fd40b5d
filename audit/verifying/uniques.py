"""What is to be unique is kept so by an index that is in use and compares as PostgreSQL's own types do, and where that
is looked at only when all is written, by a trigger of PostgreSQL's too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Deferrable, UniqueConstraint

from audit.verifying.expressions import Pair, same
from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session
from audit.verifying.tables import Types

_INDEXES = """
SELECT r.relname::text, i.indimmediate, pg_get_expr(i.indpred, i.indrelid), i.indpred::text, ARRAY(
    SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = k.attnum WHERE k.place <= i.indnkeyatts ORDER BY 1)
FROM pg_index i JOIN pg_class r ON r.oid = i.indrelid
WHERE i.indisunique AND i.indisvalid AND i.indisready AND i.indislive AND NOT i.indnullsnotdistinct
    AND (i.indimmediate OR r.relhastriggers AND EXISTS (
        SELECT FROM pg_constraint c JOIN pg_trigger t ON t.tgconstraint = c.oid JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE c.conindid = i.indexrelid AND t.tgrelid = r.oid AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL
            AND t.tgtype = 21 AND t.tgattr = '' AND p.oid < 16384 AND p.proname = 'unique_key_recheck'))
    AND r.relhasindex AND i.indexprs IS NULL AND 16384 > ALL (i.indclass::oid[])
    AND r.relnamespace = 'public'::regnamespace AND r.relname = ANY(%s)
"""


@dataclass(frozen=True)
class Unique:
    """`condition`: only among the rows of which it is so. Where not `at_once`, it is looked at when all is written."""

    columns: tuple[str, ...]
    at_once: bool = True
    condition: str | None = None


def check(session: Session, models: Mapping[str, Any], types: Types) -> Iterator[Finding]:
    stand: dict[tuple[str, Unique], str] = {}
    for table, at_once, condition, nodes, columns in session.rows(_INDEXES, [[*models]]):
        stand[table, Unique(tuple(columns), at_once, condition)] = nodes or ""
    wanted = [
        (table, each)
        for table, model in models.items()
        for each in _wanted(model)
        if {*each.columns} <= {*types.get(table, ())}
    ]
    pairs = {
        Pair(table, ours.condition, kept.condition, nodes): (table, ours)
        for table, ours in wanted
        for (there, kept), nodes in stand.items()
        if there == table and replace(kept, condition=ours.condition) == ours and ours.condition and kept.condition
    }
    kept_so = {*stand, *(pairs[pair] for pair in same(session, pairs))}
    for table, each in wanted:
        if (table, each) not in kept_so:
            yield Finding(Kind.SCHEMA_UNIQUE, table=table, object=", ".join(each.columns))


def _wanted(model: Any) -> Iterator[Unique]:
    editor, meta = connection.schema_editor(collect_sql=True), model._meta
    yield from (Unique((field.column,)) for field in meta.concrete_fields if field.unique)
    together = [(names, True, None) for names in meta.unique_together]
    for each in meta.constraints:
        if isinstance(each, UniqueConstraint) and not each.expressions:
            condition = each._get_condition_sql(model, editor)  # type: ignore[attr-defined]  # Django's own, and untyped
            together.append((each.fields, each.deferrable is not Deferrable.DEFERRED, condition))
    for names, at_once, condition in together:
        yield Unique(tuple(sorted(meta.get_field(name).column for name in names)), at_once, condition)
