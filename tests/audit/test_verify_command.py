"""What `verify_audit` says it looked at, and what it says of a log that nobody signed."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from audit import checkpoints
from audit.acts import act
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
