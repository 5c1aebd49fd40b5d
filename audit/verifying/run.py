"""All of it, in the order in which one part lends the next its ground.

First the database around the record, since a view in place of a table would deceive everything after it; then the log
by itself, what was signed over it, what is kept elsewhere; then acts, rows and what stands there now.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit.signing import trusted_keys
from audit.tracked import tracked_tables
from audit.verifying import checkpoints, functions, history, live, log, schema, strays, witnesses
from audit.verifying.acts import Acts
from audit.verifying.findings import Found, Kind
from audit.verifying.report import Report
from audit.verifying.session import Session
from audit.verifying.tables import column_types
from audit.verifying.witnesses import Witness

STAGES = ("schema", "log", "checkpoints", "acts", "live")
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wanted:
    """`rows`: also hold acts, rows and live objects against the log. `since_checkpoint`: take for right what the
    latest checkpoint signed, and verify only what came after it."""

    witnesses: Sequence[Witness] = ()
    rows: bool = True
    since_checkpoint: bool = False


def verify(session: Session, wanted: Wanted | None = None, tell: Tell = lambda stage, done, total: None) -> Report:
    wanted, found, trusted = wanted or Wanted(), Found(), trusted_keys()
    tables, types = tracked_tables(), column_types(session)
    tell("schema", 0, 1)
    found.extend(schema.check(session, tables, types))
    if not _is_readable(found):
        return Report(0, "", 0, 0, found.by_kind, tuple(found))
    found.extend(functions.check(session, tables, types))
    size = log.size_of(session, found)
    base = checkpoints.latest_fitting(session, size, trusted) if wanted.since_checkpoint else None
    since = base.size if base else 0
    outside = [*wanted.witnesses, *witnesses.anchored(session, trusted, found)]
    marks = {*checkpoints.sizes(session, since), *witnesses.sizes(outside, trusted)}
    grown = log.check(session, size, marks, found, lambda done, total: tell("log", done, total), base)
    tell("checkpoints", 0, 1)
    signed = checkpoints.check(session, grown, trusted, found, since)
    witnesses.check(session, grown, outside, signed, trusted, found)
    if wanted.rows:
        by_history = {table.history: table for table in tables}
        taken = history.digests(session, by_history, types, found)
        histories = history.Histories(by_history, taken, found)
        acts = Acts(session, histories, found, adopting=not since)
        acts.check(since, size, lambda done, total: tell("acts", done, total))
        strays.check(session, histories, found, since)
        for done, table in enumerate(tables):
            tell("live", done, len(tables))
            live.check(session, table, types, found, since)
    root = grown.roots[size].made
    return Report(size, root.hex() if root else "", len(signed), since, found.by_kind, tuple(found))


def _is_readable(found: Found) -> bool:
    broken = {each.table for each in found if each.kind in (Kind.SCHEMA_TABLE, Kind.SCHEMA_COLUMN)}
    return not any(table.startswith("audit_") for table in broken)
