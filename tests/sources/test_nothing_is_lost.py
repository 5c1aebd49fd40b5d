"""Every capture asked for ends, once, in a true state: whatever dies, stops or fills up meanwhile."""

import errno
import os
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.models.functions import Now
from pytest_django import Settings

from audit.models import Act
from config.celery import app
from sources import archive, capturing, queue
from sources.actions import captures
from sources.archive_check import Kind, Tally, check
from sources.archiving.blobs import BlobStore, digest_of
from sources.domain.captures import Reason
from sources.models import Capture, CaptureState
from sources.tasks import sweep_captures
from tests.cast import Cast
from tests.engines import OwnCluster, Valkey
from tests.pages import PageServer
from tests.settings import ROOT
from tests.sources import killing

DEATHS = 40  # `make bench ONLY=kills` goes on to 200
ENDED = (CaptureState.SUCCEEDED, CaptureState.FAILED)


@pytest.fixture
def environment(
    transactional_db: None, run_environment: dict[str, str], settings: Settings, tmp_path: Path
) -> Iterator[dict[str, str]]:
    """For workers of our own, on an archive of their own; others of this run leave the captures to them."""
    settings.ARCHIVE_ROOT = str(tmp_path / "archive")
    with app.connection_for_write() as new:  # one of the pool may be to a broker that was killed since
        app.control.cancel_consumer("capture", reply=True, timeout=0.5, connection=new)
        app.control.purge(connection=new)
    yield {**run_environment, "ISNAD_TEST_ARCHIVE": settings.ARCHIVE_ROOT}
    with app.connection_for_write() as new:
        app.control.purge(connection=new)
        app.control.add_consumer("capture", reply=True, timeout=0.5, connection=new)


@pytest.fixture
def own_cluster(environment: dict[str, str], tmp_path: Path) -> Iterator[OwnCluster]:
    """This process and its workers on a database server that may be stopped without asking others."""
    with OwnCluster(tmp_path / "own", environment) as cluster:
        yield cluster


def assert_all_ended_once() -> None:
    assert set(Capture.objects.values_list("state", flat=True)) <= set(ENDED)
    ends = Capture.history.filter(state__in=ENDED).count()
    assert ends == Act.objects.filter(name="capture.finish").count() == Capture.objects.count()
    # As in an hour, when nothing is too young to be told of: what a death leaves behind is in nobody's way.
    found = {finding.kind for finding in check(archive.store(), Tally(), now=time.time() + 7200)}
    assert found <= {Kind.ORPHANED, Kind.HALF}


def test_workers_killed_at_any_moment(environment: dict[str, str], pages: PageServer) -> None:
    with killing.workers(environment) as running:
        killing.kill(running, pages, DEATHS, random.Random(4))
        killing.end_all(running)
    assert_all_ended_once()
    assert Capture.objects.filter(attempts__gt=1).count() > DEATHS / 10  # they were killed at work
    assert Capture.objects.filter(state=CaptureState.SUCCEEDED).count() > DEATHS / 10


def test_without_leases_that_end_what_the_dead_had_is_lost(environment: dict[str, str], pages: PageServer) -> None:
    """The twin: the broker gives messages back, and that alone is not enough."""
    with killing.workers(environment) as running:
        killing.kill(running, pages, 15, random.Random(4), sweeping=False)
        with pytest.raises(TimeoutError):
            killing.end_all(running, patience=1.5)


def test_a_broker_that_comes_back_empty(
    environment: dict[str, str], pages: PageServer, broker: Valkey, settings: Settings
) -> None:
    if broker.socket is None:
        pytest.skip("REDIS_URL names a broker that is not ours to kill")
    for number in range(100):
        killing.ask(pages, number)
    broker.kill()
    broker.start()
    with killing.workers(environment) as running:
        running.wait_until_up()
        time.sleep(1)
        assert Capture.objects.unfinished().count() == 100  # the twin: nobody is told of them
        sweep_captures.apply()
        killing.end_all(running)
    assert_all_ended_once()
    assert Capture.objects.filter(state=CaptureState.SUCCEEDED, attempts=1).count() == 100


def test_a_database_that_stops_hard_under_load(pages: PageServer, own_cluster: OwnCluster) -> None:
    with killing.workers(own_cluster.environment) as running:
        running.wait_until_up()
        for number in range(40):
            killing.ask(pages, number)
        killing.wait_for_work()
        own_cluster.stop_hard()
        time.sleep(1)
        own_cluster.start()
        killing.look_after()
        killing.end_all(running)
        for number in range(40, 50):  # and the worker is still of use
            killing.ask(pages, number)
        killing.end_all(running)
    assert_all_ended_once()
    assert Capture.objects.filter(state=CaptureState.SUCCEEDED).count() == 50


def test_a_disk_that_is_full_and_then_is_not(environment: dict[str, str], pages: PageServer) -> None:
    with killing.workers(environment) as running:
        running.wait_until_up()
        running.limit_files(1000)
        killing.ask(pages, 1)
        killing.ask(pages, 2)
        killing.until(lambda: Capture.objects.filter(retry_reason=Reason.NOT_STORED).count() == 2)
        assert list(archive.store().listing()) == []
        running.limit_files(resource.RLIM_INFINITY)
        killing.look_after()
        killing.end_all(running)
        assert set(Capture.objects.values_list("state", "attempts")) == {(CaptureState.SUCCEEDED, 2)}
    assert_all_ended_once()


def test_a_disk_that_stays_full(cast: Cast, pages: PageServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", _no_space)
    capture = captures.request(actor=cast.amal, url=pages.url("/good"), wake=False)
    for _ in range(queue.MOST_ATTEMPTS):
        Capture.objects.update(next_attempt_at=Now())
        capturing.make(capture.pk, "here")
    capture.refresh_from_db()
    assert (capture.state, capture.reason, capture.wacz_digest, capture.text_digest, capture.title) == (
        CaptureState.FAILED,
        Reason.NOT_STORED,
        "",
        "",
        "",
    )
    assert capture.detail == "No space left on device"


def _no_space(handle: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_result_is_written_once_the_database_is_back(
    cast: Cast, pages: PageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by fetching the page again."""
    monkeypatch.setattr(capturing, "DATABASE_PAUSES", (0.0, 0.0))
    finish, calls = captures.finish, []

    def falter(**result: Any) -> bool:
        calls.append(result)
        if len(calls) < 3:
            raise OperationalError("the database system is shutting down")
        return finish(**result)

    monkeypatch.setattr(captures, "finish", falter)
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's own transaction lives on it
    capture = captures.request(actor=cast.amal, url=pages.url("/good"), wake=False)
    assert capturing.make(capture.pk, "here")
    capture.refresh_from_db()
    assert (capture.state, capture.attempts) == (CaptureState.SUCCEEDED, 1)


@pytest.mark.parametrize(("whole", "half_seen"), [(True, False), (False, True)])
def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path, whole: bool, half_seen: bool) -> None:
    """A process that only writes files is killed in the middle. The twin writes to the final name."""
    put = (
        "store.put(data)"
        if whole
        else "p = store.place(digest_of(data)); p.parent.mkdir(parents=True, exist_ok=True); p.write_bytes(data)"
    )
    script = f"""
import os, pathlib
from sources.archiving.blobs import BlobStore, digest_of
store = BlobStore(pathlib.Path({str(tmp_path)!r}))
print(flush=True)
while True:
    data = os.urandom(64) * 200_000
    {put}
"""
    store = BlobStore(tmp_path)
    damaged = 0
    for _ in range(8):
        with Popen([sys.executable, "-c", script], cwd=ROOT, stdout=PIPE) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(random.uniform(0.1, 0.3))
            writer.kill()
        for digest, path in store.listing():
            damaged += bool(digest) and digest_of(path.read_bytes()) != digest
            path.unlink()
    assert bool(damaged) == half_seen
