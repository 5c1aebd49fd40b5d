"""All of it, in the order in which one part lends the next its ground.

First the database around the record, since a view in place of a table would deceive everything after it; then the log
by itself, what was signed over it, what is kept elsewhere; then acts, rows and what stands there now.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit.signing import trusted_keys
from audit.tracked import Tracked, tracked_tables
from audit.verifying import (
    checkpoints,
    functions,
    history,
    live,
    log,
    order,
    remarks,
    rights,
    schema,
    sequences,
    settings,
    strays,
    witnesses,
)
from audit.verifying.acts import Acts
from audit.verifying.columns import MAY_BE_EMPTY
from audit.verifying.findings import Finding, Found, Kind
from audit.verifying.history import Histories
from audit.verifying.late import late_since
from audit.verifying.log import Log
from audit.verifying.remarks import Signing
from audit.verifying.report import Report
from audit.verifying.session import Session
from audit.verifying.surviving import Surviving
from audit.verifying.tables import LOG, Types, column_types
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
    wanted, found, trusted, tables = wanted or Wanted(), Found(), trusted_keys(), tracked_tables()
    part = Surviving(session, found).part
    types: Types = {}
    tell("schema", 0, 1)
    with part("schema"):
        types = column_types(session)
        found.extend(schema.check(session, tables, types))
    if not types or not _is_readable(found):
        return Report(0, "", 0, 0, found.by_kind, tuple(found), rows=False)
    with part("functions"):
        found.extend(functions.check(session, tables, types))
    with part("rights"):
        found.extend(rights.check(session, tables))
    with part("settings"):
        found.extend(settings.check(session))
    grown, base, outside, signed, signing = Log(0), None, [*wanted.witnesses], [], Signing()
    with part("anchors"):
        witnesses.anchored(session, trusted, found, outside)
    with part("log"):
        grown = Log(log.size_of(session, found))
        base = checkpoints.latest_fitting(session, grown.size, trusted) if wanted.since_checkpoint else None
        marks = {*checkpoints.sizes(session, base.size if base else 0), *witnesses.sizes(outside)}
        grown = log.check(session, grown.size, marks, found, lambda done, total: tell("log", done, total), base)
    size, since = grown.size, base.size if base else 0
    tell("checkpoints", 0, 1)
    with part("checkpoints"):
        signed = checkpoints.check(session, grown, trusted, found, since)
        signing = remarks.look(session, size, since, signed)
    with part("witnesses"):
        witnesses.check(session, grown, outside, signed, trusted, found, since)
    if wanted.rows:
        _rows(
            session,
            Surviving(session, found),
            [each for each in tables if each.history in types],
            types,
            since,
            size,
            tell,
        )
    root = grown.roots[size].made if size in grown.roots else None
    return Report(
        size,
        root.hex() if root else "",
        len(signed),
        since,
        found.by_kind,
        tuple(found),
        wanted.rows,
        signing.signed,
        signing.remarks,
        signing.left_out,
    )


def _rows(
    session: Session, surviving: Surviving, tables: Sequence[Tracked], types: Types, since: int, size: int, tell: Tell
) -> None:
    """Acts, rows and live objects, each table by itself. Those of `tables` are there: others are found already."""
    found, part = surviving.found, surviving.part
    by_history = {table.history: table for table in tables}
    histories, late = Histories(by_history, {}, found), None
    acts = Acts(session, histories, found, adopting=not since)
    with part("acts"):
        histories.digests = history.digests(session, by_history, types, found)
        acts.check(since, size, lambda done, total: tell("acts", done, total))
    with part("acts"):
        late = late_since(session, since) if since else None
        strays.acts(session, found, late)
    for table in by_history:
        with part("rows", table):
            strays.rows(session, histories, table, found, late)
    floor = (since or acts.adopted) - 1
    for done, each in enumerate(tables):
        tell("live", done, len(tables))
        fallen: list[Finding] = []
        with part("order", each.history):
            fallen = [*order.check(session, each, size, floor, found, late)]
            found.extend(fallen)
        with part("live", each.live):
            live.check(session, each, types, found, late, unordered_until=floor if fallen else None)
    with part("sequences"):
        found.extend(sequences.check(session, tables, types))


def _is_readable(found: Found) -> bool:
    """Whether the log is there, with gaps or without. Of anything else that is gone, the rest is still verified."""
    spoilt = (each for each in found if each.kind in (Kind.SCHEMA_TABLE, Kind.SCHEMA_COLUMN))
    return not any(each.table in LOG and each.detail != MAY_BE_EMPTY for each in spoilt)
