"""The columns the models have, of PostgreSQL's own types: another type could compare and print as it likes.

A default that is not ours writes other than what was asked for: it could date every ruling back, and our own history
would bear it out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection
from django.db.models import NOT_PROVIDED, AutoField, BigAutoField, Field, GeneratedField, SmallAutoField

from audit.verifying.expressions import Pair, same
from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session
from audit.verifying.tables import FOREIGN, Types

_COLUMNS = """
SELECT r.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull,
    a.attcollation = t.typcollation, a.attidentity::text, a.attgenerated::text, a.atthasdef,
    pg_get_expr(d.adbin, d.adrelid), d.adbin::text
FROM pg_attribute a JOIN pg_class r ON r.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
WHERE r.relnamespace = 'public'::regnamespace AND r.relname = ANY(%s) AND a.attnum > 0 AND NOT a.attisdropped
"""
MAY_BE_EMPTY = "null"
_NUMBERED = (AutoField, BigAutoField, SmallAutoField)


def check(session: Session, models: Mapping[str, Any], types: Types) -> Iterator[Finding]:
    stand: dict[str, dict[str, Any]] = defaultdict(dict)
    for table, column, *said in session.rows(_COLUMNS, [[*models]]):
        stand[table][column] = said
    held = {}
    for table, model in models.items():
        if table not in types:
            continue
        fields = {field.column: field for field in model._meta.concrete_fields if field.column}
        for column in sorted(fields.keys() ^ stand[table].keys()):
            yield Finding(Kind.SCHEMA_COLUMN, table=table, object=column)
        for column, field in fields.items():
            if column not in stand[table]:
                continue
            if differs := _difference(field, stand[table][column], types[table][column]):
                yield Finding(Kind.SCHEMA_COLUMN, table=table, object=column, detail=differs)
            ours, (*_, text, nodes) = _written(field), stand[table][column]
            if not _is_filled_in_as(field, stand[table][column], has_expression=ours is not None):
                yield Finding(Kind.SCHEMA_DEFAULT, table=table, object=column, detail=text or "")
            elif ours is not None:
                held[table, column] = Pair(table, ours, text, nodes)
    fitting = same(session, held.values())
    for (table, column), pair in held.items():
        if pair not in fitting:
            yield Finding(Kind.SCHEMA_DEFAULT, table=table, object=column, detail=pair.text)


def _difference(field: "Field[Any, Any]", said: list[Any], own: str) -> str:
    kind, is_required, is_collated, *_ = said
    is_made = isinstance(field, GeneratedField)
    wanted = str(field.db_type(connection)).replace("varchar", "character varying")
    if kind != wanted or (own == FOREIGN and not is_made):
        return "type"
    if is_required == field.null and not is_made:
        return MAY_BE_EMPTY
    return "" if is_collated else "collation"


def _is_filled_in_as(field: "Field[Any, Any]", said: list[Any], *, has_expression: bool) -> bool:
    *_, identity, generated, has_default, text, _ = said
    wanted = "d" if isinstance(field, _NUMBERED) else "", "s" if isinstance(field, GeneratedField) else ""
    return (identity, generated) == wanted and has_default == has_expression == (text is not None)


def _written(field: "Field[Any, Any]") -> str | None:
    """The expression whose value PostgreSQL puts in by itself, if it is to."""
    editor = connection.schema_editor(collect_sql=True)
    if isinstance(field, GeneratedField):
        expression, values = field.generated_sql(connection)
    elif field.db_default is not NOT_PROVIDED:
        expression, values = editor.db_default_sql(field)
    else:
        return None
    return str(expression % tuple(editor.quote_value(value) for value in values))
