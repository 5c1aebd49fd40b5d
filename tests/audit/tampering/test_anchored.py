"""What anchors hold against whoever owns the database: receipts kept here, and checkpoints kept elsewhere."""

import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import Settings

from audit.signing import trusted_keys
from audit.stamps import places, rfc3161
from audit.stamps.said import ENGLISH, Code
from audit.verifying.findings import Finding, Found, Kind
from audit.verifying.session import reading
from audit.verifying.witnesses import Witness, anchored
from audit.wording.findings import sentence
from audit.wording.receipts import DETAILS
from tests.audit.tampering.attacker import Attacker
from tests.audit.tampering.conftest import Verify
from tests.audit.tampering.desk import Desk
from tests.audit.tampering.test_signed import forget_the_signed, make_all_anew, sign_all_anew
from tests.authority import Authority, found

URL = "https://tsa.example/tsr"


@pytest.fixture
def authority(tmp_path: Path, settings: Settings) -> Authority:
    authority = found(tmp_path / "honest")
    settings.TIMESTAMP_AUTHORITIES = [f"{URL} {authority.roots}"]
    return authority


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, desk: Desk) -> Path:
    """A folder of somebody else's, with the latest checkpoint in it."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    settings.LEDGER_ANCHORS = [f"file:{folder}"]
    places.write(str(folder), desk.late, desk.late_note)
    return folder


def stamped(attacker: Attacker, desk: Desk, authority: Authority) -> None:
    """The late checkpoint with a token of that authority, as a worker leaves it."""
    sent = rfc3161.request(sha256(desk.late_note.encode()).digest())
    keep(attacker, desk, sent, authority.reply(sent))


def keep(attacker: Attacker, desk: Desk, sent: bytes, receipt: bytes) -> None:
    said = (desk.late, URL, datetime.now(UTC), desk.late_note, sent, receipt)
    attacker.connection.execute(
        b"WITH made AS (INSERT INTO audit_anchor (checkpoint_id, kind, target, state, reason, detail, attempts,"
        b" retry_reason, lease_owner) VALUES (%s, 'RFC3161', %s, 'STAMPED', '', '', 1, '', '') RETURNING id)"
        b" INSERT INTO audit_anchorreceipt (anchor_id, state, said_by, said_at, note, sent, receipt)"
        b" SELECT id, 'STAMPED', 'CN=A time authority', %s, %s, %s, %s FROM made",
        said,
    )
    attacker.connection.execute(b"SET CONSTRAINTS ALL IMMEDIATE")  # or its tables could not be altered any more


def test_it_works(attacker: Attacker, verified: Verify, desk: Desk, authority: Authority, folder: Path) -> None:
    stamped(attacker, desk, authority)
    report = verified()
    assert report.fits, report.findings


def test_a_folder_elsewhere_tells_without_being_asked(
    attacker: Attacker, verified: Verify, desk: Desk, folder: Path
) -> None:
    """The same attacks that nobody can see without a witness."""
    forget_the_signed(attacker, desk)
    report = verified()
    assert {*report.counts} == {"witness.beyond"}
    assert report.findings[0].object == str(folder / f"checkpoint-{desk.late:012}.txt")


@pytest.mark.parametrize(("deed", "kind"), [(make_all_anew, "witness.root"), (sign_all_anew, "witness.fork")])
def test_a_log_made_anew_is_another_one(
    attacker: Attacker, verified: Verify, desk: Desk, folder: Path, deed: object, kind: str
) -> None:
    deed(attacker, desk)  # type: ignore[operator]
    assert {*verified().counts} == {kind}


@pytest.mark.parametrize("wanted", [{}, {"since_checkpoint": True}])
@pytest.mark.parametrize("way", ["folder", "file"])
def test_what_the_desk_left_there_since_hides_nothing(
    attacker: Attacker,
    verified: Verify,
    desk: Desk,
    tmp_path: Path,
    settings: Settings,
    way: str,
    wanted: dict[str, bool],
) -> None:
    """It goes on leaving checkpoints, of a log that was made anew."""
    place = tmp_path / way
    if way == "folder":
        place.mkdir()
    settings.LEDGER_ANCHORS = [f"file:{place}"]
    for size, note in ((desk.early, desk.early_note), (desk.late, desk.late_note)):
        places.write(str(place), size, note)
    assert verified(**wanted).fits
    sign_all_anew(attacker, desk)
    places.write(str(place), desk.size, attacker.sign(desk.size, attacker.root()))
    report = verified(**wanted)
    assert report.counts["witness.fork"] == 1
    assert {*report.counts} == {"witness.fork", "witness.absent"}  # what was altered came after the early one
    assert {each.detail for each in report.findings} == {str(desk.early), str(desk.late)}


def test_of_what_stands_here_word_for_word_nothing_is_kept_in_mind(
    attacker: Attacker, desk: Desk, folder: Path
) -> None:
    """A year leaves 52,000 there."""
    places.write(str(folder), desk.early, desk.early_note)
    (folder / f"checkpoint-{desk.middle:012}.txt").write_text(desk.early_note[:20])  # of somebody who was killed
    for expected in ({desk.late_note}, {desk.early_note, desk.late_note}):
        with reading(attacker.connection) as session:
            kept: list[Witness] = []
            anchored(session, trusted_keys(), Found(), kept)
            assert {each.text for each in kept} == expected
        attacker.do(f"DELETE FROM audit_checkpoint WHERE size = {desk.early}")


def test_what_is_gone_of_anchors_here_hides_nothing_elsewhere(
    attacker: Attacker, verified: Verify, desk: Desk, folder: Path
) -> None:
    sign_all_anew(attacker, desk)
    attacker.connection.execute(b"DROP TABLE audit_anchor CASCADE")
    assert "witness.fork" in verified().counts


@pytest.mark.parametrize(("later", "kinds"), [(60, set()), (-60, {"witness.beyond"})])
def test_what_comes_there_while_it_is_read_is_no_log_that_was_cut_off(
    attacker: Attacker, verified: Verify, desk: Desk, folder: Path, later: int, kinds: set[str]
) -> None:
    """The desk goes on signing; of a log that was cut off, what lay there before says so."""
    places.write(str(folder), desk.size + 1, attacker.sign(desk.size + 1, b"0" * 32))
    at = time.time() + later
    os.utime(folder / f"checkpoint-{desk.size + 1:012}.txt", (at, at))
    assert {*verified().counts} == kinds


def test_one_file_that_cannot_be_read_hides_no_other(
    attacker: Attacker, verified: Verify, desk: Desk, folder: Path
) -> None:
    (folder / f"checkpoint-{desk.early:012}.txt").mkdir()
    sign_all_anew(attacker, desk)
    assert {*verified().counts} == {"anchor", "witness.fork"}


def test_a_folder_that_is_gone_is_said(verified: Verify, desk: Desk, folder: Path) -> None:
    (folder / f"checkpoint-{desk.late:012}.txt").unlink()
    folder.rmdir()
    report = verified()
    assert {*report.counts} == {"anchor"}
    assert "cannot be read" in report.findings[0].detail


def test_a_token_that_was_altered(attacker: Attacker, verified: Verify, desk: Desk, authority: Authority) -> None:
    stamped(attacker, desk, authority)
    attacker.do("UPDATE audit_anchorreceipt SET receipt = set_byte(receipt, 200, get_byte(receipt, 200) # 1)")
    assert {*verified().counts} == {"anchor.untrusted"}


def test_a_token_for_another_question(attacker: Attacker, verified: Verify, desk: Desk, authority: Authority) -> None:
    digest = sha256(desk.late_note.encode()).digest()
    keep(attacker, desk, rfc3161.request(digest), authority.reply(rfc3161.request(digest)))
    assert "NONCE_DIFFERS" in verified().findings[0].detail


def test_an_authority_that_is_not_believed(
    attacker: Attacker, verified: Verify, desk: Desk, authority: Authority, settings: Settings
) -> None:
    stamped(attacker, desk, authority)
    settings.TIMESTAMP_AUTHORITIES = []
    report = verified()
    assert "no root certificates" in report.findings[0].detail
    assert f"checkpoint {desk.late}" in report.findings[0].object
    settings.TIMESTAMP_AUTHORITIES_RETIRED = [f"{URL} {authority.roots}"]
    assert verified().fits


def test_a_checkpoint_that_is_gone_stands_in_its_receipt(
    attacker: Attacker, verified: Verify, desk: Desk, authority: Authority
) -> None:
    stamped(attacker, desk, authority)
    attacker.do(f"DELETE FROM audit_checkpoint WHERE size = {desk.late}")
    assert {*verified().counts} == {"anchor.checkpoint", "witness.absent"}


def test_a_log_signed_anew_does_not_continue_what_was_stamped(
    attacker: Attacker, verified: Verify, desk: Desk, authority: Authority
) -> None:
    stamped(attacker, desk, authority)
    sign_all_anew(attacker, desk)
    assert {*verified().counts} == {"anchor.checkpoint", "witness.fork"}


def test_receipts_are_guarded_like_the_record(attacker: Attacker, verified: Verify, desk: Desk) -> None:
    attacker.connection.execute(b"ALTER TABLE audit_anchorreceipt DISABLE TRIGGER record_stays")
    assert {*verified().counts} == {"schema.trigger_off"}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("named", [True, False])
def test_what_was_found_is_told_in_the_readers_language(
    verified: Verify, desk: Desk, folder: Path, named: bool, language: str
) -> None:
    """Whose folder it is, to who runs the installation alone; the report itself stays in English."""
    (folder / f"checkpoint-{desk.late:012}.txt").unlink()
    folder.rmdir()
    (finding,) = verified().findings
    assert (finding.object, finding.detail) == (str(folder), "cannot be read: it is not there")
    with translation.override(language):
        told = sentence(finding, named=named)
        assert (str(folder) in told) is named
        assert str(gettext("it is not there any more")) in told
        assert ("not there" in told) is (language == "en")


def test_a_witness_that_does_not_fit_is_not_named_to_everybody(
    attacker: Attacker, verified: Verify, desk: Desk, folder: Path
) -> None:
    forget_the_signed(attacker, desk)
    (finding,) = verified().findings
    assert str(folder) in sentence(finding, named=True)
    assert str(folder) not in sentence(finding, named=False)
    # and in a report from before the place was kept apart
    assert str(folder) not in sentence(replace(finding, kept="", place=""), named=False)


def test_what_is_wrong_with_a_mail_reads_as_a_sentence() -> None:
    finding = Finding(Kind.ANCHOR_MAIL, object="a@b.example, checkpoint 54", kept="MAIL", place="a@b.example", size=54)
    ends = "(checkpoint over 54 entries) does not hold the checkpoint."
    assert sentence(finding, named=False) == f"The mail that was sent to the mailbox of an outsider {ends}"
    assert sentence(finding, named=True) == f"The mail that was sent to a@b.example {ends}"
    made = replace(finding, kind=Kind.ANCHOR_RECEIPT)
    assert sentence(made, named=False).startswith(
        "The anchor at the mailbox of an outsider (checkpoint over 54 entries) is"
    )


def test_a_library_is_quoted_in_its_own_words(
    attacker: Attacker, verified: Verify, desk: Desk, authority: Authority
) -> None:
    stamped(attacker, desk, authority)
    attacker.do("UPDATE audit_anchorreceipt SET receipt = 'none at all'::bytea")
    (finding,) = verified().findings
    assert (finding.kind, finding.code) == (Kind.ANCHOR_FORM, Code.NO_REPLY)
    with translation.override("ar"):
        told = sentence(finding, named=False)
    assert "tsa.example" in told
    assert "time stamp" not in told


def test_every_code_has_words_and_the_same_in_english_in_reports() -> None:
    assert set(DETAILS) == set(ENGLISH) == set(Code)
