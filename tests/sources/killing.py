"""Captures made by workers that are killed at random moments, with everything else as it is in a newsroom.

Shared by the test and by `make bench ONLY=kills`, which kills for longer.
"""

import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import Any

from django.db.models.functions import Now

from config.celery import app
from sources import queue
from sources.actions import captures
from sources.models import Capture
from sources.tasks import sweep_captures
from tests.pages import PageServer
from tests.settings import ROOT

PROCESSES = 2
AHEAD = 25  # captures that wait at any time
MOST_SECONDS = 0.06  # from the moment a capture is begun to a death: it takes some 30 ms to the row, 50 to the end
WHOLE_WORKER_EVERY = 60  # deaths, one is of the whole worker at once
LOOK_AFTER_EVERY = 5
SAME = 3  # pages with one picture
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 200


class Workers:
    """One worker program with several processes, started again when it is dead."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._program = self._start()

    def _start(self) -> Popen[bytes]:
        command = [sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker", "--without-mingle"]
        command += [
            "--without-gossip",
            "--queues",
            "capture",
            "--concurrency",
            str(PROCESSES),
            "--loglevel",
            "critical",
        ]
        self._name = f"killed@{time.monotonic_ns()}"
        self._is_up = False
        command += ["--hostname", self._name]
        return Popen(command, cwd=ROOT, env=self._environment, stderr=DEVNULL, start_new_session=True)

    def processes(self) -> list[int]:
        pid = self._program.pid
        with suppress(OSError):
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            return [int(child) for child in children if not _is_dead(child)]
        return []

    def kill_one(self, chance: random.Random) -> bool:
        self.start_if_dead()
        # One that loses all its processes while it starts gives up, and the test would only ever see it start.
        self.wait_until_up()
        if not (alive := self.processes()):
            return False
        with suppress(ProcessLookupError):
            os.kill(chance.choice(alive), signal.SIGKILL)
        return True

    def start_if_dead(self) -> None:
        """As whoever runs a worker would."""
        if self._program.poll() is not None:
            self._program = self._start()

    def wait_until_up(self) -> None:
        while not self._is_up and self._program.poll() is None:
            with app.connection_for_write() as new:  # one of the pool may be to a broker that was killed since
                self._is_up = bool(app.control.ping(destination=[self._name], timeout=0.5, limit=1, connection=new))

    def limit_files(self, size: int) -> None:
        """As if the disk took no file of more bytes than that."""
        for process in self.processes():
            resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def kill_all(self) -> None:
        self.stop()
        self._program = self._start()

    def stop(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._program.pid, signal.SIGKILL)
        self._program.wait()


def _is_dead(pid: str) -> bool:
    """Killed, and not yet missed by its parent."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


@contextmanager
def workers(environment: Mapping[str, str]) -> Iterator[Workers]:
    running = Workers(environment)
    try:
        yield running
    finally:
        running.stop()


def kill(running: Workers, pages: PageServer, deaths: int, chance: random.Random, *, sweeping: bool = True) -> None:
    """Keep captures coming and kill `deaths` processes. Without `sweeping` nobody looks after what the dead had."""
    asked = killed = 0
    while killed < deaths:
        while Capture.objects.unfinished().count() < AHEAD:
            ask(pages, asked)
            asked += 1
        wait_for_work()
        time.sleep(chance.uniform(0, MOST_SECONDS))
        if killed % WHOLE_WORKER_EVERY == WHOLE_WORKER_EVERY - 1:
            running.kill_all()
            killed += 1
        else:
            killed += running.kill_one(chance)
        # Celery gives back the message of a process that died, but not of the second one it killed: the sweep's work.
        for _ in range(PROCESSES):
            queue.wake()
        if sweeping and killed % LOOK_AFTER_EVERY == 0:
            look_after()


def ask(pages: PageServer, number: int) -> None:
    path = f"/{number}"
    # A picture: whose first page is a text waits a second for its reader, and would hardly live to see a second one.
    # Some are the same: their captures share a body on the disk, and two workers may be writing it at once.
    body = PICTURE + str(number // SAME).encode()
    pages.pages[path], pages.answers[path] = body, (200, {"Content-Type": "image/png"})
    captures.request(actor="tests", url=pages.url(path))


def wait_for_work() -> None:
    """Until a capture is being made; or not much longer, as what is left may be waiting to be looked after."""
    end = time.monotonic() + 10
    while time.monotonic() < end and not Capture.objects.filter(state="RUNNING", taken_at__gt=_a_moment_ago()).exists():
        time.sleep(0.002)


def _a_moment_ago() -> Any:
    return Now() - timedelta(seconds=0.15)


def look_after() -> None:
    """What the next minute would bring: leases that nobody renews end, waits are over, the sweep comes."""
    unfinished = Capture.objects.unfinished()
    # Now and then that of a living worker on a busy machine too: its result comes too late, and must not be written.
    long_ago = Now() - timedelta(seconds=0.5)
    unfinished.filter(state="RUNNING", taken_at__lt=long_ago).update(lease_expires_at=Now() - timedelta(seconds=1))
    unfinished.filter(state="QUEUED", next_attempt_at__gt=Now()).update(next_attempt_at=Now())
    sweep_captures.apply()


def until(holds: Callable[[], bool], patience: float = 30) -> None:
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("it never came to that")
        time.sleep(0.05)


def end_all(running: Workers, patience: float = 60) -> None:
    """Let the living finish. Raises TimeoutError when something never ends."""
    end = time.monotonic() + patience
    rounds = 0
    while Capture.objects.unfinished().exists():
        if time.monotonic() > end:
            raise TimeoutError(f"{Capture.objects.unfinished().count()} captures never ended")
        time.sleep(0.1)
        running.start_if_dead()
        rounds += 1
        if rounds % 20 == 0:
            look_after()
