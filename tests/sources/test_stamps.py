"""Time stamps of captures, from the capture's end to the kept token, whatever the authority does on the way."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from subprocess import Popen
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from pytest_django import Settings

from audit import errands
from audit.acts import act
from audit.stamps import receipts, rfc3161
from audit.stamps.states import Failure, StampKind, StampState
from sources import archive, queue, stamping
from sources.actions import captures, stamps
from sources.archiving.result import CaptureResult
from sources.domain.captures import CaptureState
from sources.models import Capture, CaptureStamp
from sources.tasks import sweep_errands
from tests.authority import Authority, found
from tests.calendars import Calendar
from tests.cast import Cast
from tests.services import Asked, Said, Service, serving
from tests.sources import make

ALL = CaptureStamp.objects.all
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return found(tmp_path / "honest")


@pytest.fixture
def service(authority: Authority, settings: Settings) -> Iterator[Service]:
    """The authority, asked over a real connection, and configured."""
    with serving(authority.answer) as service:
        settings.TIMESTAMP_AUTHORITIES = [f"{service.url}/tsr {authority.roots}"]
        settings.SERVICES_ALLOW = [service.address]
        yield service


@pytest.fixture
def calendar(settings: Settings) -> Iterator[Calendar]:
    calendar = Calendar()
    with serving(calendar.answer) as service:
        calendar.url = service.url
        settings.OPENTIMESTAMPS_CALENDARS = [service.url]
        settings.SERVICES_ALLOW = [*settings.SERVICES_ALLOW, service.address]
        yield calendar


def captured(cast: Cast, **facts: Any) -> Capture:
    return make.capture(cast, make.source(cast, facts.pop("case", None)), "نص", **facts)


def asked(stamp: CaptureStamp) -> CaptureStamp:
    """As it is after a worker has asked once more."""
    ALL().filter(pk=stamp.pk).update(next_attempt_at=Now())
    stamping.make(stamp.pk, "here")
    stamp.refresh_from_db()
    return stamp


def test_it_works(cast: Cast, service: Service, authority: Authority) -> None:
    capture = captured(cast)
    stamp = asked(capture.stamps.get())
    assert (stamp.state, stamp.said_by, stamp.next_attempt_at) == (StampState.STAMPED, "CN=A time authority", None)
    assert stamp.said_at is not None
    assert stamp.received_at is not None
    assert abs(stamp.said_at - stamp.received_at) < timedelta(minutes=1)
    held = archive.store().get(capture.wacz_digest)
    assert authority.confirms(bytes(stamp.receipt), held)
    assert [row.act.name for row in stamp.history.order_by("history_id")] == ["capture.finish", "capture.stamp"]


def test_what_is_kept_is_enough_to_verify_it_again(cast: Cast, service: Service, authority: Authority) -> None:
    stamp = asked(captured(cast).stamps.get())
    digest = sha256(archive.store().get(stamp.capture.wacz_digest)).digest()
    kept = ALL().get()
    again = receipts.read_token(bytes(kept.receipt), digest, authority.certificates, sent=bytes(kept.sent))
    assert (again.said_at, again.said_by) == (stamp.said_at, stamp.said_by)


def test_nobody_is_configured_so_nobody_is_asked(cast: Cast) -> None:
    captured(cast)
    assert not ALL().exists()


def test_each_authority_is_asked_once_about_each_file(cast: Cast, service: Service, calendar: Calendar) -> None:
    capture = captured(cast)
    with act("capture.finish", actor="tests"):
        capture.save()
    assert sorted(capture.stamps.values_list("kind", flat=True)) == [StampKind.OTS, StampKind.RFC3161]


def test_a_capture_without_a_file_is_not_asked_about(cast: Cast, service: Service) -> None:
    captured(cast, wacz=b"", wacz_digest="")
    assert not ALL().exists()


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (lambda authority, asked: Said(200, b"<html>Sorry</html>"), Failure.ANSWER_MALFORMED),
        (lambda authority, asked: Said(200, b"x" * 100_000), Failure.ANSWER_TOO_LARGE),
        (lambda authority, asked: Said(302, b"", {"Location": "https://elsewhere.example/tsr"}), Failure.ANSWER_NOT_OK),
        (lambda authority, asked: Said(503), Failure.ANSWER_NOT_OK),
        (lambda authority, asked: Said(429, b"", {"Retry-After": "7200"}), Failure.RATE_LIMITED),
        (
            lambda authority, asked: Said(200, authority.reply(rfc3161.request(b"\0" * 32, nonce=1))),
            Failure.ABOUT_SOMETHING_ELSE,
        ),
        (
            lambda authority, asked: Said(200, authority.reply(rfc3161.request(asked.body[24:56]))),
            Failure.NONCE_DIFFERS,
        ),
        (lambda authority, asked: Said(200, stranger(authority).reply(asked.body)), Failure.NOT_TRUSTED),
        (lambda authority, asked: Said(200, b"30030201"), Failure.ANSWER_MALFORMED),
    ],
)
def test_a_lying_authority(
    cast: Cast, service: Service, authority: Authority, answer: Callable[[Authority, Asked], Said], failure: Failure
) -> None:
    service.answer = lambda asked: answer(authority, asked)
    stamp = asked(captured(cast).stamps.get())
    assert (stamp.retry_reason or stamp.reason) == failure
    assert stamp.state == (StampState.QUEUED if failure.may_pass else StampState.FAILED)
    assert (bytes(stamp.receipt), stamp.said_at) == (b"", None)


def stranger(authority: Authority) -> Authority:
    return found(authority.folder.parent / "stranger", name="Somebody else")


def test_an_authority_that_is_down_loses_nothing(cast: Cast, service: Service, authority: Authority) -> None:
    stamp = captured(cast).stamps.get()
    service.answer = lambda asked: Said(500)
    waits = []
    for _ in range(4):
        asked(stamp)
        waits.append(ALL().filter(next_attempt_at__gt=Now() + timedelta(minutes=20)).count())
    assert waits == [0, 0, 1, 1]  # each pause longer than the one before
    assert (stamp.state, stamp.retry_reason, stamp.attempts) == (StampState.QUEUED, Failure.ANSWER_NOT_OK, 4)
    service.answer = authority.answer
    assert asked(stamp).state == StampState.STAMPED
    assert stamp.retry_reason == ""


def test_a_longer_pause_that_it_names_is_kept(cast: Cast, service: Service) -> None:
    service.answer = lambda asked: Said(429, b"", {"Retry-After": "7200"})
    asked(captured(cast).stamps.get())
    assert ALL().filter(next_attempt_at__gt=Now() + timedelta(minutes=110)).exists()


def test_after_ten_days_it_has_failed_and_says_why(cast: Cast, service: Service) -> None:
    service.answer = lambda asked: Said(500)
    stamp = captured(cast).stamps.get()
    ALL().update(attempts=errands.MOST_ATTEMPTS - 1)
    asked(stamp)
    assert (stamp.state, stamp.reason, stamp.next_attempt_at) == (StampState.FAILED, Failure.ANSWER_NOT_OK, None)


def test_one_whose_workers_all_died_is_given_up(cast: Cast, service: Service) -> None:
    stamp = captured(cast).stamps.get()
    ALL().update(attempts=errands.MOST_ATTEMPTS, lease_owner="gone", lease_expires_at=Now() - timedelta(seconds=1))
    sweep_errands.apply()
    stamp.refresh_from_db()
    assert (stamp.state, stamp.reason) == (StampState.FAILED, Failure.UNREACHABLE)


def test_an_authority_taken_out_of_the_settings_is_not_asked(cast: Cast, service: Service, settings: Settings) -> None:
    stamp = captured(cast).stamps.get()
    settings.TIMESTAMP_AUTHORITIES = []
    assert asked(stamp).reason == Failure.NOT_CONFIGURED
    assert not service.asked


def test_a_calendar_promises_first_and_proves_later(cast: Cast, calendar: Calendar) -> None:
    stamp = asked(captured(cast).stamps.get())
    assert (stamp.state, stamp.said_at, stamp.said_by) == (StampState.PENDING, None, "127.0.0.1")
    promise = bytes(stamp.receipt)
    assert asked(stamp).state == StampState.PENDING
    assert (bytes(stamp.receipt), stamp.attempts) == (promise, 0)
    calendar.block = 905_123
    asked(stamp)
    assert (stamp.state, stamp.said_at, stamp.next_attempt_at) == (StampState.COMPLETE, None, None)
    assert stamp.said_by.startswith("Bitcoin block 905123")
    assert promise in [bytes(row.receipt) for row in stamp.history.all()]


def test_a_promise_that_is_not_kept(cast: Cast, calendar: Calendar) -> None:
    stamp = asked(captured(cast).stamps.get())
    ALL().update(asked_at=Now() - timedelta(days=15))
    asked(stamp)
    assert (stamp.state, stamp.reason) == (StampState.FAILED, Failure.NEVER_COMPLETED)
    assert receipts.read_proof(bytes(stamp.receipt), stamp.digest).state is StampState.PENDING  # what came stays


def test_a_result_that_comes_after_its_lease_is_not_written(cast: Cast, service: Service, authority: Authority) -> None:
    stamp = captured(cast).stamps.get()
    receipt = receipts.read_token(
        authority.reply(sent := rfc3161.request(stamp.digest)), stamp.digest, authority.certificates, sent=sent
    )
    assert errands.take(ALL(), stamp.pk, "slow")
    ALL().update(lease_expires_at=Now() - timedelta(seconds=1))
    assert errands.take(ALL(), stamp.pk, "quick")
    assert not stamps.receive(stamp_id=stamp.pk, owner="slow", receipt=receipt)
    assert stamps.receive(stamp_id=stamp.pk, owner="quick", receipt=receipt)
    assert not stamps.receive(stamp_id=stamp.pk, owner="quick", receipt=replace(receipt, said_by="again"))
    assert stamp.history.filter(state=StampState.STAMPED).count() == 1


def test_the_database_holds_one_stamp_of_each_authority_and_its_time(cast: Cast, service: Service) -> None:
    stamp = captured(cast).stamps.get()
    with pytest.raises(IntegrityError, match="one_stamp_of_each_authority"), transaction.atomic():
        CaptureStamp.objects.bulk_create([CaptureStamp(capture=stamp.capture, kind=stamp.kind, target=stamp.target)])
    with pytest.raises(IntegrityError, match="a_stamp_names_its_time"), transaction.atomic():
        ALL().update(state=StampState.STAMPED)


def race(cast: Cast, take: Callable[[int, str], bool]) -> int:
    """How many of eight workers are told that the stamp is theirs."""
    with patch.object(errands, "wake"):  # the worker of the suite would be a ninth
        stamp = captured(cast).stamps.get()
    taken: list[bool] = []
    start = threading.Barrier(8)

    def worker(name: str) -> None:
        start.wait()
        try:
            taken.append(take(stamp.pk, name))
        finally:
            connection.close()

    threads = [threading.Thread(target=worker, args=[f"worker {number}"]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(taken)


def test_of_all_workers_one_has_it(transactional_db: None, cast: Cast, service: Service) -> None:
    assert race(cast, lambda pk, name: errands.take(ALL(), pk, name)) == 1


def test_without_the_condition_in_the_update_several_have_it(
    transactional_db: None, cast: Cast, service: Service
) -> None:
    """The twin: reading first and writing then, as it must not be done."""
    read = threading.Barrier(8)

    def take(pk: int, name: str) -> bool:
        free = errands.due(ALL()).filter(pk=pk).exists()
        read.wait()
        return free and bool(ALL().filter(pk=pk).update(lease_owner=name))

    assert race(cast, take) > 1


PATIENCE = 30.0


def captured_here(cast: Cast) -> CaptureStamp:
    """A capture that no worker is told of, with the stamp that its end asks for."""
    capture = captures.request(actor=cast.amal, url="https://news.example/page", wake=False)
    assert queue.take(capture.pk, "here")
    held = archive.store().put(b"a copy")
    result = CaptureResult(CaptureState.SUCCEEDED, capture.requested_url, NOON, wacz=b"a copy", wacz_digest=held)
    assert captures.finish(capture_id=capture.pk, owner="here", result=result)
    return capture.stamps.get()


def refused_by_the_worker(stamp: CaptureStamp, times: int) -> CaptureStamp:
    """The worker of the suite was not given this authority: that it says so shows that it was woken."""
    end = time.monotonic() + PATIENCE
    while stamp.history.filter(reason=Failure.NOT_CONFIGURED).count() < times:
        assert time.monotonic() < end
        time.sleep(0.05)
    return ALL().get(pk=stamp.pk)


def test_the_end_of_a_capture_wakes_a_worker(celery_worker: Popen[bytes], cast: Cast, service: Service) -> None:
    stamp = refused_by_the_worker(captured_here(cast), 1)
    assert (stamp.state, stamp.next_attempt_at) == (StampState.FAILED, None)
    row = stamp.history.latest()
    assert (row.act.actor_name, row.act.origin.split()[0]) == ("stamp worker", "task")


def test_the_sweep_finds_what_nobody_was_told_of(celery_worker: Popen[bytes], cast: Cast, service: Service) -> None:
    stamp = refused_by_the_worker(captured_here(cast), 1)
    ALL().update(state=StampState.QUEUED, next_attempt_at=Now())
    sweep_errands.delay()
    assert refused_by_the_worker(stamp, 2).state == StampState.FAILED
