"""Before it signs, the desk looks at what lies outside; what cannot be read there ends no signing."""

import os
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from pytest_django import Settings

from audit import checkpoints, elsewhere
from audit.acts import act
from audit.domain.notes import Checkpoint as Statement
from audit.domain.notes import signed
from audit.models import Checkpoint
from audit.signing import signing_keys
from audit.stamps import left, places
from tests.cast import Cast


@pytest.fixture(params=["folder", "file"])
def place(request: pytest.FixtureRequest, tmp_path: Path, settings: Settings) -> Path:
    place = tmp_path / "elsewhere"
    if request.param == "folder":
        place.mkdir()
    settings.LEDGER_ANCHORS = [f"file:{place}"]
    return place


def one_more() -> None:
    with act("tests.nothing", actor="tests"):
        pass


def left_there(place: Path) -> Checkpoint:
    made = checkpoints.make()
    assert made is not None
    places.write(str(place), made.size, made.note)
    return made


def of_another_log(size: int, key_of: str = "") -> str:
    key = signing_keys()[0]
    return signed(Statement(key.name, size, b"0" * 32), [(key_of or key.name, key.public, key.sign)]).text


def test_it_signs_what_goes_on(cast: Cast, place: Path) -> None:
    left_there(place)
    one_more()
    left_there(place)
    one_more()
    assert left_there(place).is_signed


def test_a_log_whose_checkpoints_were_taken_away_is_not_signed(cast: Cast, place: Path) -> None:
    """A superuser without the key: the desk would sign for them, and has another log outside."""
    left_there(place)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE audit_checkpoint DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE audit_anchor DISABLE TRIGGER USER; DELETE FROM audit_anchor")
        cursor.execute("DELETE FROM audit_checkpoint")
        cursor.execute("UPDATE audit_head SET packed = decode(repeat('00', length(packed)), 'hex')")
    one_more()
    with pytest.raises(checkpoints.Forked, match="lie outside"):
        checkpoints.make()
    assert not Checkpoint.objects.exists()


def test_without_anything_outside_nobody_can_tell(cast: Cast, place: Path, settings: Settings) -> None:
    places.write(str(place), 1, of_another_log(1))
    with pytest.raises(checkpoints.Forked):
        checkpoints.make()
    settings.LEDGER_ANCHORS = []
    assert checkpoints.make() is not None


def test_what_lies_there_and_is_not_ours_hinders_nothing(cast: Cast, place: Path) -> None:
    left_there(place)
    places.write(str(place), 10**9, "nothing\n")
    places.write(str(place), 10**9 + 1, of_another_log(10**9 + 1, key_of="somebody.else"))
    one_more()
    assert checkpoints.make() is not None


def test_a_place_that_is_gone_hinders_nothing(cast: Cast, tmp_path: Path, settings: Settings) -> None:
    settings.LEDGER_ANCHORS = [f"file:{tmp_path / 'none' / 'at all'}"]
    assert checkpoints.make() is not None


def test_a_place_that_never_answers_hinders_nothing(
    cast: Cast, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe at whose other end nobody is hangs like a disk that is gone. It is not asked again while it hangs."""
    monkeypatch.setattr(elsewhere, "PATIENCE", 0.1)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    settings.LEDGER_ANCHORS = [f"file:{pipe}"]
    assert checkpoints.make() is not None
    hanging = elsewhere._asked[str(pipe)]
    one_more()
    assert checkpoints.make() is not None
    assert elsewhere._asked[str(pipe)] is hanging
    with pipe.open("wb"):  # lets it go
        hanging.join(5)
    assert not hanging.is_alive()


NOTES = [of_another_log(size) for size in (7, 1203)]


def test_notes_are_found_in_whatever_was_kept() -> None:
    one, two = NOTES
    assert left.notes_of(one.encode()) == [one]
    assert left.notes_of(f"{one}\x1e{two}\x1e".encode()) == NOTES
    assert left.notes_of(f"{one[:60]}\x1e{one}\x1e{two[:-9]}\x1e{two}\x1e".encode()) == NOTES  # some were cut short
    assert left.notes_of(one.replace("\n", "\r\n").encode()) == [one]
    assert left.notes_of(b"nothing\n\n") == []


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_notes_are_found_in_saved_mails(encoding: str, language: str) -> None:
    """However mail servers on the way encoded them, and several in one file as mail programs keep them."""
    kept = b""
    for size, note in zip((7, 1203), NOTES, strict=True):
        with translation.override(language):
            sent = places.mail("outsider@example.org", size, note)
        message = message_from_bytes(sent.encode("utf-8", "surrogateescape"), policy=policy.default)
        text = message.get_content()
        message.set_content(text, cte=encoding, charset="utf-8")
        assert left.notes_of(message.as_bytes()) == [note]
        kept += b"From outsider@example.org Sat Nov 28 12:00:00 2026\n" + message.as_bytes() + b"\n"
    assert left.notes_of(kept) == NOTES
