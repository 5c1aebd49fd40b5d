"""Sequences that were set back: what is written next then looks older than what was there, and so does what follows."""

import json
from datetime import timedelta
from typing import Any

import pytest

from audit.verifying.order import Numbers
from audit.verifying.session import MINUTE
from tests.audit.tampering.attacker import Attacker
from tests.audit.tampering.conftest import Verify
from tests.audit.tampering.desk import Desk

SEQUENCE, FAR_BACK = "newsroom_historicalcase_history_id_seq", -900_000


def edit(attacker: Attacker, desk: Desk, title: str) -> None:
    """As the application does it."""
    attacker.connection.execute(
        "UPDATE newsroom_case SET title = %s, version = version + 1 WHERE id = %s", [title, desk.case]
    )
    attacker.connection.execute(
        "SELECT audit_append(NULL, NULL, 'case.edit', %s, 'Chadi', NULL, %s, '', '',"
        " ARRAY['newsroom_historicalcase'], ARRAY[%s::jsonb])",
        [desk.user, desk.case, json.dumps({str(desk.case): "~"})],
    )


@pytest.mark.parametrize("since_checkpoint", [False, True])
def test_a_version_that_looks_older_than_it_is(
    attacker: Attacker, verified: Verify, desk: Desk, since_checkpoint: bool
) -> None:
    before = attacker.connection.execute("SELECT title, version FROM newsroom_case WHERE id = %s", [desk.case])
    title, version = before.fetchall()[0]
    attacker.connection.execute(f"ALTER SEQUENCE {SEQUENCE} MINVALUE -1000000 RESTART WITH {FAR_BACK}".encode())
    edit(attacker, desk, "Edited")
    report = verified(since_checkpoint=since_checkpoint)
    assert report.counts == {"history.order": 1, "schema.sequence": 1}, "the edit itself was an honest one"
    found = report.findings[0]
    assert (found.row, found.object, found.index) == (FAR_BACK, str(desk.case), desk.size)

    attacker.connection.execute(f"ALTER SEQUENCE {SEQUENCE} RESTART WITH 1000".encode())
    attacker.do(f"UPDATE newsroom_case SET title = '{title}', version = {version} WHERE id = {desk.case}")
    report = verified(since_checkpoint=since_checkpoint)
    assert report.counts == {"history.order": 1, "live.changed": 1}
    assert (report.findings[1].object, report.findings[1].row) == (str(desk.case), FAR_BACK)


@pytest.mark.parametrize("since_checkpoint", [False, True])
def test_versions_that_follow_one_put_far_ahead(
    attacker: Attacker, verified: Verify, desk: Desk, since_checkpoint: bool
) -> None:
    """The one would be the latest for good."""
    attacker.connection.execute(f"ALTER SEQUENCE {SEQUENCE} RESTART WITH 900000".encode())
    edit(attacker, desk, "Edited")
    assert verified(since_checkpoint=since_checkpoint).fits
    attacker.connection.execute(f"ALTER SEQUENCE {SEQUENCE} RESTART WITH 1000".encode())
    edit(attacker, desk, "Again")
    report = verified(since_checkpoint=since_checkpoint)
    assert report.counts == {"history.order": 1, "schema.sequence": 1}
    assert (report.findings[0].row, report.findings[0].index) == (1000, desk.size + 1)


@pytest.mark.parametrize("since_checkpoint", [False, True])
def test_an_act_that_looks_older_than_it_is(
    attacker: Attacker, verified: Verify, desk: Desk, since_checkpoint: bool
) -> None:
    """It was begun ten minutes after all others were recorded."""
    last, later = desk.size - 1, timedelta(minutes=10)
    act, at, recorded_at = attacker.connection.execute(
        "SELECT act_id, at, recorded_at FROM audit_entry JOIN audit_act a ON a.id = act_id WHERE index = %s", [last]
    ).fetchall()[0]
    attacker.do(f"""
        UPDATE audit_act SET id = {FAR_BACK}, at = at + interval '{later}' WHERE id = {act};
        UPDATE audit_entry SET recorded_at = recorded_at + interval '{later}' WHERE index = {last}
    """)

    def say(said: dict[str, Any]) -> None:
        said |= {"act": FAR_BACK, "at": _said(at + later), "recorded_at": _said(recorded_at + later)}

    attacker.say(last, say)
    attacker.rebuild()
    report = verified(since_checkpoint=since_checkpoint)
    assert report.counts == {"act.order": 1}
    assert (report.findings[0].act, report.findings[0].index) == (FAR_BACK, last)


def _said(at: Any) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S.%f}Z"


def test_what_is_no_order_of_acts() -> None:
    """They may take their numbers long before they are recorded, and then they are recorded in any order."""
    acts = [
        # number, began, recorded, in minutes
        (5, 0, 0),
        (9, 10, 10),
        (7, 9, 15),  # as it began, the ninth was not recorded yet
        (6, 1, 30),
        (10, 40, 40),
        (8, 10, 41),  # the clock is let pass a minute
        (4, 12, 42),  # the ninth was recorded by then
        (11, 43, 43),
        (-1, 60, 60),
        (12, 61, 61),
    ]
    numbers = Numbers()
    found = [number for number, began, at in acts if numbers.falls(number, began * MINUTE, at * MINUTE)]
    assert found == [4, -1]


# What numbers the next acts and versions, and why it does not do so upwards and one after another.
SET_BACK = [
    (f"ALTER SEQUENCE {SEQUENCE} RESTART WITH 1", "newsroom_historicalcase", "set back"),
    (f"ALTER SEQUENCE {SEQUENCE} MINVALUE -9 INCREMENT BY -1", "newsroom_historicalcase", "increment"),
    ("ALTER SEQUENCE audit_act_id_seq CYCLE", "audit_act", "cycle"),
    ("ALTER SEQUENCE audit_act_id_seq CACHE 50", "audit_act", "cache"),
    ("ALTER SEQUENCE audit_act_id_seq RESTART WITH 7", "audit_act", "set back"),
    (
        "ALTER SEQUENCE audit_act_id_seq RENAME TO other; CREATE SEQUENCE audit_act_id_seq START 900000",
        "audit_act",
        "name",
    ),
    ("ALTER TABLE audit_act ALTER id DROP IDENTITY", "audit_act", "none"),
]


@pytest.mark.parametrize(("done", "table", "detail"), SET_BACK, ids=[done for done, _, _ in SET_BACK])
def test_a_sequence_that_would_number_otherwise(
    attacker: Attacker, verified: Verify, done: str, table: str, detail: str
) -> None:
    attacker.connection.execute(done.encode())
    found = [each for each in verified().findings if each.kind == "schema.sequence"]
    assert [(each.table, each.detail) for each in found] == [(table, detail)]
