"""Who may do what to the tables of the record and to the sequences that number them: nobody but their owner more than
`audit.grants` gives. And who may write there is no superuser, nor anybody who could make themselves one of the owner.
"""

from collections.abc import Iterable, Iterator

from audit.grants import GROWING, READ_ONLY
from audit.tracked import Tracked
from audit.verifying import owners
from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session
from audit.verifying.tables import NAMED_OR_NUMBERING, OWN_TABLES

_HELD = f"""
SELECT DISTINCT c.relname::text, c.relkind = 'S', coalesce(r.rolname::text, 'PUBLIC'), a.privilege_type::text,
    concat_ws(' ', CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
    CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END)
FROM pg_class c
CROSS JOIN LATERAL (
    SELECT grantee, privilege_type FROM aclexplode(c.relacl)
    UNION ALL SELECT e.grantee, e.privilege_type FROM pg_attribute t CROSS JOIN LATERAL aclexplode(t.attacl) e
        WHERE t.attrelid = c.oid
) a LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE a.grantee <> c.relowner AND {NAMED_OR_NUMBERING}
ORDER BY 1, 3, 4
"""  # noqa: S608  # put together of our own
# Who may make something in the schema of the record, and would own it.
_MAKING = """
SELECT coalesce(r.rolname::text, 'PUBLIC') FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE n.oid = 'public'::regnamespace AND a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner
    AND NOT coalesce(r.rolsuper OR r.rolname = 'pg_database_owner', false)
"""
_READING = frozenset(["SELECT"])
_ADDING = _READING | {"INSERT"}
_WRITING = _ADDING | {"UPDATE", "DELETE"}
_NUMBERING = _READING | {"USAGE"}


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
    able: dict[str, tuple[str, str]] = {}
    for name, is_sequence, role, right, attributes in session.rows(_HELD, [[*allowed], [*allowed]]):
        if right not in (_READING if role == "PUBLIC" else _NUMBERING if is_sequence else allowed[name]):
            yield Finding(Kind.SCHEMA_GRANT, table=name, object=role, detail=right)
        if attributes and right not in _NUMBERING:
            able.setdefault(role, (name, attributes))
    for role, (name, attributes) in able.items():
        yield Finding(Kind.SCHEMA_GRANT, table=name, object=role, detail=attributes)
    owner = owners.owned(session, tables).owner
    for (role,) in session.rows(_MAKING):
        if role != owner:
            yield Finding(Kind.SCHEMA_GRANT, table="schema public", object=role, detail="CREATE")
