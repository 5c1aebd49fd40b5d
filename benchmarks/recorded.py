"""A record of any size, written straight into the tables: what is measured is reading it.

Rows are copies of one real row, a version a minute apart; acts and entries are as many as versions. Entries are copies
of the entry of that row, hashes are not those of the contents: nothing here is verified.
"""

from django.db import connection

from newsroom.models import Case
from verification.models import Claim

_ACTS = """
INSERT INTO audit_act (id, name, at, actor_id, actor_name, case_id, reason, origin)
SELECT %(act)s + n, 'claim.edit', %(at)s::timestamptz + n * interval '1 minute', %(actor)s, 'Basim', %(case)s, '', ''
  FROM generate_series(1, %(versions)s) AS n
"""
_ENTRIES = """
INSERT INTO audit_entry (index, act_id, recorded_at, content, hashes)
SELECT %(index)s + n, %(act)s + n, %(at)s::timestamptz + n * interval '1 minute', content,
       decode(repeat('00', 32), 'hex')
  FROM generate_series(1, %(versions)s) AS n, audit_entry
 WHERE audit_entry.act_id = (SELECT min(act_id) FROM verification_historicalclaim WHERE id = %(claim)s)
"""
_ROWS = """
INSERT INTO verification_historicalclaim ({columns})
SELECT {values} FROM (SELECT * FROM verification_historicalclaim WHERE id = %(claim)s LIMIT 1) AS row,
       generate_series(1, %(versions)s) AS n
"""


def versions_of_claims(case: Case, claim: Claim, *, objects: int, versions: int) -> int:
    """`objects` claims besides `claim`, numbered after it, changed in turn, `versions` in all. The last place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id), max(at) FROM audit_act")
        act, at = cursor.fetchone()
        cursor.execute("SELECT max(index) FROM audit_entry")
        (index,) = cursor.fetchone()
        given = {
            "act": act,
            "at": at,
            "index": index,
            "claim": claim.pk,
            "case": case.pk,
            "actor": case.created_by_id,
            "versions": versions,
        }
        cursor.execute(_ACTS, given)
        cursor.execute(_ENTRIES, given)
        cursor.execute(_rows(), given | {"objects": objects})
        cursor.execute("UPDATE audit_head SET size = %s", [index + versions + 1])
        cursor.execute("SELECT setval(pg_get_serial_sequence('audit_act', 'id'), %s)", [act + versions])
        cursor.execute("SELECT setval(pg_get_serial_sequence('verification_claim', 'id'), %s)", [claim.pk + objects])
        cursor.execute("VACUUM ANALYZE")
    return int(index + versions)


def _rows() -> str:
    own = {
        "id": "%(claim)s + 1 + (n - 1) %% %(objects)s",
        "act_id": "%(act)s + n",
        "history_date": "%(at)s::timestamptz + n * interval '1 minute'",
        "history_type": "CASE WHEN n <= %(objects)s THEN '+' ELSE '~' END",
        "place": "'Aleppo ' || n",
        "risk": "CASE WHEN n / %(objects)s %% 2 = 0 THEN 'LOW' ELSE 'HIGH' END",
    }
    fields = [field.column for field in Claim.history.model._meta.concrete_fields if field.column != "history_id"]
    values = (own.get(column, f'row."{column}"') for column in fields)
    return _ROWS.format(columns=", ".join(f'"{column}"' for column in fields), values=", ".join(values))
