"""All of the programs or none, and nobody left behind."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.supervisor import EndedError, Supervisor
from tests.settings import ROOT

# A program with a child of its own, that pays no heed to a polite request and says who it is.
STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "60"])
open(sys.argv[1], "w").write(f"{os.getpid()} {child.pid}")
time.sleep(60)
"""
WHOLE = """
import sys
from config.supervisor import Supervisor
import config.supervisor
config.supervisor.GRACE = 0.5
try:
    with Supervisor() as crew:
        crew.start("stubborn", [sys.executable, "-c", open(sys.argv[1]).read(), sys.argv[2]])
        crew.watch()
except KeyboardInterrupt:
    sys.exit(0)
"""


def test_a_program_that_ends_takes_the_others_with_it(restored_signals: None) -> None:
    with Supervisor() as crew:
        crew.start("long", ["sleep", "60"])
        crew.start("short", [sys.executable, "-c", "raise SystemExit(3)"])
        with pytest.raises(EndedError, match="short ended with code 3"):
            crew.watch()
    assert not crew.alive()


def test_one_that_never_answers_is_not_waited_for_for_ever(restored_signals: None) -> None:
    with Supervisor() as crew:
        crew.start("mute", ["sleep", "60"])
        with pytest.raises(EndedError, match="Not everything answered"):
            crew.wait_for(lambda: False, patience=0.2)


@pytest.mark.parametrize("interruption", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_stubborn_and_their_children_are_ended(tmp_path: Path, interruption: signal.Signals) -> None:
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    told = tmp_path / "told"
    command = [sys.executable, "-c", WHOLE, str(tmp_path / "stubborn.py"), str(told)]
    supervisor = subprocess.Popen(command, cwd=ROOT)
    while not (told.exists() and len(told.read_text().split()) == 2):
        assert supervisor.poll() is None
        time.sleep(0.02)
    supervisor.send_signal(interruption)
    assert supervisor.wait(10) == 0
    # They are killed and not waited for; on a busy machine that takes the kernel a moment.
    end = time.monotonic() + 10
    while (left := [pid for pid in told.read_text().split() if lives(int(pid))]) and time.monotonic() < end:
        time.sleep(0.02)
    assert not left


def lives(pid: int) -> bool:
    """Whether a process runs; a zombie that nobody has collected yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def restored_signals() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)
