"""Every row of history, held against what the entry of its act says of it.

A batch of acts is looked at in one query for each table they wrote. What an act wrote is read back with its digest
taken anew, over the columns there were then.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.rowtext import NoCanonicalForm, row_digest
from audit.tracked import Tracked
from audit.verifying.findings import Finding, Found, Kind
from audit.verifying.session import Session
from audit.verifying.statements import Rows
from audit.verifying.tables import Types

_WRITTEN = """
SELECT act_id, history_id, "{key}"::text, history_type::text, {digest}
FROM public."{table}" WHERE act_id >= %s AND act_id <= %s AND act_id = ANY(%s) ORDER BY act_id, history_id
"""


@dataclass(frozen=True)
class Stated:
    """What one act says it wrote into one table."""

    index: int
    act: int
    rows: Rows


@dataclass
class Histories:
    """`seen` counts the rows that were found where an entry says, by table. `moved` are those found elsewhere, and
    `unstated` those found with an act whose entry does not name them."""

    tables: Mapping[str, Tracked]
    digests: Mapping[tuple[str, int], str]
    found: Found
    seen: Counter[str] = field(default_factory=Counter)
    moved: set[tuple[str, int]] = field(default_factory=set)
    unstated: list[tuple[str, int, int]] = field(default_factory=list)

    def check(self, session: Session, batch: Sequence[Stated]) -> list[Finding]:
        """Answers what does not bear out the entries."""
        by_shape: dict[tuple[str, int], list[Stated]] = defaultdict(list)
        for each in batch:
            by_shape[each.rows.table, each.rows.shape].append(each)
        doubtful: list[Finding] = []
        for (table, shape), stated in by_shape.items():
            if (table, shape) in self.digests:
                doubtful += self._of_shape(session, table, self.digests[table, shape], stated)
            else:
                self.found.add(Finding(Kind.SHAPE, stated[0].index, table=table, object=str(shape)))
        return doubtful

    def _of_shape(self, session: Session, table: str, digest: str, stated: Sequence[Stated]) -> list[Finding]:
        acts = {each.act: each for each in stated}
        expected = {(each.act, row[0]): row for each in stated for row in each.rows.digests}
        doubtful = []
        query = _WRITTEN.format(key=self.tables[table].key, digest=digest, table=table)
        for act, row, key, kind, value in session.rows(query, [min(acts), max(acts), [*acts]]):
            said = expected.pop((act, row), None)
            self.seen[table] += 1
            if said is None:
                self.unstated.append((table, row, act))
            elif said != [row, key, kind, value]:
                doubtful.append(Finding(Kind.HISTORY_CHANGED, acts[act].index, act, table, row, key))
        return doubtful + self._missing(session, table, acts, expected)

    def _missing(
        self, session: Session, table: str, acts: Mapping[int, Stated], missing: Mapping[tuple[int, int], Any]
    ) -> list[Finding]:
        if not missing:
            return []
        query = f'SELECT history_id, act_id FROM public."{table}" WHERE history_id = ANY(%s)'  # noqa: S608  (our table)
        elsewhere = dict(session.rows(query, [[row for _, row in missing]]))
        doubtful = []
        for (act, row), (_, key, _, _) in missing.items():
            kind = Kind.HISTORY_MOVED if row in elsewhere else Kind.HISTORY_REMOVED
            if kind is Kind.HISTORY_MOVED:
                self.moved.add((table, row))
            where = str(elsewhere.get(row, ""))
            doubtful.append(Finding(kind, acts[act].index, act, table, row, key, where))
        return doubtful


def digests(session: Session, tables: Mapping[str, Tracked], types: Types, found: Found) -> dict[tuple[str, int], str]:
    """The expression that takes the digest of a row, by table and shape. What cannot be taken any more is a finding."""
    taken, latest = {}, {}
    for shape, table, columns in session.rows(
        'SELECT id, "table"::text, columns::text FROM public.audit_shape ORDER BY id'
    ):
        try:
            taken[table, shape] = row_digest(types[table], _names(columns))
            latest[table] = (shape, sorted(_names(columns)))
        except (KeyError, ValueError, TypeError, NoCanonicalForm):
            found.add(Finding(Kind.SHAPE, table=table, object=str(shape)))
    for table in tables:
        shape, columns = latest.get(table, ("", []))
        if columns != sorted(types.get(table, {})):
            found.add(Finding(Kind.SHAPE, table=table, object=str(shape), detail="latest"))
    return {key: digest for key, digest in taken.items() if key[0] in tables}


def _names(columns: str) -> list[str]:
    names = json.loads(columns)
    if not isinstance(names, list) or not names:
        raise ValueError
    return names
