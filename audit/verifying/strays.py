"""What stands in the tables of the record and in no entry: acts and rows that somebody put there.

That there are none is seen by counting. Only where the numbers differ is it looked for, which takes longer.
"""

from collections.abc import Iterator

from audit.verifying import statements
from audit.verifying.findings import KEPT_OF_A_KIND, Finding, Found, Kind
from audit.verifying.history import Histories
from audit.verifying.late import Late
from audit.verifying.session import Session

_LEAST = -(2**63)
_ACTS = """
SELECT a.id FROM public.audit_act a
WHERE a.id >= %s AND NOT EXISTS (SELECT FROM public.audit_entry e WHERE e.act_id = a.id AND e.act_id >= %s)
ORDER BY a.id LIMIT %s
"""
_TWICE = """
SELECT max(index), act_id FROM public.audit_entry WHERE index >= %s GROUP BY act_id HAVING count(*) > 1
ORDER BY max(index) LIMIT %s
"""
_COUNT = 'SELECT count(*) FROM public."{table}"'
_COUNT_SINCE = """
SELECT count(*) FROM public."{table}" h JOIN public.audit_entry e ON e.act_id = h.act_id
WHERE e.index >= %s AND e.act_id >= %s AND h.act_id >= %s
"""
_BESIDE = """
SELECT h.history_id, h.act_id, h."{key}"::text, e.index, e.content
FROM public."{table}" h LEFT JOIN public.audit_entry e ON e.act_id = h.act_id
WHERE %s = 0 OR e.index >= %s ORDER BY h.history_id
"""


def acts(session: Session, found: Found, late: Late | None = None) -> None:
    """`late`: only among those."""
    first, since = (late.act, late.index) if late else (_LEAST, 0)
    for (act,) in session.rows(_ACTS, [first, first, KEPT_OF_A_KIND]):
        found.add(Finding(Kind.ACT_ADDED, act=act))
    for index, act in session.rows(_TWICE, [since, KEPT_OF_A_KIND]):
        found.add(Finding(Kind.ENTRY_TWICE, index, act))


def rows(session: Session, histories: Histories, table: str, found: Found, late: Late | None = None) -> None:
    """`late`: only what was written in those."""
    first, since = (late.act, late.index) if late else (0, 0)
    query, params = (_COUNT_SINCE, [since, first, first]) if late else (_COUNT, [])
    count = session.one(query.format(table=table), params)
    unstated = any(name == table for name, _, _ in histories.unstated)
    if unstated or count != (histories.seen[table],):
        found.extend(_in_no_entry(session, histories, table, since))


def _in_no_entry(session: Session, histories: Histories, table: str, since: int) -> Iterator[Finding]:
    query = _BESIDE.format(table=table, key=histories.tables[table].key)
    for row, act, key, index, content in session.stream(query, [since, since]):
        if index is None:
            yield Finding(Kind.HISTORY_UNBOUND, None, act, table, row, key)
            continue
        said = statements.read(content)
        if said is None or (table, row) in histories.moved:
            continue
        named = (each for rows in said["rows"] if rows.table == table for each in rows.digests)
        if not any(each[0] == row for each in named):
            yield Finding(Kind.HISTORY_ADDED, index, act, table, row, key)
