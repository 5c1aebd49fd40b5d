"""What the verifier remarks of a record that fits: how far it is signed, and what was first signed long afterwards."""

import json
from dataclasses import asdict

import pytest

from audit.verifying import remarks
from audit.verifying.remarks import About, Remark
from audit.wording.remarks import remark_sentence
from tests.audit.tampering.attacker import Attacker
from tests.audit.tampering.conftest import Verify
from tests.audit.tampering.desk import Desk
from tests.audit.tampering.test_log import reword


def test_how_far_it_is_signed(verified: Verify, desk: Desk) -> None:
    report = verified()
    assert (report.fits, report.signed) == (True, desk.late)
    (remark,) = report.remarks
    assert (remark.about, remark.index, remark.count) == (About.UNSIGNED, desk.late, desk.size - desk.late)
    assert remark.since
    assert verified(since_checkpoint=True).remarks == report.remarks


def test_a_log_under_no_checkpoint_is_signed_nowhere(attacker: Attacker, verified: Verify, desk: Desk) -> None:
    attacker.do("DELETE FROM audit_checkpoint")
    report = verified()
    assert (report.fits, report.signed) == (True, 0)
    assert [(each.index, each.count) for each in report.remarks] == [(0, desk.size)]


def test_a_checkpoint_that_does_not_fit_signs_nothing(attacker: Attacker, verified: Verify, desk: Desk) -> None:
    attacker.put_checkpoint(desk.size, attacker.sign(desk.size, b"0" * 32))
    assert verified().signed == desk.late


def age(attacker: Attacker, until: int, time: str) -> None:
    """As if the first entries and what was signed over them were that old."""
    for done in (
        f"UPDATE audit_entry SET recorded_at = recorded_at - interval '{time}' WHERE index < {until}",
        f"UPDATE audit_checkpoint SET made_at = made_at - interval '{time}' WHERE size <= {until}",
    ):
        attacker.do(done)


def test_old_entries_that_were_written_anew_and_signed_again_show(
    attacker: Attacker, verified: Verify, desk: Desk
) -> None:
    """As a superuser without the key does it: the desk itself signs what they wrote, ten minutes later."""
    age(attacker, desk.size, "3 days")
    reword(attacker, desk)
    attacker.do(f"DELETE FROM audit_checkpoint WHERE size > {desk.early}")
    attacker.put_checkpoint(desk.size, attacker.sign(desk.size, attacker.root()))
    report = verified()
    assert not any(kind.startswith("checkpoint") for kind in report.counts)
    (remark,) = report.remarks
    assert (remark.about, remark.index, remark.size) == (About.SIGNED_LATE, desk.early, desk.size)
    assert remark.count == desk.size - desk.early
    said = remark_sentence(remark)
    assert remark.since[:4] in said
    assert "written anew" in said


@pytest.mark.parametrize(("time", "late"), [("59 minutes", 0), ("61 minutes", 1)])
def test_late_is_more_than_an_hour(attacker: Attacker, verified: Verify, desk: Desk, time: str, late: int) -> None:
    attacker.do(f"DELETE FROM audit_checkpoint WHERE size = {desk.middle}")
    attacker.do(f"UPDATE audit_entry SET recorded_at = recorded_at - interval '{time}' WHERE index = {desk.early}")
    assert sum(each.about is About.SIGNED_LATE for each in verified().remarks) == late


@pytest.mark.parametrize("time", ["'infinity'", "'-infinity'", "'0044-03-15 BC'", "'294276-12-31'"])
def test_times_that_cannot_be_are_remarked_upon(attacker: Attacker, verified: Verify, desk: Desk, time: str) -> None:
    attacker.do(f"UPDATE audit_entry SET recorded_at = {time} WHERE index IN ({desk.early}, {desk.late})")
    report = verified()
    assert "unverified" not in report.counts
    assert all(remark_sentence(each) for each in report.remarks)


def test_the_latest_are_kept_and_the_others_counted(
    attacker: Attacker, verified: Verify, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remarks, "KEPT", 1)
    for size, time in ((desk.early, "2 hours"), (desk.middle, "2 days"), (desk.late, "3 hours")):
        attacker.do(f"UPDATE audit_entry SET recorded_at = recorded_at - interval '{time}' WHERE index = {size} - 1")
    report = verified()
    late = [each for each in report.remarks if each.about is About.SIGNED_LATE]
    assert (len(late), report.more_remarks) == (1, 1)
    assert late[0].size == desk.middle


def test_remarks_are_read_back() -> None:
    remark = Remark(About.SIGNED_LATE, 3, 4, "infinity", 7, "2026-11-28 10:00:00.5+00")
    assert Remark.read(json.loads(json.dumps(asdict(remark)))) == remark
    assert "infinity" in remark_sentence(remark)
