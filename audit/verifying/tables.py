"""The tables the record consists of, as the catalog has them."""

from collections.abc import Mapping

from audit.verifying.session import Session

LOG = ("audit_act", "audit_entry", "audit_head", "audit_shape", "audit_checkpoint")  # without these there is none
OWN_TABLES = (*LOG, "audit_anchor", "audit_anchorreceipt")
REWRITTEN = ("audit_head", "audit_anchor")  # rows of these are, and none is ever removed
Types = Mapping[str, Mapping[str, str]]
FOREIGN = "?"
# SQL: that `c` of pg_class is one of the named tables, or the sequence of a key of one, whatever it is called.
NAMED_OR_NUMBERING = """
c.relnamespace = 'public'::regnamespace AND (c.relname = ANY(%s) OR c.relkind = 'S' AND EXISTS (
    SELECT FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
    WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND t.relname = ANY(%s)))
"""


def column_types(session: Session) -> Types:
    """The types of the columns of every plain table by its name. A type that is not PostgreSQL's own is `FOREIGN`."""
    types: dict[str, dict[str, str]] = {}
    rows = session.rows("""
        SELECT r.relname::text, a.attname::text, CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace
            AND a.attgenerated = '' THEN t.typname::text ELSE '?' END
        FROM pg_class r JOIN pg_attribute a ON a.attrelid = r.oid JOIN pg_type t ON t.oid = a.atttypid
        WHERE r.relnamespace = 'public'::regnamespace AND r.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY r.relname, a.attname COLLATE "C"
    """)
    for table, column, kind in rows:
        types.setdefault(table, {})[column] = kind
    return types
