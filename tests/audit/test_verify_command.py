"""What `verify_audit` says it looked at, and what it says of a log that nobody signed."""

import json
import time
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from audit import checkpoints
from audit.acts import act
from audit.verifying import live
from audit.verifying.session import Session, snapshot
from tests.audit.tampering.conftest import own_connection
from tests.cast import Cast, assemble


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


def said(*options: str) -> str:
    out = StringIO()
    call_command("verify_audit", *options, stdout=out)
    return out.getvalue()


def report(*options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said("--json", *options))
    return found


def test_all_of_it_fits(people: Cast) -> None:
    made = checkpoints.make()
    assert made is not None
    assert said().startswith(f"Everything fits: {made.size} entries, signed up to {made.size}, root ")
    assert report()["remarks"] == []


def test_no_checkpoint_never_reads_as_everything_fits(people: Cast) -> None:
    heard = said()
    assert "Everything fits" not in heard
    assert "What was looked at fits, and nothing of it is signed: " in heard
    assert "are under no signed checkpoint" in heard
    assert report()["fits"] is True


def test_a_tail_that_is_not_signed_is_remarked(people: Cast) -> None:
    made = checkpoints.make()
    assert made is not None
    with act("tests.nothing", actor="tests"):
        pass
    heard = said()
    assert f"remark entry.unsigned\tEntry {made.size} is under no signed checkpoint." in heard
    assert f"Everything fits: {made.size + 1} entries, signed up to {made.size}, " in heard


def cannot_say(*options: str) -> str:
    with pytest.raises(CommandError, match="It cannot be said: ") as ended:
        said(*options)
    assert ended.value.returncode == 2
    return str(ended.value)


def test_a_database_that_does_not_answer_is_no_record_that_does_not_fit(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is told by night of tampering is not told of a server that was started anew."""
    there = connection.get_connection_params
    monkeypatch.setattr(connection, "get_connection_params", lambda: {**there(), "port": 1})
    assert "onnection" in cannot_say()


def test_a_key_that_cannot_be_used_is_none_either(people: Cast, settings: Settings) -> None:
    settings.LEDGER_KEYS = ["xx"]
    assert "LEDGER_KEYS" in cannot_say()
    settings.LEDGER_KEYS, settings.LEDGER_ANCHORS = [], ["nowhere"]
    assert "nowhere" in cannot_say()


@pytest.mark.parametrize("ended", ["pg_terminate_backend", "pg_cancel_backend"])
def test_a_connection_that_ends_in_the_midst_is_none_either(
    people: Cast, monkeypatch: pytest.MonkeyPatch, ended: str
) -> None:
    def check(session: Session, *_: Any, **__: Any) -> None:
        session.rows(f"SELECT {ended}(pg_backend_pid())")

    monkeypatch.setattr(live, "check", check)
    cannot_say()


def test_no_setting_of_the_database_ends_a_verification(people: Cast) -> None:
    name = connection.settings_dict["NAME"]
    with own_connection(autocommit=True) as own:
        for setting in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            own.execute(f"ALTER DATABASE {name} SET {setting} = '200ms'".encode())
        try:
            with snapshot() as session:
                time.sleep(0.5)
                session.rows("SELECT pg_sleep(0.5)")
        finally:
            own.execute(f"ALTER DATABASE {name} RESET ALL".encode())


def test_the_log_alone_is_not_everything(people: Cast) -> None:
    """What is not looked at is not said to fit."""
    made = checkpoints.make()
    assert made is not None
    with own_connection() as own:
        own.execute(b"ALTER TABLE audit_act DISABLE TRIGGER USER; UPDATE audit_act SET reason = 'Another'")
        own.execute(b"ALTER TABLE audit_act ENABLE TRIGGER USER")
        own.execute(b"ALTER TABLE audit_act ENABLE ALWAYS TRIGGER record_stays")
        own.execute(b"ALTER TABLE audit_act ENABLE ALWAYS TRIGGER record_stays_whole")
        own.commit()
    heard = said("--ledger-only")
    assert "Everything fits" not in heard
    assert heard.startswith("The log fits: ")
    assert "Acts, rows and objects were not looked at." in heard
    assert report("--ledger-only")["rows"] is False
    with pytest.raises(SystemExit):
        said()
