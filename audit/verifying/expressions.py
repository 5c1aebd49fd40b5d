"""Whether an expression that PostgreSQL keeps (of a constraint, of a default) is the one our models have.

PostgreSQL keeps what it made of it and prints that another way than it was written. So it is asked to plan both, ours
and its own, and to say each again: what is the same then reads the same, whichever version it is. Nothing is run, and
an expression that calls what is not PostgreSQL's own is not even planned.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

from audit.verifying.session import Session

_NAMED = re.compile(r":\w*(?:func|op|fnoid|type)\w* (\d+)")
_FIRST_OF_OTHERS = 16384  # objects that PostgreSQL itself is made of have lower numbers


@dataclass(frozen=True)
class Pair:
    """Of one `table`: `ours`, and `text` as PostgreSQL prints what stands there, `nodes` as it keeps it."""

    table: str
    ours: str
    text: str
    nodes: str

    @property
    def by_itself(self) -> str:
        return _asked(self.table, [self])


def of_others(nodes: str) -> set[int]:
    """What an expression names (functions, operators, types) that is not PostgreSQL's own."""
    return {number for number in map(int, _NAMED.findall(nodes)) if number >= _FIRST_OF_OTHERS}


def same(session: Session, pairs: Iterable[Pair]) -> set[Pair]:
    """All at once; where that does not come out even, each by itself."""
    by_table = defaultdict(list)
    for pair in pairs:
        if not of_others(pair.nodes):
            by_table[pair.table].append(pair)
    even = _even(session, [_asked(table, held) for table, held in by_table.items()])
    found = set()
    for table, held in by_table.items():
        if table in even:
            found.update(held)
        else:
            found.update(pair for pair in held if len(held) > 1 and _even(session, [pair.by_itself]))
    return found


def _asked(table: str, pairs: Sequence[Pair]) -> str:
    ours, kept = ", ".join(f"({each.ours})" for each in pairs), ", ".join(f"({each.text})" for each in pairs)
    name, told = sql.Identifier(table).as_string(None), sql.Literal(table).as_string(None)
    return f"SELECT {told}, ROW({ours}), ROW({kept}) FROM ONLY public.{name}"  # noqa: S608  # planned, not run


def _even(session: Session, asked: Sequence[str]) -> set[str]:
    """The tables of which both sides come to the same."""
    if not asked:
        return set()
    try:
        with session.attempt():
            session.connection.execute("SET LOCAL max_parallel_workers_per_gather = 0")  # a plan of one shape
            [[[said]]] = session.rows("EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) " + " UNION ALL ".join(asked))
            session.connection.execute("SET LOCAL max_parallel_workers_per_gather TO DEFAULT")
    except psycopg.Error:
        return set() if len(asked) == 1 else {table for each in asked for table in _even(session, [each])}
    outputs = (each["Output"] for each in said["Plan"].get("Plans", [said["Plan"]]))
    return {table.partition("'")[2].partition("'")[0] for table, ours, kept in outputs if ours == kept}
