"""From asking to the archive, through a real worker, whatever happens on the way."""

import io
import os
import signal
import threading
import time
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wacz.main import main as wacz_tool
from warcio.checker import Checker

from sources import archive, capturing, queue
from sources.actions import captures
from sources.domain.captures import CaptureState, Reason
from sources.models import Capture, Source
from sources.tasks import make_capture, sweep_captures
from tests.cast import Cast
from tests.engines import Valkey
from tests.pages import PageServer, page
from tests.sources import make

PATIENCE = 30.0
Worker = Popen[bytes]


@pytest.fixture
def source(celery_worker: Worker, cast: Cast, pages: PageServer) -> Source:
    return make.source(cast, url=pages.url("/good"))


@pytest.fixture
def amal(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.amal, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def until(capture: Capture, holds: Callable[[Capture], bool]) -> Capture:
    """The capture once `holds` is true of it."""
    end = time.monotonic() + PATIENCE
    while not holds(capture):
        assert time.monotonic() < end, f"{capture.state} {capture.reason} {capture.retry_reason}"
        time.sleep(0.05)
        capture.refresh_from_db()
    return capture


def ended(capture: Capture) -> Capture:
    return until(capture, lambda now: not now.is_under_way)


def ask(cast: Cast, source: Source, url: str) -> Capture:
    return captures.request(actor=cast.amal, source_id=source.pk, url=url)


def in_process(cast: Cast, url: str) -> Capture:
    """Captured here, by a worker that is this process."""
    capture = captures.request(actor=cast.amal, url=url, wake=False)
    capturing.make(capture.pk, "here")
    capture.refresh_from_db()
    return capture


def test_it_works(cast: Cast, source: Source, pages: PageServer, amal: Client) -> None:
    pages.held.add("/good")
    amal.post(reverse("capture-request", args=[source.reference]), {"url": source.url})
    capture = Capture.objects.get()
    state = reverse("capture-state", args=[capture.pk])
    assert pages.asked.wait(PATIENCE)
    assert "is-running" in amal.get(state).content.decode()
    pages.release()
    ended(capture)
    shown = amal.get(state).content.decode()
    assert "is-succeeded" in shown
    assert "hx-get" not in shown
    assert "خبر طويل" in amal.get(capture.get_absolute_url(), {"part": "text"}).content.decode()
    assert (capture.title, capture.language, capture.http_status, capture.attempts) == ("عنوان", "ar", 200, 1)
    assert [each.act.actor_name for each in capture.history.order_by("history_id")] == ["Amal", "capture worker"]


def test_what_is_stored_is_what_the_tools_of_the_trade_accept(cast: Cast, source: Source, tmp_path: Path) -> None:
    capture = ended(ask(cast, source, source.url))
    stored = archive.store().get(capture.wacz_digest)
    (tmp_path / "capture.wacz").write_bytes(stored)
    assert wacz_tool(["validate", "-f", str(tmp_path / "capture.wacz")]) == 0
    warc = tmp_path / "data.warc.gz"
    warc.write_bytes(zipfile.ZipFile(io.BytesIO(stored)).read("archive/data.warc.gz"))
    checker = Checker(type("Options", (), {"inputs": [str(warc)], "verbose": False})())
    checker.process_all()
    assert checker.exit_value == 0


def test_half_a_page_is_kept_as_a_part(cast: Cast, source: Source, pages: PageServer) -> None:
    pages.answers["/good"] = (200, {"Content-Length": "100000"})
    capture = ended(ask(cast, source, source.url))
    assert (capture.state, capture.reason) == (CaptureState.PARTIAL, Reason.CONNECTION_LOST)
    assert archive.store().get(capture.wacz_digest)


def test_a_missing_page_fails_at_once(cast: Cast, source: Source, pages: PageServer) -> None:
    capture = ended(ask(cast, source, pages.url("/absent")))
    assert (capture.state, capture.reason) == (CaptureState.FAILED, Reason.HTTP_CLIENT_ERROR)
    assert (capture.attempts, capture.title, hasattr(capture, "extracted")) == (1, "", False)


def test_what_may_pass_is_tried_again_later(cast: Cast, source: Source, pages: PageServer) -> None:
    pages.stop()
    capture = until(ask(cast, source, source.url), lambda now: bool(now.retry_reason))
    assert (capture.state, capture.retry_reason) == (CaptureState.QUEUED, Reason.CONNECTION_REFUSED)
    assert not queue.due().exists()
    pages.start()
    Capture.objects.filter(pk=capture.pk).update(next_attempt_at=Now())  # instead of waiting for it
    sweep_captures.delay()
    ended(capture)
    assert (capture.state, capture.attempts, capture.retry_reason) == (CaptureState.SUCCEEDED, 2, "")


def test_each_wait_is_longer_than_the_one_before_and_the_third_time_is_the_last(
    cast: Cast, source: Source, pages: PageServer
) -> None:
    pages.stop()
    capture = captures.request(actor=cast.amal, url=source.url, wake=False)
    waits = []
    while capture.is_under_way:
        Capture.objects.filter(pk=capture.pk).update(next_attempt_at=Now())
        capturing.make(capture.pk, "here")
        capture.refresh_from_db()
        if capture.is_under_way:
            waits.append(Capture.objects.filter(next_attempt_at__gt=Now() + timedelta(seconds=60)).count())
    assert waits == [0, 1]
    assert (capture.attempts, capture.reason) == (queue.MOST_ATTEMPTS, Reason.CONNECTION_REFUSED)


def test_a_server_that_names_a_longer_wait_is_left_alone_for_it(cast: Cast, pages: PageServer) -> None:
    pages.answers["/busy"] = (429, {"Retry-After": "900"})
    capture = in_process(cast, pages.url("/busy"))
    assert (capture.state, capture.retry_reason) == (CaptureState.QUEUED, Reason.HTTP_RATE_LIMITED)
    assert Capture.objects.filter(next_attempt_at__gt=Now() + timedelta(minutes=14)).exists()


def test_one_address_twice_is_two_captures(cast: Cast, source: Source, pages: PageServer) -> None:
    first = ended(ask(cast, source, source.url))
    pages.pages["/good"] = page("نص آخر غير الأول وطويل بما يكفي ليظهر في الصفحة كلها")
    make.age(Capture.objects.all())
    second = ended(ask(cast, source, source.url))
    assert first.pk != second.pk
    assert first.text_digest != second.text_digest
    assert all(archive.store().get(each.wacz_digest) for each in (first, second))


def test_a_message_that_comes_twice_changes_nothing(cast: Cast, source: Source) -> None:
    capture = ended(ask(cast, source, source.url))
    rows = capture.history.count()
    for _ in range(3):
        make_capture.apply()
    capture.refresh_from_db()
    assert (capture.attempts, capture.history.count()) == (1, rows)


def test_a_worker_that_is_killed_loses_nothing(
    cast: Cast, source: Source, pages: PageServer, celery_worker: Worker
) -> None:
    pages.held.add("/good")
    capture = ask(cast, source, source.url)
    assert pages.asked.wait(PATIENCE)
    for child in children(celery_worker.pid):
        os.kill(child, signal.SIGKILL)
    pages.held.clear()
    pages.release()
    capture.refresh_from_db()
    assert (capture.state, capture.attempts) == (CaptureState.RUNNING, 1)
    sweep_captures.apply()
    assert not queue.take(capture.pk, "another")  # while the lease lasts, nobody else has it
    Capture.objects.filter(pk=capture.pk).update(lease_expires_at=Now() - timedelta(seconds=1))
    sweep_captures.delay()
    ended(capture)
    assert (capture.state, capture.attempts) == (CaptureState.SUCCEEDED, 2)
    assert capture.history.filter(state=CaptureState.SUCCEEDED).count() == 1


def test_a_result_that_comes_after_its_lease_is_not_written(cast: Cast, source: Source, pages: PageServer) -> None:
    pages.held.add("/good")
    capture = captures.request(actor=cast.amal, url=source.url, wake=False)
    late: list[bool] = []
    slow = threading.Thread(target=lambda: late.append(_closing(lambda: capturing.make(capture.pk, "slow"))))
    slow.start()
    assert pages.asked.wait(PATIENCE)
    pages.held.clear()
    Capture.objects.filter(pk=capture.pk).update(lease_expires_at=Now() - timedelta(seconds=1))
    assert capturing.make(capture.pk, "quick")
    pages.release()
    slow.join()
    assert late == [False]
    assert capture.history.filter(state=CaptureState.SUCCEEDED).count() == 1


def test_what_kills_its_workers_is_given_up_after_three_of_them(cast: Cast, source: Source) -> None:
    capture = captures.request(actor=cast.amal, url=source.url, wake=False)
    for _ in range(queue.MOST_ATTEMPTS):
        assert queue.take(capture.pk, "doomed")
        Capture.objects.filter(pk=capture.pk).update(lease_expires_at=Now() - timedelta(seconds=1))
    assert not queue.take(capture.pk, "doomed")
    sweep_captures.delay()
    ended(capture)
    assert (capture.state, capture.reason) == (CaptureState.FAILED, Reason.WORKER_LOST)


def test_a_broker_that_is_down_only_delays(cast: Cast, source: Source, broker: Valkey, amal: Client) -> None:
    if broker.socket is None:
        pytest.skip("REDIS_URL names a broker that is not ours to kill")
    broker.kill()
    answer = amal.post(reverse("capture-request", args=[source.reference]), {"url": source.url})
    assert answer.status_code == 302
    capture = Capture.objects.get()
    assert capture.state == CaptureState.QUEUED
    broker.start()
    sweep_captures.apply()
    assert ended(capture).state == CaptureState.SUCCEEDED


def race(take: Callable[[str], bool]) -> int:
    """How many of eight workers are told that the capture is theirs."""
    taken: list[bool] = []
    start = threading.Barrier(8)

    def worker(name: str) -> None:
        start.wait()
        taken.append(_closing(lambda: take(name)))

    threads = [threading.Thread(target=worker, args=[f"worker {number}"]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(taken)


def test_of_all_workers_one_has_it(cast: Cast, source: Source) -> None:
    capture = captures.request(actor=cast.amal, url=source.url, wake=False)
    assert race(lambda name: queue.take(capture.pk, name)) == 1


def test_without_the_condition_in_the_update_several_have_it(cast: Cast, source: Source) -> None:
    """The twin: reading first and writing then, as it must not be done."""
    capture = captures.request(actor=cast.amal, url=source.url, wake=False)
    read = threading.Barrier(8)

    def take(name: str) -> bool:
        free = queue.due().filter(pk=capture.pk).exists()
        read.wait()
        return free and bool(Capture.objects.filter(pk=capture.pk).update(state="RUNNING", lease_owner=name))

    assert race(take) > 1


def _closing(call: Callable[[], bool]) -> bool:
    try:
        return call()
    finally:
        connection.close()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


LIMITS = {"deadline": 1.0, "redirects": 3, "body_bytes": 5_000, "header_bytes": 4_000, "decompressed_bytes": 50_000}


@pytest.mark.parametrize(
    ("path", "answer", "reason"),
    [
        ("/around", (302, {"Location": "/around"}), Reason.REDIRECT_LOOP),
        ("/hop/0", None, Reason.TOO_MANY_REDIRECTS),
        ("/large", (200, {}), Reason.BODY_TOO_LARGE),
        ("/heads", (200, {"X-Long": "x" * 5_000}), Reason.HEADERS_TOO_LARGE),
        ("/inside", (302, {"Location": "http://10.0.0.1/"}), Reason.ADDRESS_NOT_PUBLIC),
        ("/file", (302, {"Location": "file:///etc/passwd"}), Reason.SCHEME_NOT_ALLOWED),
        ("/port", (302, {"Location": "http://8.8.8.8:22/"}), Reason.PORT_NOT_ALLOWED),
        ("/slow", (200, {}), Reason.DEADLINE_PASSED),
    ],
)
def test_what_a_server_may_not_do(
    cast: Cast, pages: PageServer, settings: Settings, path: str, answer: Any, reason: Reason
) -> None:
    settings.CAPTURE_LIMITS = LIMITS
    if answer:
        pages.answers[path] = answer
    for hop in range(6):
        pages.answers[f"/hop/{hop}"] = (302, {"Location": f"/hop/{hop + 1}"})
    pages.pages["/large"] = b"x" * 6_000
    pages.held.add("/slow")
    assert_refused(in_process(cast, pages.url(path)), reason)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://10.0.0.1/", Reason.ADDRESS_NOT_PUBLIC),
        ("http://127.0.0.1:1/", Reason.ADDRESS_NOT_PUBLIC),
        ("http://[::1]/", Reason.ADDRESS_NOT_PUBLIC),
        ("http://169.254.169.254/latest/meta-data/", Reason.ADDRESS_NOT_PUBLIC),
        ("http://8.8.8.8:22/", Reason.PORT_NOT_ALLOWED),
        ("http://no-such-host.invalid/", Reason.NAME_NOT_RESOLVED),
    ],
)
@pytest.mark.django_db
def test_where_a_capture_may_not_go(cast: Cast, url: str, reason: Reason) -> None:
    assert_refused(in_process(cast, url), reason)


def assert_refused(capture: Capture, reason: Reason) -> None:
    assert reason in (capture.reason, capture.retry_reason)
    assert capture.state == (CaptureState.QUEUED if reason.may_pass else CaptureState.FAILED)
    assert (capture.wacz_digest, capture.text_digest, capture.title) == ("", "", "")
