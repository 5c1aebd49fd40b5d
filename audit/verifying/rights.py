"""Who may do what to the tables of the record: nobody but their owner more than `audit.grants` gives."""

from collections.abc import Iterable, Iterator

from audit.grants import GROWING, READ_ONLY
from audit.tracked import Tracked
from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session
from audit.verifying.tables import OWN_TABLES

_HELD = """
SELECT DISTINCT c.relname::text, coalesce(r.rolname::text, 'PUBLIC'), a.privilege_type::text
FROM pg_class c
CROSS JOIN LATERAL (
    SELECT grantee, privilege_type FROM aclexplode(c.relacl)
    UNION ALL SELECT e.grantee, e.privilege_type FROM pg_attribute t CROSS JOIN LATERAL aclexplode(t.attacl) e
        WHERE t.attrelid = c.oid
) a LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s) AND a.grantee <> c.relowner
ORDER BY 1, 2, 3
"""
_READING = frozenset(["SELECT"])
_ADDING = _READING | {"INSERT"}
_WRITING = _ADDING | {"UPDATE", "DELETE"}


def check(session: Session, tables: Iterable[Tracked]) -> Iterator[Finding]:
    """Of roles as of the web server's, whichever it is called; everybody at once may only read."""
    tables = list(tables)
    allowed = {
        **dict.fromkeys((each.live for each in tables), _WRITING),
        **dict.fromkeys(OWN_TABLES, _WRITING),
        **dict.fromkeys((each.live for each in tables if each.only_grows), _ADDING),
        **dict.fromkeys(GROWING, _ADDING),
        **dict.fromkeys((*READ_ONLY, *(each.history for each in tables)), _READING),
    }
    for table, role, right in session.rows(_HELD, [[*allowed]]):
        if right not in (_READING if role == "PUBLIC" else allowed[table]):
            yield Finding(Kind.SCHEMA_GRANT, table=table, object=role, detail=right)
