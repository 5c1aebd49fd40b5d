"""The CHECK constraints of the models, in force, and no other: one that calls a function acts at every writing.

Those that a model names are told by their name; those that come with a type of field (no number below zero) by the
column they are about.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import CheckConstraint

from audit.verifying.expressions import Pair, same
from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session
from audit.verifying.tables import Types

# `relchecks` is how many PostgreSQL looks for. Not to enforce one is known from version 18 on.
_CHECKS = """
SELECT r.relname::text, c.conname::text, pg_get_expr(c.conbin, c.conrelid), c.conbin::text,
    c.convalidated AND coalesce(to_jsonb(c) ->> 'conenforced', 'true') = 'true' AND r.relchecks = (
        SELECT count(*) FROM pg_constraint o WHERE o.conrelid = r.oid AND o.contype = 'c'),
    ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = r.oid AND a.attnum = ANY(c.conkey))
FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
WHERE c.contype = 'c' AND r.relnamespace = 'public'::regnamespace AND r.relname = ANY(%s) ORDER BY r.relname, c.conname
"""


@dataclass(frozen=True)
class Wanted:
    """Known by its `name`, or else by the one `column` it is about."""

    table: str
    name: str
    column: str
    expression: str


@dataclass(frozen=True)
class Standing:
    table: str
    name: str
    text: str
    nodes: str
    is_in_force: bool
    columns: list[str] = field(hash=False)

    def may_be(self, ours: Wanted) -> bool:
        return self.table == ours.table and (
            self.name == ours.name or (not ours.name and self.columns == [ours.column])
        )


def check(session: Session, models: Mapping[str, Any], types: Types) -> Iterator[Finding]:
    stand = [Standing(*row) for row in session.rows(_CHECKS, [[*models]])]
    by_table = defaultdict(list)
    for each in stand:
        by_table[each.table].append(each)
    wanted = [each for table, model in models.items() if table in types for each in _wanted(model)]
    wanted = [each for each in wanted if not each.column or each.column in types[each.table]]
    pairs = {
        (ours, kept): Pair(ours.table, ours.expression, kept.text, kept.nodes)
        for ours in wanted
        for kept in by_table[ours.table]
        if kept.may_be(ours)
    }
    fitting = same(session, pairs.values())
    for ours in wanted:
        found = {kept: pair in fitting for (each, kept), pair in pairs.items() if each == ours}
        if not any(fits and kept.is_in_force for kept, fits in found.items()):
            detail = "off" if any(found.values()) else "changed" if found else "gone"
            yield Finding(Kind.SCHEMA_CONSTRAINT, table=ours.table, object=ours.name or ours.column, detail=detail)
    known = {(kept.table, kept.name) for _, kept in pairs}
    for kept in stand:
        if (kept.table, kept.name) not in known and kept.table in types:
            yield Finding(Kind.SCHEMA_CONSTRAINT, table=kept.table, object=kept.name, detail="unknown")


def _wanted(model: Any) -> Iterator[Wanted]:
    editor, table = connection.schema_editor(collect_sql=True), model._meta.db_table
    for each in model._meta.concrete_fields:
        if expression := each.db_check(connection):
            yield Wanted(table, "", each.column, expression)
    for each in model._meta.constraints:
        if isinstance(each, CheckConstraint):
            yield Wanted(table, each.name, "", each._get_check_sql(model, editor))  # type: ignore[attr-defined]  # Django's own, and untyped
