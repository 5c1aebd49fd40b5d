"""What is left behind to break the verifier itself: values that nothing reads, tables that are gone.

Whatever it was, it is named at its place, and what else was done is found beside it.
"""

from typing import Any

import psycopg
import pytest

from audit.verifying import live
from audit.verifying.findings import Kind
from audit.verifying.run import verify
from audit.verifying.session import Session
from audit.wording.findings import sentence
from tests.audit.tampering.attacker import Attacker
from tests.audit.tampering.conftest import Verify, own_connection
from tests.audit.tampering.desk import Desk

TIMES = ["infinity", "-infinity", "0044-03-15 BC", "4713-11-24 00:00:00+00 BC", "294276-12-31 23:59:59+00"]
EDIT = "UPDATE newsroom_historicalcase SET title = 'Other' WHERE history_id = {second_row};"

BREAKS: list[tuple[str, str, dict[str, Any]]] = [
    *(
        (f"UPDATE audit_entry SET recorded_at = '{time}' WHERE index = {{first}}", "entry.recorded_at", {"index": "{first}"})
        for time in TIMES
    ),
    *((f"UPDATE audit_head SET recorded_at = '{time}'", "head.time", {"detail": time}) for time in TIMES[:2]),
    *(
        (f"UPDATE audit_act SET at = '{time}' WHERE id = {{first_act}}", "act.changed", {"act": "{first_act}", "detail": "at"})
        for time in (TIMES[0], TIMES[1], TIMES[4])
    ),
    (
        "UPDATE newsroom_historicalcase SET history_date = 'infinity' WHERE history_id = {first_row}",
        "history.changed",
        {"row": "{first_row}"},
    ),
    ("UPDATE verification_claim SET created_at = '-infinity' WHERE id = {claim}", "live.changed", {"object": "{claim}"}),
    ("DROP TABLE verification_historicalcomment CASCADE", "schema.table", {"table": "verification_historicalcomment"}),
    ("DROP TABLE verification_comment CASCADE", "schema.table", {"table": "verification_comment"}),
    ("DROP TABLE audit_anchor CASCADE", "schema.table", {"table": "audit_anchor"}),
    ("DROP TABLE audit_anchorreceipt CASCADE", "schema.table", {"table": "audit_anchorreceipt"}),
    ("DROP TABLE audit_ledgerkey CASCADE", "schema.table", {"table": "audit_ledgerkey"}),
    (
        "ALTER TABLE audit_checkpoint ALTER note DROP NOT NULL; UPDATE audit_checkpoint SET note = NULL WHERE size = {late}",
        "checkpoint.form",
        {"object": "{late}"},
    ),
    (
        "ALTER TABLE verification_historicalcomment RENAME act_id TO other_id",
        "schema.column",
        {"table": "verification_historicalcomment"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("done", "kind", "place"), BREAKS, ids=[done[:90] for done, _, _ in BREAKS])
def test_it_is_named_and_the_rest_is_found(
    attacker: Attacker, verified: Verify, desk: Desk, done: str, kind: str, place: dict[str, Any]
) -> None:
    attacker.do(EDIT.format(**vars(desk)))
    attacker.connection.execute(b"SET LOCAL session_replication_role = replica")
    for table in attacker.record:
        attacker.connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
    attacker.connection.execute(done.format(**vars(desk)).encode())
    report = verified()
    found = [each for each in report.findings if each.kind == kind]
    values = {member: value.format(**vars(desk)) for member, value in place.items()}
    assert any({name: str(getattr(each, name)) for name in values} == values for each in found), report.findings
    assert "history.changed" in report.counts
    assert all(sentence(each, named=True) for each in report.findings)


@pytest.mark.parametrize(
    "said",
    [
        {"at": "whenever"},
        {"at": None},
        {"actor_name": {"a": 1}},
        {"actor_name": "\0"},
        {"reason": ["x"]},
    ],
)
def test_an_entry_that_says_what_no_act_can_be(
    attacker: Attacker, verified: Verify, desk: Desk, said: dict[str, Any]
) -> None:
    attacker.say(desk.first, lambda entry: entry.update(said))
    attacker.rebuild()
    assert verified().counts


def test_a_part_that_fails_is_a_finding_and_the_rest_goes_on(
    attacker: Attacker, verified: Verify, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever nobody has thought of yet, in the midst of reading."""
    honest = live._COMPARED

    class Broken(str):
        def format(self, *args: Any, **named: Any) -> str:
            query = honest.format(*args, **named)
            return "SELECT 1 / 0 WHERE %s > 0" if named["live"] == "newsroom_user" else query

    monkeypatch.setattr(live, "_COMPARED", Broken())
    attacker.do(f"UPDATE newsroom_case SET title = 'Other' WHERE id = {desk.case}")
    attacker.do(f"UPDATE verification_claim SET statement = 'Other' WHERE id = {desk.claim}")
    report = verified()
    assert report.counts == {Kind.UNVERIFIED: 1, Kind.LIVE_CHANGED: 2}
    (failed,) = (each for each in report.findings if each.kind is Kind.UNVERIFIED)
    assert (failed.object, failed.table) == ("live", "newsroom_user")
    assert "division by zero" in sentence(failed, named=True)
    assert "DivisionByZero" in sentence(failed, named=False)
    assert "division by zero" not in sentence(failed, named=False), "it may quote what stands there"


def test_a_connection_that_is_gone_is_no_finding(desk: Desk) -> None:
    """It is tried again: nobody is to read of tampering because a server was started anew."""
    own = own_connection()
    with own_connection() as other:
        other.execute(b"SELECT pg_terminate_backend(%s)", [own.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        Session(own).rows("SELECT 1")
    with pytest.raises(psycopg.OperationalError):
        verify(Session(own))
