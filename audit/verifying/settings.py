"""What sessions begin with, by a setting of the database, of a role or of the server, that passes by what guards the
record; and triggers on the whole database, which can set the same at every login.

Of roles only those are asked that may write here: what another program on the same server sets for itself is its own.
"""

from collections.abc import Iterator

from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session

_SET = """
SELECT concat_ws(' @ ', r.rolname, d.datname), s.said FROM (
    SELECT setrole, setdatabase, unnest(setconfig) AS said FROM pg_db_role_setting
) s LEFT JOIN pg_roles r ON r.oid = s.setrole LEFT JOIN pg_database d ON d.oid = s.setdatabase
WHERE (s.setdatabase = 0 OR d.datname = current_database())
    AND (s.setrole = 0 OR has_table_privilege(s.setrole, 'public.audit_checkpoint', 'INSERT'))
ORDER BY 2, 1
"""
# What sessions of ours begin with, wherever it was set: in the server's files too.
_BEGUN_WITH = """
SELECT name || '=' || reset_val FROM pg_settings WHERE name IN ('search_path', 'session_replication_role') ORDER BY 1
"""
# Those of an extension are its own, but for one that acts at a login.
_EVENT_TRIGGERS = """
SELECT evtname::text, evtevent::text FROM pg_event_trigger e WHERE evtenabled <> 'D'
    AND (evtevent = 'login' OR NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = e.oid AND d.deptype = 'e'))
"""
_BEFORE_OURS = {"$user", "pg_catalog", "pg_temp"}


def check(session: Session) -> Iterator[Finding]:
    opening = [(whose or "ALL", said) for whose, said in session.rows(_SET) if _opens(said)]
    known = {said for _, said in opening}
    opening += [("SERVER", said) for (said,) in session.rows(_BEGUN_WITH) if _opens(said) and said not in known]
    for whose, said in opening:
        yield Finding(Kind.SCHEMA_SETTING, object=said, detail=whose)
    for name, event in session.rows(_EVENT_TRIGGERS):
        yield Finding(Kind.SCHEMA_EVENT_TRIGGER, object=name, detail=event)


def _opens(said: str) -> bool:
    """Foreign keys are not looked at by who says to be a replica; and a name that is looked up elsewhere first may be
    another's table."""
    name, _, value = said.partition("=")
    if name != "search_path":
        return name == "session_replication_role" and value != "origin"
    places = [place.strip(' "') for place in value.split(",")]
    ours = places.index("public") if "public" in places else len(places)
    return ours == len(places) or not {*places[:ours]} <= _BEFORE_OURS or "pg_catalog" in places[ours:]
