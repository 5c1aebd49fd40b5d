"""The tables the record consists of: what they are by the models, and what they have become by the catalog."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit import recording
from audit.verifying.session import Session

OWN_TABLES = ("audit_act", "audit_entry", "audit_head", "audit_shape", "audit_checkpoint", "audit_anchorreceipt")
Types = Mapping[str, Mapping[str, str]]
FOREIGN = "?"


@dataclass(frozen=True)
class Tracked:
    """A table of the product and its history. `columns` are those both have; others of `live` are queue state."""

    live: str
    history: str
    key: str
    columns: tuple[str, ...]


def tracked_tables() -> list[Tracked]:
    found = []
    for model in recording.history_models():
        live = model.instance_type._meta
        ours = {field.column for field in live.concrete_fields}
        kept = sorted(ours & {field.column for field in model._meta.concrete_fields})
        found.append(Tracked(live.db_table, model._meta.db_table, live.pk.column, tuple(kept)))
    return found


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
