"""What stands there now, held against the latest row of its history, which the ledger vouches for.

Columns that are queue state or derived have no history and are left out. Values are compared byte for byte, and
nothing is not the same as anything.
"""

from collections.abc import Mapping

from audit.tracked import Tracked
from audit.verifying.findings import KEPT_OF_A_KIND, Finding, Found, Kind
from audit.verifying.late import WRITTEN, Late
from audit.verifying.session import Session
from audit.verifying.tables import Types

_EXACT = {"bool", "int2", "int4", "int8", "date", "timestamptz", "uuid", "bytea"}
_COMPARED = """
SELECT coalesce(l."{key}"::text, h."{key}"::text), l."{key}" IS NULL, h."{key}" IS NULL OR h.history_type = '-',
    h.history_id, h.act_id,
    {differing}
FROM (SELECT {columns} FROM public."{live}" {touched}) l
FULL JOIN (
    SELECT DISTINCT ON ("{key}") history_id, act_id, history_type, {columns} FROM public."{history}" history {written}
    ORDER BY "{key}", {latest} history_id DESC
) h ON l."{key}" = h."{key}"
WHERE (h."{key}" IS NOT NULL AND h.history_type IS DISTINCT FROM '-') <> (l."{key}" IS NOT NULL)
    OR (l."{key}" IS NOT NULL AND ({differ}))
ORDER BY coalesce(l."{key}", h."{key}") LIMIT %s
"""
# The latest row of an object that was written since is one of those written since.
_TOUCHED = 'WHERE "{key}" IN (SELECT "{key}" FROM public."{history}" {written})'
_BY_ENTRY = "greatest((SELECT index FROM public.audit_entry e WHERE e.act_id = history.act_id), {floor:d}) DESC,"


def check(
    session: Session,
    table: Tracked,
    types: Types,
    found: Found,
    late: Late | None = None,
    *,
    unordered_until: int | None = None,
) -> None:
    """`late`: only what was written in those.

    `unordered_until` where the numbers of versions do not say which is the latest (`audit.verifying.order`): their
    entries do, which are in no order up to that one. It takes longer.
    """
    live, history = types.get(table.live), types.get(table.history)
    if not live or not history or not {*table.columns} <= {*live} & {*history}:
        return  # the schema's own check names what is gone
    unlike = {name: _differs(name, live[name], history[name]) for name in table.columns}
    query = _COMPARED.format(
        key=table.key,
        live=table.live,
        history=table.history,
        columns=", ".join(f'"{name}"' for name in table.columns),
        differ=" OR ".join(unlike.values()),
        differing=_list(unlike),
        latest="" if unordered_until is None else _BY_ENTRY.format(floor=unordered_until),
        written=WRITTEN if late else "",
        touched=_TOUCHED.format(key=table.key, history=table.history, written=WRITTEN) if late else "",
    )
    doubtful = {each.object for each in found if each.table == table.history and each.kind is not Kind.HISTORY_ORDER}
    params = [late.act, late.index, late.act] * 2 if late else []
    for key, is_gone, is_new, row, act, differing in session.rows(query, [*params, KEPT_OF_A_KIND]):
        if key in doubtful:
            continue  # its history is no measure
        kind = Kind.LIVE_REMOVED if is_gone else Kind.LIVE_ADDED if is_new else Kind.LIVE_CHANGED
        found.add(Finding(kind, act=act, table=table.live, row=row, object=key, detail="" if is_gone else differing))


def _differs(name: str, live: str, history: str) -> str:
    if live == history and live in _EXACT:
        return f'l."{name}" IS DISTINCT FROM h."{name}"'
    return f'l."{name}"::text COLLATE "C" IS DISTINCT FROM h."{name}"::text COLLATE "C"'


def _list(unlike: Mapping[str, str]) -> str:
    named = ", ".join(f"CASE WHEN {differ} THEN '{name}' END" for name, differ in unlike.items())
    return f"concat_ws(', ', {named})"
