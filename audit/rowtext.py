"""A history row as text, made by PostgreSQL: one canonical JSON object (RFC 8785) of the row's columns.

What is digested when a row is written, and again when it is verified, is the row as it stands in the database, never a
copy in memory. Columns are named by a `Shape`, because tables grow: a row is digested over the columns there were.

A JSON column is stated as text, in the one form in which PostgreSQL writes it.

Of infinity `to_char` makes nothing, and of a year before the first it says the number alone. Nobody writes such times
but who tampers, and a digest must tell them from the rest: they are stated as PostgreSQL prints them.
"""

from collections.abc import Iterable, Mapping

from django.db.backends.utils import CursorWrapper

_AS_TEXT = "to_json({0}::text)::text"
_AS_IT_IS = "{0}::text"
_DAY = "CASE WHEN {0} >= '0001-01-01' AND {0} < 'infinity' THEN to_char({0}, 'YYYY-MM-DD') ELSE {0}::text END"
_MOMENT = """
CASE WHEN {0} >= '0001-01-01T00:00:00Z' AND {0} < 'infinity'
    THEN to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ELSE ({0} AT TIME ZONE 'UTC')::text END
""".strip()
_FORMS = {
    "bool": _AS_IT_IS,
    "int2": _AS_IT_IS,
    "int4": _AS_IT_IS,
    "int8": _AS_IT_IS,
    "text": _AS_TEXT,
    "varchar": _AS_TEXT,
    "uuid": _AS_TEXT,
    "jsonb": _AS_TEXT,
    "date": f"""'"' || {_DAY} || '"'""",
    "timestamptz": f"""'"' || {_MOMENT} || '"'""",
    "bytea": """'"sha256:' || encode(sha256({0}), 'hex') || '"'""",
}


class NoCanonicalForm(Exception):
    """A column is of a type that nobody has said how to write down; `_FORMS` is where to say it."""


def columns_of(cursor: CursorWrapper, table: str) -> dict[str, str]:
    """The columns of a table with their types' names, in the order of the columns' names."""
    cursor.execute(
        "SELECT attname, typname FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [table],
    )
    return dict(sorted(cursor.fetchall()))


def row_text(types: Mapping[str, str], columns: Iterable[str] | None = None) -> str:
    """The SQL expression of a row's text. `columns` are all there are unless said otherwise."""
    members = [f"""'"{name}":' || {_value(name, types[name])}""" for name in sorted(columns or types)]
    return "'{' || " + " || ',' || ".join(members) + " || '}'"


def row_digest(types: Mapping[str, str], columns: Iterable[str] | None = None) -> str:
    """The SQL expression of `sha256:<hex>` over it."""
    return f"'sha256:' || encode(sha256(convert_to({row_text(types, columns)}, 'UTF8')), 'hex')"


def moment_text(column: str) -> str:
    """The SQL expression of a time as it is stated, without quotation marks."""
    return _MOMENT.format(column)


def _value(name: str, kind: str) -> str:
    if kind not in _FORMS:
        raise NoCanonicalForm(f"{name} is {kind}")
    column = f'"{name}"'
    return f"coalesce({_FORMS[kind].format(column)}, 'null')"
