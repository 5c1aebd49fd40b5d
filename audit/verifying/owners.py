"""To whom the record belongs: all of it to one role, since an owner can switch off whatever guards what is theirs.

Which role that is differs from one installation to the next. So it is the one that owns most of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audit.tracked import Tracked
from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session
from audit.verifying.tables import NAMED_OR_NUMBERING, OWN_TABLES

_OWNED = f"""
SELECT c.relname::text, pg_get_userbyid(c.relowner)::text FROM pg_class c WHERE {NAMED_OR_NUMBERING}
UNION ALL SELECT p.proname::text, pg_get_userbyid(p.proowner)::text FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ANY(%s)
ORDER BY 1
"""  # noqa: S608  # put together of our own
# Whoever owns the schema can drop what is in it: on PostgreSQL 15 that is the role that owns the database.
_SCHEMA = """
SELECT r.rolname::text, r.rolsuper OR r.rolname = 'pg_database_owner' OR r.oid = d.datdba
FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner, pg_database d
WHERE n.oid = 'public'::regnamespace AND d.datname = current_database()
"""


@dataclass(frozen=True)
class Owned:
    by_whom: dict[str, str]

    @property
    def owner(self) -> str:
        return Counter(self.by_whom.values()).most_common(1)[0][0] if self.by_whom else ""


def owned(session: Session, tables: Iterable[Tracked], functions: Iterable[str] = ()) -> Owned:
    names = [*OWN_TABLES, "django_migrations", *(name for each in tables for name in (each.live, each.history))]
    return Owned(dict(session.rows(_OWNED, [names, names, [*functions]])))


def check(session: Session, tables: Iterable[Tracked], functions: Iterable[str]) -> Iterator[Finding]:
    stand = owned(session, tables, functions)
    for name, role in stand.by_whom.items():
        if role != stand.owner:
            yield Finding(Kind.SCHEMA_OWNER, object=name, detail=role)
    for role, may_own in session.rows(_SCHEMA):
        if not may_own and role != stand.owner:
            yield Finding(Kind.SCHEMA_OWNER, object="schema public", detail=role)
