"""Checkpoints that were tampered with, and what those that are kept elsewhere give away."""

import base64
from collections.abc import Callable
from hashlib import sha256

import pytest
from pytest_django import Settings

from audit.signing import signing_keys
from audit.verifying.witnesses import Witness
from tests.audit.tampering.attacker import Attacker
from tests.audit.tampering.conftest import Verify
from tests.audit.tampering.desk import Desk
from tests.audit.tampering.test_log import cut_off_the_tail, reword

OTHER = b"another seed of thirty-two bytes"
Deed = Callable[[Attacker, Desk], None]


def edit(attacker: Attacker, desk: Desk) -> None:
    attacker.do(
        f"UPDATE audit_checkpoint SET note = replace(note, '\n{desk.late}\n', '\n7\n') WHERE size = {desk.late}"
    )


def renumber(attacker: Attacker, desk: Desk) -> None:
    attacker.do(f"UPDATE audit_checkpoint SET size = {desk.late - 1} WHERE size = {desk.late}")


def spoil(attacker: Attacker, desk: Desk) -> None:
    attacker.do(f"UPDATE audit_checkpoint SET note = 'nothing' WHERE size = {desk.late}")


def sign_by_another(attacker: Attacker, desk: Desk) -> None:
    """Able, but without the key: the log is made anew and signed by a key of the same name."""
    reword(attacker, desk)
    attacker.do("DELETE FROM audit_checkpoint")
    attacker.put_checkpoint(desk.size, attacker.sign(desk.size, attacker.root(), OTHER))


def sign_what_is_not(attacker: Attacker, desk: Desk) -> None:
    attacker.put_checkpoint(desk.size, attacker.sign(desk.size, b"0" * 32))


def sign_the_future(attacker: Attacker, desk: Desk) -> None:
    attacker.put_checkpoint(desk.size + 5, attacker.sign(desk.size + 5, b"0" * 32))


def fork(attacker: Attacker, desk: Desk) -> None:
    """With the key: the log is made anew and its latest checkpoint too, an earlier one is forgotten."""
    reword(attacker, desk)
    attacker.put_checkpoint(desk.size, attacker.sign(desk.size, attacker.root()))


def at(time: str) -> Deed:
    return lambda attacker, desk: attacker.do(
        f"UPDATE audit_checkpoint SET made_at = {time} WHERE size = {desk.middle}"
    )


def put(size: str, note: str) -> Deed:
    return lambda attacker, desk: attacker.do(
        f"INSERT INTO audit_checkpoint (size, note, occasion) VALUES ({size}, {note}, '')"
    )


def sign_nothing(attacker: Attacker, desk: Desk) -> None:
    attacker.put_checkpoint(0, attacker.sign(0, sha256(b"").digest()))


DEEDS: list[tuple[Deed, str, str]] = [
    (edit, "checkpoint.signature", "{late}"),
    (renumber, "checkpoint.size", "{before_late}"),
    (spoil, "checkpoint.form", "{late}"),
    (sign_by_another, "checkpoint.key", "{size}"),
    (sign_what_is_not, "checkpoint.root", "{size}"),
    (sign_the_future, "checkpoint.beyond", "{future}"),
    (lambda attacker, desk: cut_off_the_tail(attacker, desk, desk.middle), "checkpoint.beyond", "{late}"),
    (fork, "checkpoint.fork", "{middle}"),
    (at("made_at - interval '3 days'"), "checkpoint.time", "{middle}"),
    (at("made_at - interval '5 minutes'"), "checkpoint.time", "{middle}"),
    (at("'-infinity'"), "checkpoint.time", "{middle}"),
    (at("'0044-03-15 BC'"), "checkpoint.time", "{middle}"),
    (at("'4713-11-24 00:00:00+00 BC'"), "checkpoint.time", "{middle}"),
    (at("made_at + interval '3 days'"), "checkpoint.time", "{middle}"),
    (at("'infinity'"), "checkpoint.time", "{middle}"),
    (put("0", "'x'"), "checkpoint.form", "0"),
    (put("-5", "'x'"), "checkpoint.form", "-5"),
    (put("-5", "(SELECT note FROM audit_checkpoint LIMIT 1)"), "checkpoint.form", "-5"),
    (sign_nothing, "checkpoint.form", "0"),
]


@pytest.mark.parametrize(("deed", "kind", "checkpoint"), DEEDS)
def test_it_is_found(attacker: Attacker, verified: Verify, desk: Desk, deed: Deed, kind: str, checkpoint: str) -> None:
    deed(attacker, desk)
    report = verified()
    assert {*report.counts} == {kind}, report.findings
    where = {**vars(desk), "before_late": desk.late - 1, "future": desk.size + 5}
    assert report.findings[0].object == checkpoint.format(**where)


def forget_the_signed(attacker: Attacker, desk: Desk) -> None:
    """The end of the log goes, and the checkpoint that knew of it."""
    cut_off_the_tail(attacker, desk, desk.middle)
    attacker.do(f"DELETE FROM audit_checkpoint WHERE size = {desk.late}")


def make_all_anew(attacker: Attacker, desk: Desk) -> None:
    """With the key, and thoroughly: no checkpoint is left of before."""
    reword(attacker, desk)
    attacker.do("DELETE FROM audit_checkpoint")


def sign_all_anew(attacker: Attacker, desk: Desk) -> None:
    make_all_anew(attacker, desk)
    attacker.put_checkpoint(desk.size, attacker.sign(desk.size, attacker.root()))


ELSEWHERE: list[tuple[Deed, str]] = [
    (forget_the_signed, "witness.beyond"),
    (make_all_anew, "witness.root"),
    (sign_all_anew, "witness.fork"),
    (lambda attacker, desk: attacker.do(f"DELETE FROM audit_checkpoint WHERE size = {desk.late}"), "witness.absent"),
]


@pytest.mark.parametrize(
    ("deed", "kind"), ELSEWHERE, ids=["forget_the_signed", "make_all_anew", "sign_all_anew", "remove_a_checkpoint"]
)
def test_a_checkpoint_kept_elsewhere_tells(
    attacker: Attacker, verified: Verify, desk: Desk, deed: Deed, kind: str
) -> None:
    deed(attacker, desk)
    assert verified().fits, "without a witness nobody can tell"
    report = verified(witnesses=[Witness("kept.txt", desk.late_note)])
    assert {*report.counts} == {kind}
    assert report.findings[0].object == "kept.txt"


@pytest.mark.parametrize(
    ("text", "kind"), [("", "witness.form"), ("edited", "witness.signature"), ("of another", "witness.key")]
)
def test_a_witness_must_be_one(attacker: Attacker, verified: Verify, desk: Desk, text: str, kind: str) -> None:
    if text == "edited":
        text = desk.late_note.replace(f"\n{desk.late}\n", "\n7\n")
    elif text:
        text = attacker.sign(desk.late, b"0" * 32, OTHER)
    assert {*verified(witnesses=[Witness("kept.txt", text)]).counts} == {kind}


def test_witnesses_of_an_untouched_record_agree(verified: Verify, desk: Desk) -> None:
    kept = [Witness("early", desk.early_note), Witness("late", desk.late_note)]
    assert verified(witnesses=kept).fits
    assert verified(witnesses=kept, since_checkpoint=True).fits


def test_what_a_key_signed_that_is_trusted_no_more_is_not_believed(verified: Verify, settings: Settings) -> None:
    old = signing_keys()[0].verifier
    settings.LEDGER_KEYS = [base64.b64encode(OTHER).decode()]
    assert verified().counts == {"checkpoint.key": 6}
    settings.LEDGER_TRUSTED_KEYS = [old]
    assert verified().fits


def test_a_checkpoint_made_before_the_one_under_it_is_found(attacker: Attacker, verified: Verify, desk: Desk) -> None:
    """Also where nothing was recorded in between."""
    attacker.do(f"UPDATE audit_checkpoint SET made_at = made_at + interval '5 minutes' WHERE size = {desk.late}")
    attacker.do("UPDATE audit_checkpoint SET made_at = made_at - interval '1 day'")
    attacker.do("UPDATE audit_entry SET recorded_at = recorded_at - interval '1 day'")
    kept = {"entry.recorded_at", "head.time"}
    assert {*verified().counts} - kept == set()
    attacker.put_checkpoint(desk.size, attacker.sign(desk.size, attacker.root()))
    attacker.do(
        f"UPDATE audit_checkpoint SET made_at = (SELECT made_at - interval '4 minutes' FROM audit_checkpoint"
        f" WHERE size = {desk.late}) WHERE size = {desk.size}"
    )
    report = verified()
    assert {*report.counts} - kept == {"checkpoint.time"}
    assert [each.object for each in report.findings if each.kind == "checkpoint.time"] == [str(desk.size)]


def test_since_the_latest_checkpoint_only_what_came_after_is_read(
    attacker: Attacker, verified: Verify, desk: Desk
) -> None:
    report = verified(since_checkpoint=True)
    assert (report.fits, report.since, report.size) == (True, desk.late, desk.size)
    attacker.do(f"UPDATE audit_act SET reason = 'Another' WHERE id = {desk.first_act}")
    assert verified(since_checkpoint=True).fits, "it is taken for right, unseen"
    attacker.do("UPDATE audit_act SET reason = 'Another' WHERE id = (SELECT max(id) FROM audit_act)")
    assert verified(since_checkpoint=True).counts == {"act.changed": 1}


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        ("UPDATE newsroom_historicalcase SET title = 'Other' WHERE history_id = {0.first_row}", "history.changed"),
        ("DELETE FROM newsroom_historicalcase WHERE history_id = {0.first_row}", "history.removed"),
        (
            "INSERT INTO newsroom_historicalcase SELECT (jsonb_populate_record(h, '{{\"history_id\": 900000}}')).* "
            "FROM newsroom_historicalcase h WHERE history_id = {0.first_row}",
            "history.added",
        ),
        (
            "INSERT INTO audit_act SELECT (jsonb_populate_record(a, '{{\"id\": 900000}}')).* "
            "FROM audit_act a WHERE id = {0.first_act}",
            "act.added",
        ),
        ("UPDATE newsroom_case SET title = 'Other' WHERE id = {0.case}", "live.changed"),
        ("DELETE FROM audit_entry WHERE index = {0.size} - 1", "head.size"),
    ],
)
def test_since_a_checkpoint_what_was_done_to_what_came_after_is_found(
    attacker: Attacker, verified: Verify, desk: Desk, deed: str, kind: str
) -> None:
    attacker.do(f"DELETE FROM audit_checkpoint WHERE size > {desk.early}")
    assert verified(since_checkpoint=True).fits
    attacker.do(deed.format(desk))
    report = verified(since_checkpoint=True)
    assert report.since == desk.early
    assert kind in report.counts


def test_a_checkpoint_that_does_not_fit_is_no_ground_to_stand_on(
    attacker: Attacker, verified: Verify, desk: Desk
) -> None:
    reword(attacker, desk)
    report = verified(since_checkpoint=True)
    assert (report.since, {*report.counts}) == (desk.early, {"checkpoint.root"})
