"""The ledger's pages: what was signed, to take away, and whether everything still fits."""

import time
from dataclasses import asdict
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from audit import checkpoints, verifications
from audit.acts import act
from audit.domain.notes import Checkpoint as Statement
from audit.domain.notes import signed
from audit.models import Act, Anchor, AnchorReceipt, Checkpoint, Head, RunState, VerificationRun
from audit.queries import proofs
from audit.signing import signing_keys
from audit.verifying.findings import Finding, Kind
from newsroom import permits
from newsroom.actions import ledger
from newsroom.models import Case, User
from tests.audit.tampering.conftest import own_connection
from tests.cast import Cast, assemble


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_it_works(cast: Cast) -> None:
    made = checkpoints.make()
    assert made is not None
    page = signed_in(cast.omar).get(reverse("ledger")).content.decode()
    assert signing_keys()[0].verifier in page
    assert made.root is not None
    assert made.root.hex() in page
    assert reverse("ledger-checkpoint", args=[made.size]) in page


def test_before_anything_was_signed_it_says_so(cast: Cast) -> None:
    assert "Nothing was signed yet" in signed_in(cast.omar).get(reverse("ledger")).content.decode()


@pytest.mark.parametrize(("size", "note"), [(0, "x"), (-5, "x"), (None, "garbled"), (900_000, None)])
def test_a_checkpoint_that_cannot_be_read_is_shown_as_one(cast: Cast, size: int | None, note: str | None) -> None:
    """Here is where a verification is asked for: whoever spoils a checkpoint must not keep people from asking."""
    made = checkpoints.make()
    assert made is not None
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_checkpoint DISABLE TRIGGER record_stays")
        if size is None:
            cursor.execute("UPDATE audit_checkpoint SET note = %s WHERE size = %s", [note, made.size])
        else:
            Checkpoint.objects.create(size=size, note=note or made.note)
    answer = signed_in(cast.omar).get(reverse("ledger"))
    assert answer.status_code == 200
    assert "This is no checkpoint that can be read" in answer.content.decode()
    assert "Verify now" in answer.content.decode()
    proof = signed_in(cast.hana).get(reverse("audit-proof", args=[made.size - 1])).content.decode()
    assert ("cannot be read, so nothing is shown by it" in proof) is (size is None)
    with act("tests.nothing", actor="tests"):
        pass
    later = checkpoints.make()
    assert later is not None
    assert later.size == made.size + 1, "what was put there by others does not end the signing"


def forged(size: int) -> str:
    """The root as it is, signed by a key that somebody made up on the spot."""
    private, ours = Ed25519PrivateKey.generate(), signing_keys()[0]
    key = (ours.name, private.public_key().public_bytes_raw(), private.sign)
    return signed(Statement(ours.name, size, proofs.root_of(size)), [key]).text


def test_a_checkpoint_that_nobody_signed_vouches_for_nothing(cast: Cast) -> None:
    size = Head.objects.get().size
    Checkpoint.objects.create(size=size, note=forged(size))
    page = signed_in(cast.omar).get(reverse("ledger")).content.decode()
    assert "No key that is trusted signed this" in page
    assert "Signed up to" not in page
    proof = signed_in(cast.hana).get(reverse("audit-proof", args=[size - 1])).content.decode()
    assert "was signed by no key that is trusted, so nothing is shown by it" in proof
    assert "leads to the root" not in proof
    assert "what stands there as its checkpoint was signed by no key" in (
        signed_in(cast.hana).get(reverse("audit-list")).content.decode()
    )


def test_that_signing_fails_is_said_where_the_keys_are(cast: Cast) -> None:
    """Otherwise it stands in a worker's log alone."""
    made = checkpoints.make()
    assert made is not None
    reader = signed_in(cast.omar)
    with act("tests.nothing", actor="tests"):
        pass
    assert "signing fails" not in reader.get(reverse("ledger")).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE audit_entry SET recorded_at = recorded_at - interval '31 minutes' WHERE index = %s", [made.size]
        )
    page = reader.get(reverse("ledger")).content.decode()
    assert "1 entry is under no signed checkpoint" in page
    assert "signing fails" in page
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_head SET packed = decode(repeat('00', length(packed)), 'hex')")
    assert "does not continue what was signed" in reader.get(reverse("ledger")).content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_not_signed_is_remarked_on_the_page(people: Cast, language: str) -> None:
    run = asked_for(people.omar)
    verifications.make(run.pk)
    people.omar.language = language
    people.omar.save_base(raw=True)
    page = signed_in(people.omar).get(
        reverse("ledger-verification", args=[run.pk]), headers={"accept-language": language}
    )
    said = page.content.decode()
    with translation.override(language):
        assert translation.gettext("What stands here fits, and nothing of it is signed") in said
        assert translation.gettext("Remarks") in said
        assert translation.gettext("Everything fits") not in said


def test_a_checkpoint_is_taken_away_letter_by_letter(cast: Cast) -> None:
    made = checkpoints.make()
    assert made is not None
    answer = signed_in(cast.omar).get(reverse("ledger-checkpoint", args=[made.size]))
    assert answer.content.decode() == made.note
    assert answer["Content-Disposition"] == f'attachment; filename="checkpoint-{made.size}.txt"'


def test_its_queries_do_not_grow(cast: Cast) -> None:
    checkpoints.make()
    reader = signed_in(cast.omar)
    counts = []
    for size in (0, 1_000, 2_000):
        for more in range(size, size and size + 15):
            Checkpoint.objects.create(size=more, note=Checkpoint.objects.latest("size").note)
            VerificationRun.objects.create(asked_by=cast.basim)
        with CaptureQueriesContext(connection) as queries:
            reader.get(reverse("ledger"))
        counts.append(len(queries))
    assert counts[1] == counts[2] < 12


@pytest.mark.parametrize("route", ["ledger-verification", "ledger-checkpoint"])
def test_what_is_not_there_is_not_found(cast: Cast, route: str) -> None:
    assert signed_in(cast.omar).get(reverse(route, args=[999_999])).status_code == 404


def test_asking_is_on_record_and_asking_again_is_the_same(cast: Cast) -> None:
    first = signed_in(cast.omar).post(reverse("ledger"))
    run = VerificationRun.objects.get()
    assert first["Location"] == reverse("ledger-verification", args=[run.pk])
    assert ledger.verify(actor=cast.chadi) == run
    assert Act.objects.filter(name="ledger.verify").count() == 1


def test_who_left_the_desk_may_not(cast: Cast) -> None:
    cast.omar.is_active = False
    with pytest.raises(permits.Denied):
        ledger.verify(actor=cast.omar)
    assert not VerificationRun.objects.exists()


@pytest.fixture
def people(transactional_db: None) -> Cast:
    cache.clear()
    return assemble()


def read(person: User, run: VerificationRun, **headers: str) -> Any:
    return signed_in(person).get(reverse("ledger-verification", args=[run.pk]), headers=headers)


def asked_for(person: User) -> VerificationRun:
    """One that stands in no queue: the worker that other tests started takes what does."""
    return VerificationRun.objects.create(asked_by=person)


def test_a_worker_verifies_and_the_page_follows(people: Cast, celery_worker: Any) -> None:
    checkpoints.make()
    run = ledger.verify(actor=people.omar)
    assert 'hx-trigger="every 2s"' in read(people.omar, run).content.decode()
    until = time.monotonic() + 60
    while VerificationRun.objects.get(pk=run.pk).is_under_way and time.monotonic() < until:
        time.sleep(0.2)
    run.refresh_from_db()
    assert (run.state, run.fits) == (RunState.DONE, True)
    assert "Everything fits" in read(people.chadi, run).content.decode()
    assert read(people.omar, run, hx_request="true")["HX-Refresh"] == "true"


def test_what_does_not_fit_is_told_in_words(people: Cast) -> None:
    with own_connection() as own:
        own.execute(b"UPDATE newsroom_user SET role = 'ADMIN' WHERE name = 'Dana'")
        own.commit()
    run = asked_for(people.omar)
    verifications.make(run.pk)
    run.refresh_from_db()
    page = read(people.omar, run).content.decode()
    assert "It does not fit" in page
    assert f"Object {people.dana.pk} in newsroom_user was changed past the application: role." in page
    people.omar.language = "ar"
    assert (
        "من وراء التطبيق"
        in signed_in(people.omar)
        .get(reverse("ledger-verification", args=[run.pk]), headers={"accept-language": "ar"})
        .content.decode()
    )


def test_a_run_whose_worker_was_lost_is_taken_up_again_and_given_up_in_the_end(people: Cast) -> None:
    run = asked_for(people.omar)
    for attempt in range(1, verifications.MOST_ATTEMPTS + 1):
        assert verifications.take(run.pk), attempt
        assert not verifications.take(run.pk), "it is somebody's"
        with connection.cursor() as cursor:
            cursor.execute("UPDATE audit_verificationrun SET lease_expires_at = now() - interval '1 second'")
    verifications.sweep()
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "Given up" in read(people.omar, run).content.decode()


def test_a_run_that_breaks_ends(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """And is not shown as under way until its lease has run out three times."""

    def broken(*given: Any) -> None:
        raise RuntimeError("of what nobody has thought")

    monkeypatch.setattr(verifications, "verify", broken)
    run = asked_for(cast.omar)
    with pytest.raises(RuntimeError):
        verifications.make(run.pk)
    run.refresh_from_db()
    assert (run.state, run.ended_at is None) == (RunState.FAILED, False)
    assert "Given up" in read(cast.omar, run).content.decode()


def test_a_place_is_linked_for_who_may_know_of_it(cast: Cast, restricted: Case) -> None:
    said = [asdict(Finding(Kind.LIVE_CHANGED, table="newsroom_case", object=key)) for key in (str(restricted.pk), "x")]
    report = {"fits": False, "size": 1, "root": "", "checkpoints": 0, "since": 0, "counts": {"live.changed": 2}}
    run = VerificationRun.objects.create(asked_by=cast.omar, state=RunState.DONE, report={**report, "findings": said})
    link = reverse("case-detail", args=[restricted.slug])
    assert link in read(cast.omar, run).content.decode()
    assert link not in read(cast.dana, run).content.decode()


def test_whose_mailbox_and_which_disk_it_is_is_for_administrators(people: Cast) -> None:
    made = checkpoints.make()
    assert made is not None
    for kind, target in (("MAIL", "witness@outside.example"), ("FILE", "/mnt/outside/log")):
        anchor = Anchor.objects.create(checkpoint=made, kind=kind, target=target, state="DELIVERED")
        AnchorReceipt.objects.create(anchor=anchor, state="DELIVERED", note=made.note)
    secret = ("witness@outside.example", "/mnt/outside")
    for person, seen in ((people.omar, False), (people.amal, False), (people.chadi, False), (people.hana, True)):
        pages = [signed_in(person).get(reverse("ledger")), signed_in(person).get(reverse("audit-list"))]
        assert [name in pages[0].content.decode() for name in secret] == [seen, seen]
        assert not any(name in pages[1].content.decode() for name in secret)
        assert "a file elsewhere" in pages[1].content.decode()


def test_a_finding_about_a_place_names_it_to_administrators(people: Cast, settings: Settings) -> None:
    settings.LEDGER_ANCHORS = ["file:/nowhere/at/all"]
    run = ledger.verify(actor=people.omar)
    verifications.make(run.pk)
    run.refresh_from_db()
    assert run.report["findings"][0]["object"] == "/nowhere/at/all"
    for person, seen in ((people.omar, False), (people.hana, True)):
        assert ("/nowhere/at/all" in read(person, run).content.decode()) is seen
