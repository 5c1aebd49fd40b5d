"""Programs of the product that run beside a test: started, waited for, and gone afterwards with their children."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from tests.settings import ROOT


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], ready: Callable[[], bool], patience: float = 30
) -> Iterator[subprocess.Popen[bytes]]:
    program = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        deadline = time.monotonic() + patience
        while not ready():
            if program.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{' '.join(command[1:4])} was not ready within {patience} s")
            time.sleep(0.05)
        yield program
    finally:
        program.terminate()
        with suppress(subprocess.TimeoutExpired):
            program.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
