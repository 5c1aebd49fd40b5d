"""Checkpoints taken outside: to authorities, calendars, disks and mailboxes, and what is kept of it."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from pytest_django import Settings

from audit import anchoring, checkpoints, errands
from audit.acts import act
from audit.models import Anchor, AnchorReceipt, Checkpoint
from audit.queries.anchors import anchors_of, with_anchors
from audit.stamps import left, places
from audit.stamps.anchored import Wrong, fault
from audit.stamps.states import AnchorKind, Failure, StampState, UnableToStamp
from audit.tasks import sweep_anchors
from audit.templatetags.anchors import how_many
from tests.authority import Authority, found
from tests.calendars import Calendar
from tests.services import Said, Service, serving


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return found(tmp_path / "honest")


@pytest.fixture
def service(authority: Authority, settings: Settings) -> Iterator[Service]:
    with serving(authority.answer) as service:
        settings.TIMESTAMP_AUTHORITIES = [f"{service.url}/tsr {authority.roots}"]
        settings.SERVICES_ALLOW = [service.address]
        settings.LEDGER_ANCHORS = ["rfc3161"]
        yield service


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    settings.LEDGER_ANCHORS = [*settings.LEDGER_ANCHORS, f"file:{folder}"]
    return folder


def signed(db: None = None) -> Checkpoint:
    """A checkpoint over one more act."""
    with act("tests.nothing", actor="tests"):
        pass
    made = checkpoints.make()
    assert made is not None
    return made


def taken(anchor: Anchor) -> Anchor:
    """As it is after a worker has tried once more."""
    Anchor.objects.filter(pk=anchor.pk).update(next_attempt_at=Now())
    anchoring.make(anchor.pk, "here")
    anchor.refresh_from_db()
    return anchor


def judged(anchor: Anchor, **changed: Any) -> Wrong | None:
    """What the verifier is told of the latest receipt."""
    kept = anchor.receipts.order_by("pk").last()
    assert kept is not None
    values = {"note": kept.note, "checkpoint": anchor.checkpoint.note, "sent": bytes(kept.sent)}
    found = fault(anchor.kind, **{**values, "receipt": bytes(kept.receipt), **changed})
    return found.wrong if found else None


@pytest.mark.django_db
def test_it_works(service: Service, authority: Authority, folder: Path, settings: Settings) -> None:
    settings.LEDGER_ANCHORS.append("mail:outsider@example.org")
    checkpoint = signed()
    anchors = {anchor.kind: taken(anchor) for anchor in checkpoint.anchors.all()}
    assert {kind: anchor.state for kind, anchor in anchors.items()} == {
        AnchorKind.RFC3161: StampState.STAMPED,
        AnchorKind.FILE: StampState.DELIVERED,
        AnchorKind.MAIL: StampState.DELIVERED,
    }
    assert authority.confirms(bytes(anchors["RFC3161"].receipts.get().receipt), checkpoint.note.encode())
    assert (folder / f"checkpoint-{checkpoint.size:012}.txt").read_text() == checkpoint.note
    (sent,) = mail.outbox
    assert (sent.to, checkpoint.note in sent.body) == (["outsider@example.org"], True)
    roots = authority.certificates
    assert [judged(anchor, roots=roots) for anchor in anchors.values()] == [None, None, None]


@pytest.mark.django_db
def test_a_place_that_does_not_have_it_is_not_counted(service: Service, folder: Path) -> None:
    checkpoint = signed()
    one, other = checkpoint.anchors.order_by("kind")
    taken(one)
    assert how_many(anchors_of(checkpoint, named=True)) == "in 1 of 2 places"
    taken(other)
    assert how_many(anchors_of(Checkpoint.objects.get(pk=checkpoint.pk), named=True)) == "2 places"


@pytest.mark.django_db
def test_nothing_is_set_up_so_nothing_is_planned() -> None:
    assert not signed().anchors.exists()


@pytest.mark.django_db
def test_a_checkpoint_signed_again_is_taken_once(service: Service) -> None:
    checkpoint = signed()
    assert checkpoints.make() == checkpoint
    assert anchoring.plan(checkpoint) == []
    assert checkpoint.anchors.count() == 1


@pytest.mark.django_db
def test_what_was_not_planned_is_planned_by_the_sweep(service: Service, settings: Settings) -> None:
    settings.LEDGER_ANCHORS = []
    checkpoint = signed()
    settings.LEDGER_ANCHORS = ["rfc3161"]
    sweep_anchors.apply()
    assert checkpoint.anchors.get().target == f"{service.url}/tsr"


@pytest.mark.django_db
def test_outsiders_get_no_more_than_a_mail_a_day(settings: Settings) -> None:
    settings.LEDGER_ANCHORS = ["mail:outsider@example.org"]
    first, second = signed(), signed()
    assert (first.anchors.count(), second.anchors.count()) == (1, 0)
    Anchor.objects.update(asked_at=Now() - timedelta(days=1, seconds=1))
    assert signed().anchors.count() == 1


@pytest.mark.django_db
def test_a_promise_and_what_became_of_it_both_stay(settings: Settings) -> None:
    calendar = Calendar()
    with serving(calendar.answer) as service:
        calendar.url = service.url
        settings.OPENTIMESTAMPS_CALENDARS, settings.SERVICES_ALLOW = [service.url], [service.address]
        settings.LEDGER_ANCHORS = ["ots"]
        anchor = signed().anchors.get()
        assert taken(anchor).state == StampState.PENDING
        assert judged(anchor) is None
        assert taken(anchor).state == StampState.PENDING
        calendar.block = 905_123
        assert taken(anchor).state == StampState.COMPLETE
    assert judged(anchor) is None
    assert [kept.state for kept in anchor.receipts.all()] == [StampState.PENDING, StampState.COMPLETE]


@pytest.mark.django_db
def test_a_place_that_is_down_loses_nothing(service: Service, authority: Authority) -> None:
    anchor = signed().anchors.get()
    service.answer = lambda asked: Said(503)
    assert (taken(anchor).state, anchor.retry_reason) == (StampState.QUEUED, Failure.ANSWER_NOT_OK)
    service.answer = authority.answer
    assert taken(anchor).state == StampState.STAMPED


@pytest.mark.django_db
def test_a_disk_that_is_gone_is_tried_again(folder: Path) -> None:
    folder.rmdir()
    anchor = signed().anchors.get()
    folder.symlink_to("/no/such/place/at/all")
    assert (taken(anchor).state, anchor.retry_reason) == (StampState.QUEUED, Failure.COULD_NOT_WRITE)


@pytest.mark.django_db
def test_a_place_taken_out_of_the_settings_is_left_alone(service: Service, settings: Settings) -> None:
    anchor = signed().anchors.get()
    settings.LEDGER_ANCHORS = []
    assert taken(anchor).reason == Failure.NOT_CONFIGURED
    assert not service.asked


@pytest.mark.django_db
def test_another_checkpoint_in_our_place_is_a_failure_that_stays(folder: Path) -> None:
    """The very thing a folder elsewhere is for: the log was made anew, and the old checkpoint is still there."""
    anchor = signed().anchors.get()
    (folder / f"checkpoint-{anchor.checkpoint.size:012}.txt").write_text("another checkpoint")
    assert (taken(anchor).state, anchor.reason) == (StampState.FAILED, Failure.ABOUT_SOMETHING_ELSE)
    assert (folder / f"checkpoint-{anchor.checkpoint.size:012}.txt").read_text() == "another checkpoint"


def lying_at(place: Path) -> list[str]:
    return [each.text for each in left.everything(str(place), [])]


def test_a_worker_killed_while_writing_is_made_good(tmp_path: Path) -> None:
    note = "desk.example/ledger\n7\nroot\n\n— desk.example/ledger signature\n"
    half = tmp_path / "checkpoint-000000000007.txt"
    half.write_text(note[:10])
    places.write(str(tmp_path), 7, note)
    assert lying_at(tmp_path) == [note]
    places.write(str(tmp_path), 7, note)  # killed after writing, before it was written down
    line = tmp_path / "one-file"
    line.write_text(note[:25])
    places.write(str(line), 7, note)
    assert lying_at(line) == [note]


def test_a_disk_that_takes_nothing_is_said_to(tmp_path: Path) -> None:
    with pytest.raises(UnableToStamp) as refusal:
        places.write(str(tmp_path / "missing" / "file"), 7, "note")
    assert refusal.value.failure is Failure.COULD_NOT_WRITE


@pytest.mark.django_db
def test_a_mail_server_that_is_down_is_tried_again(settings: Settings) -> None:
    settings.LEDGER_ANCHORS = ["mail:outsider@example.org"]
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    anchor = signed().anchors.get()
    assert (taken(anchor).state, anchor.retry_reason) == (StampState.QUEUED, Failure.UNREACHABLE)


@pytest.mark.django_db
def test_what_is_kept_can_be_held_against_a_changed_ledger(service: Service, authority: Authority) -> None:
    anchor = taken(signed().anchors.get())
    roots = authority.certificates
    assert judged(anchor, roots=roots) is None
    assert judged(anchor, roots=roots, checkpoint="another") is Wrong.CHECKPOINT
    assert judged(anchor, roots=roots, note="another", checkpoint="another") is Wrong.IMPRINT
    assert judged(anchor, roots=[]) is Wrong.UNPINNED
    stranger = found(authority.folder.parent / "stranger", name="Somebody else")
    assert judged(anchor, roots=stranger.certificates) is Wrong.UNTRUSTED
    assert judged(anchor, roots=roots, sent=again(bytes(anchor.receipts.get().sent))) is Wrong.NONCE


def again(query: bytes) -> bytes:
    """The same question with another nonce."""
    from audit.stamps import rfc3161

    return rfc3161.request(query[24:56])


def test_a_mail_that_does_not_hold_the_note() -> None:
    note = "desk.example/ledger\n7\nroot\n\n— signature\n"
    kept = places.mail("outsider@example.org", 7, note).encode("utf-8", "surrogateescape")
    assert fault("MAIL", note=note, checkpoint=note, sent=b"", receipt=kept) is None
    body = message_from_bytes(kept, policy=policy.default).get_body()
    assert body is not None
    assert fault("MAIL", note=note, checkpoint=note, sent=b"", receipt=kept[: len(kept) // 2]) is not None


@pytest.mark.django_db
def test_postgresql_lets_receipts_only_grow_and_no_place_be_forgotten(service: Service) -> None:
    taken(signed().anchors.get())
    for change in (
        lambda: AnchorReceipt.objects.update(said_by="somebody else"),
        lambda: AnchorReceipt.objects.all()._raw_delete(using="default"),
        lambda: Anchor.objects.all()._raw_delete(using="default"),
    ):
        with pytest.raises(IntegrityError, match="part of the record"), transaction.atomic():
            change()


@pytest.mark.django_db
def test_one_whose_workers_all_died_is_given_up(service: Service) -> None:
    anchor = signed().anchors.get()
    gone = {"lease_owner": "gone", "lease_expires_at": Now() - timedelta(seconds=1)}
    Anchor.objects.update(attempts=errands.MOST_ATTEMPTS, **gone)
    sweep_anchors.apply()
    anchor.refresh_from_db()
    assert (anchor.state, anchor.reason) == (StampState.FAILED, Failure.UNREACHABLE)


@pytest.mark.django_db
def test_a_row_says_whose_word_it_is(service: Service, folder: Path, django_assert_num_queries: Any) -> None:
    checkpoint = signed()
    for anchor in checkpoint.anchors.all():
        taken(anchor)
    rows = [render_to_string("audit/_anchor.html", {"shown": shown}) for shown in anchors_of(checkpoint, named=True)]
    assert "Was there before" in rows[0]
    assert "signed by <bdi>CN=A time authority</bdi>" in rows[0]
    assert "Left at" in rows[1]
    signed(), signed()
    with django_assert_num_queries(3):
        assert [len(anchors_of(each, named=False)) for each in with_anchors(Checkpoint.objects.all())] == [2, 2, 2]


@pytest.mark.django_db
@pytest.mark.parametrize("named", [True, False])
def test_whose_place_it_is_is_for_who_runs_it(service: Service, folder: Path, named: bool, settings: Settings) -> None:
    """Also where it went wrong, and what went wrong names the place."""
    settings.LEDGER_ANCHORS = [*settings.LEDGER_ANCHORS, f"file:{folder}/gone/log", "mail:witness@example.org"]
    checkpoint = signed()
    for anchor in checkpoint.anchors.all():
        taken(anchor)
    Anchor.objects.filter(target__endswith="gone/log").update(state=StampState.FAILED, reason=Failure.COULD_NOT_WRITE)
    Anchor.objects.filter(target__endswith="gone/log").update(detail=f"{folder}/gone/log: No such file or directory")
    page = "".join(
        render_to_string("audit/_anchor.html", {"shown": shown}) for shown in anchors_of(checkpoint, named=named)
    )
    assert "127.0.0.1" in page
    assert [str(folder) in page, "gone/log: No such file" in page, "witness@example.org" in page] == [named] * 3
    assert ("Left at <bdi>a file elsewhere</bdi>" in page) is not named
    assert ("Sent to <bdi>an outsider by mail</bdi>" in page) is not named
