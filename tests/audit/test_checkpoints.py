"""The log is signed as it grows, and never signed where it does not continue what was signed."""

import base64
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from audit import checkpoints
from audit.acts import act
from audit.domain.notes import parse
from audit.models import Act, Anchor, Checkpoint, Entry, Head, LedgerKey
from audit.queries import proofs
from audit.signing import UnusableKey, is_signed, read_verifier, signing_keys, trusted_keys
from audit.tasks import sweep_anchors
from audit.verifying.run import verify
from audit.verifying.session import reading
from newsroom.models import Case
from tests.cast import Cast
from tests.verification import make

NEW = base64.b64encode(b"another key of thirty-two bytes!").decode()


def test_it_works(cast: Cast) -> None:
    made = checkpoints.make()
    assert made is not None
    note = parse(made.note)
    assert (note.checkpoint.size, note.checkpoint.root) == (Head.objects.get().size, proofs.root_of(made.size))
    assert note.checkpoint.origin == "isnad.localhost/ledger"
    assert is_signed(note, trusted_keys())


def test_without_anything_new_it_is_the_same(cast: Cast) -> None:
    assert checkpoints.make() == checkpoints.make()
    assert Checkpoint.objects.count() == 1


def test_of_two_that_sign_at_once_neither_sees_a_fork(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the second looks what was signed last, the first signs more than there was when the second began."""
    from audit.queries.signing import latest_signed

    def somebody_signs() -> Checkpoint | None:
        monkeypatch.undo()
        with act("case.edit", actor=cast.chadi, case=case):
            case.save()
        checkpoints.make()
        return latest_signed()

    monkeypatch.setattr(checkpoints, "latest_signed", somebody_signs)
    made = checkpoints.make()
    assert made is not None
    assert made.size == Head.objects.get().size


def test_an_empty_log_is_not_signed(db: None, settings: Settings) -> None:
    settings.LEDGER_KEYS = []
    assert checkpoints.make() is None


def test_a_ruling_is_an_occasion(cast: Cast, case: Case, django_capture_on_commit_callbacks: Any) -> None:
    claim = make.claim(cast, case)
    make.account(cast, claim)
    make.review(make.assignment(cast, claim, cast.basim))
    with django_capture_on_commit_callbacks(execute=True):
        make.verdict(cast, claim)
    assert Checkpoint.objects.first().occasion == "claim.rule"  # type: ignore[union-attr]


def test_another_act_is_none(cast: Cast, case: Case, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make.claim(cast, case)
    assert not Checkpoint.objects.exists()


def test_a_key_comes_and_goes_on_record(cast: Cast, settings: Settings) -> None:
    checkpoints.make()
    old = signing_keys()[0]
    settings.LEDGER_KEYS = [*settings.LEDGER_KEYS, NEW]
    both = checkpoints.make()
    assert both is not None
    assert len(parse(both.note).signatures) == 2
    settings.LEDGER_KEYS = [NEW]
    after = checkpoints.make()
    assert after is not None
    assert [each.retired for each in LedgerKey.objects.all()] == [True, False]
    assert list(Act.objects.filter(name__startswith="ledger.").order_by("id").values_list("name", flat=True)) == [
        "ledger.key",
        "ledger.key",
        "ledger.key_retired",
    ]
    assert Act.objects.filter(name="ledger.key").earliest("id").reason == old.verifier
    first = Checkpoint.objects.earliest("size")
    assert not is_signed(parse(first.note), trusted_keys()), "the old key is not trusted any more"
    settings.LEDGER_TRUSTED_KEYS = [old.verifier]
    assert is_signed(parse(first.note), trusted_keys())


def test_a_log_that_was_rewritten_is_not_signed(cast: Cast, case: Case) -> None:
    checkpoints.make()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_head SET packed = decode(repeat('00', length(packed)), 'hex')")
    with act("case.edit", actor=cast.chadi, case=case):
        case.save()
    with pytest.raises(checkpoints.Forked):
        checkpoints.make()
    assert Checkpoint.objects.count() == 1


def test_a_log_that_lost_its_tail_is_not_signed(cast: Cast, case: Case) -> None:
    checkpoints.make()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_entry WHERE index = (SELECT max(index) FROM audit_entry)")
        cursor.execute(
            "UPDATE audit_head SET size = 1, packed = (SELECT substr(hashes, 1, 32) FROM audit_entry WHERE index = 0)"
        )
    assert Entry.objects.exists()
    with pytest.raises(checkpoints.Forked):
        checkpoints.make()


def one_more() -> int:
    with act("tests.nothing", actor="tests"):
        pass
    return Head.objects.get().size


@pytest.mark.parametrize("size", [0, 5_000_000])
@pytest.mark.parametrize("note", ["", "isnad.localhost/ledger", None])
def test_what_others_put_there_does_not_end_the_signing(cast: Cast, size: int, note: str | None) -> None:
    """The role of the web server may add rows; nobody may take one away."""
    first = checkpoints.make()
    assert first is not None
    Checkpoint.objects.create(size=size, note=first.note if note is None else note)
    assert checkpoints.make() == first
    size = one_more()
    second = checkpoints.make()
    assert second is not None
    assert (second.size, second.is_signed) == (size, True)


def test_beside_what_others_put_in_its_place_a_shorter_one_is_signed(cast: Cast) -> None:
    first = checkpoints.make()
    one_more()
    Checkpoint.objects.create(size=one_more(), note="mine")
    made = checkpoints.make()
    assert made is not None
    assert made.is_signed
    assert made.size == Head.objects.get().size - 1
    Checkpoint.objects.create(size=one_more(), note="mine")
    assert checkpoints.make() == made, "there is no length left"
    size = one_more()
    last = checkpoints.make()
    assert last is not None
    assert (last.size, last.is_signed) == (size, True)
    assert first is not None
    with reading(connection.connection) as session:
        assert {*verify(session).counts} == {"checkpoint.form"}


def test_many_in_a_row_are_passed_over(cast: Cast) -> None:
    first = checkpoints.make()
    for size in range(1_000, 1_050):
        Checkpoint.objects.create(size=size, note="mine")
    one_more()
    made = checkpoints.make()
    assert first is not None
    assert made is not None
    assert made.size == first.size + 1


def test_what_was_put_there_is_not_taken_outside(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.LEDGER_ANCHORS = [f"file:{tmp_path}"]
    made = checkpoints.make()
    Checkpoint.objects.create(size=5_000_000, note="mine")
    sweep_anchors()
    assert {each.checkpoint for each in Anchor.objects.all()} == {made}


def test_a_false_signature_spoils_the_note(cast: Cast) -> None:
    made = checkpoints.make()
    assert made is not None
    lines = made.note.splitlines(keepends=True)
    other = made.note.replace(lines[1], f"{made.size + 1}\n")
    assert not is_signed(parse(other), trusted_keys())


@pytest.mark.parametrize("text", ["", "name", "name+00000000+AQ==", "name+zz+AQ==", "a+b+c"])
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(UnusableKey):
        read_verifier(text)


def test_a_verifier_key_reads_back() -> None:
    key = signing_keys()[0]
    assert read_verifier(key.verifier)[1] == key.public


@pytest.mark.parametrize("seed", ["not base64", "AAAA"])
def test_an_unusable_seed_is_named(seed: str, settings: Settings) -> None:
    settings.LEDGER_KEYS = [seed]
    with pytest.raises(UnusableKey, match="LEDGER_KEYS"):
        signing_keys()


def test_a_key_that_was_retired_may_come_back(cast: Cast, settings: Settings) -> None:
    old = settings.LEDGER_KEYS
    for keys in (old, [NEW], old):
        settings.LEDGER_KEYS = keys
        checkpoints.make()
    assert [each.retired for each in LedgerKey.objects.all()] == [False, True]


def test_two_that_sign_first_at_once_write_the_key_once(transactional_db: None) -> None:
    from tests.cast import assemble

    assemble()

    def sign(_: int) -> None:
        try:
            checkpoints.make()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(sign, range(4)))
    assert LedgerKey.objects.count() == Act.objects.filter(name="ledger.key").count() == 1
