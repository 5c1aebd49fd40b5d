"""Runs several programs as one: all of them, or none.

A program that ends takes the others with it, and loudly: on a desk of one machine a web server without its worker
would look well and capture nothing. Starting again is up to whoever started us (a person, a container engine).
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

GRACE = 10.0  # seconds a program has to end by itself


class EndedError(Exception):
    """A program ended that was meant to stay, or never answered; the message says which."""


class Supervisor:
    """`with Supervisor() as crew: crew.start(...); crew.watch()`; on leaving, programs and their children are gone."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Supervisor":
        for interruption in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(interruption, signal.default_int_handler)
        return self

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        # A session of its own: an interrupt from the terminal reaches only us, and we can end a program's children too.
        self._running[name] = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_end_with_parent
        )

    def wait_for(self, ready: Callable[[], bool], patience: float = 180) -> None:
        deadline = time.monotonic() + patience
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise EndedError(f"Not everything answered within {patience:.0f} s, so everything stops.")
            time.sleep(0.1)

    def watch(self) -> None:
        """Stays until a program ends (`EndedError`) or somebody interrupts (`KeyboardInterrupt`)."""
        while True:
            self.check()
            time.sleep(0.5)

    def check(self) -> None:
        for name, program in self._running.items():
            if (code := program.poll()) is not None:
                raise EndedError(f"{name} ended with code {code}, so everything stops.")

    def alive(self) -> list[str]:
        """Names of the programs that run, or have left a child running."""
        return [name for name, program in self._running.items() if _group_lives(program)]

    def __exit__(self, *_: object) -> None:
        for interruption in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(interruption, signal.SIG_IGN)
        for program in self._running.values():
            _signal_group(program, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        while self.alive() and time.monotonic() < deadline:
            time.sleep(0.05)
        for program in self._running.values():
            _signal_group(program, signal.SIGKILL)
            program.wait()


def _group_lives(program: subprocess.Popen[bytes]) -> bool:
    program.poll()  # a dead leader nobody waited for would count as alive
    return _signal_group(program, 0)


def _signal_group(program: subprocess.Popen[bytes], number: int) -> bool:
    try:
        os.killpg(program.pid, number)
    except ProcessLookupError:
        return False
    return True


def _end_with_parent() -> None:
    """Should we be killed outright, Linux ends our programs for us."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
