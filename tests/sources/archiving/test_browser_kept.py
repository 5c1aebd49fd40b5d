"""The browser of a process: kept warm, renewed in time, gone with whoever started it, and without secrets."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from sources import engines
from sources.archiving.browser import finding, keeping, program
from sources.archiving.browser.engine import capture
from sources.archiving.browser.keeping import keeper
from sources.archiving.result import CaptureResult
from sources.domain.captures import CaptureState, Handling, Reason
from tests.pages import PageServer
from tests.settings import ROOT
from tests.sources.archiving.hostile import HostileServer
from tests.sources.archiving.pages import shown
from tests.sources.archiving.test_browser import ROOM, setup


@pytest.fixture(autouse=True)
def from_the_start() -> Iterator[None]:
    keeper.let_go()
    yield
    keeper.let_go()


def archive(server: HostileServer) -> CaptureResult:
    allow = frozenset({("127.0.0.1", server.port)})
    return capture(server.url("/good"), setup(), limits=ROOM, allow=allow)


def kept() -> program.Browser:
    assert keeper._browser is not None
    return keeper._browser


def until(holds: Callable[[], bool], patience: float = 15) -> bool:
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def alive(group: int) -> bool:
    """Whether any process of that group runs, and is not only waiting to be buried."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, pgrp = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(pgrp) == group and state != "Z":
            return True
    return False


def test_one_browser_serves_many_pages_and_not_for_ever(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PAGES", 3)
    pids = []
    for _ in range(2):
        assert archive(server).state is CaptureState.SUCCEEDED
        pids.append(kept().pid)
    assert pids[0] == pids[1]
    assert archive(server).state is CaptureState.SUCCEEDED
    assert keeper._browser is None
    assert not alive(pids[0])


def test_one_that_died_between_two_pages_is_replaced(server: HostileServer) -> None:
    archive(server)
    first = kept().pid
    os.kill(first, signal.SIGKILL)
    assert archive(server).state is CaptureState.SUCCEEDED
    assert kept().pid != first


def test_one_that_dies_in_the_middle_is_a_fault_of_ours(server: HostileServer) -> None:
    archive(server)
    pid = kept().pid
    server.answers["/dies"] = lambda connection: os.kill(pid, signal.SIGKILL)
    allow = frozenset({("127.0.0.1", server.port)})
    result = capture(server.url("/dies"), setup(), limits=ROOM, allow=allow)
    assert (result.state, result.reason) in (
        (CaptureState.FAILED, Reason.BROWSER_FAULT),
        (CaptureState.FAILED, Reason.CONNECTION_LOST),  # of the server, which was seen first
    )
    assert result.reason is not None
    assert result.reason.may_pass
    assert not alive(pid)


def test_it_is_given_no_secret(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of ours: what else is in there, the distribution's own start script put there."""
    monkeypatch.setenv("SECRET_KEY", "nobody may know")
    archive(server)
    environment = Path(f"/proc/{kept().pid}/environ").read_bytes()
    names = {entry.partition(b"=")[0].decode() for entry in environment.split(b"\0") if entry}
    assert b"nobody may know" not in environment
    ours = {"HOME", "TMPDIR", "PATH", "LANG", "PWD"}
    assert names & set(os.environ) <= ours


def test_it_listens_nowhere(server: HostileServer) -> None:
    """A port by which it can be driven would be one for every program of the machine."""
    archive(server)
    command = Path(f"/proc/{kept().pid}/cmdline").read_bytes()
    assert b"--remote-debugging-pipe" in command
    assert b"--remote-debugging-port" not in command


WORKER = """
import sys, time
from pathlib import Path
from sources.archiving.browser.program import Browser
browser = Browser(Path(sys.argv[1]), pin="", sandbox=False, most_bytes=10**10)
print(browser.pid, browser._profile, flush=True)
time.sleep(60)
"""


def test_nothing_is_left_when_its_worker_is_killed() -> None:
    path = str(setup().program)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    pid, profile = worker.stdout.readline().split()
    assert alive(int(pid))
    assert Path(profile).exists()
    worker.kill()
    worker.wait()
    assert until(lambda: not alive(int(pid)))
    program._sweep()  # as before the next one starts
    assert not Path(profile).exists()


def test_profiles_of_the_living_stay() -> None:
    with tempfile.TemporaryDirectory(prefix=f"{program.PREFIX}{os.getpid()}-") as folder:
        program._sweep()
        assert Path(folder).exists()


@pytest.mark.parametrize("content", [None, "exit 3", "exec sleep 60"])
def test_without_one_that_starts_captures_are_made_over_http_and_say_so(
    pages: PageServer, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    monkeypatch.setattr(program, "START", 2.0)
    path = tmp_path / "chromium"
    settings.BROWSER = str(path)
    if content:
        path.write_text(f"#!/bin/sh\n{content}\n")
        path.chmod(0o755)
    result = engines.capture(pages.url("/good"), "BROWSER")
    assert (result.state, result.engine, result.handling) == (
        CaptureState.SUCCEEDED,
        "http",
        (Handling.NO_BROWSER,),
    )


def test_the_browsers_of_playwright_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "NAMES", ())
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    assert finding.find() is None
    for path in ("chromium-1200/chrome-linux64/chrome", "chromium_headless_shell-1200/chrome-linux/headless_shell"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text("")
        (tmp_path / path).chmod(0o755)
        assert finding.find() == tmp_path / path  # the small one is preferred


def test_a_page_that_leads_away_for_ever_does_not_hold_the_browser(server: HostileServer) -> None:
    server.answers["/away"] = shown(script="setInterval(() => { location = 'http://10.0.0.1/' }, 1)")
    allow = frozenset({("127.0.0.1", server.port)})
    result = capture(server.url("/away"), setup(), limits=ROOM, allow=allow)
    assert result.state is CaptureState.PARTIAL
    assert {each.reason for each in result.missing} == {Reason.ADDRESS_NOT_PUBLIC}
