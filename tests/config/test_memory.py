"""What a worker asks of the C library: memory that many threads used is not kept apart for each of them."""

import ctypes
import re
import subprocess
import sys

import pytest

# Arenas are glibc's own. Other C libraries have none to count, and there a worker asks for nothing.
IS_GLIBC = hasattr(ctypes.CDLL(None), "malloc_info")
pytestmark = pytest.mark.skipif(not IS_GLIBC, reason="the C library has no arenas")

EIGHT_THREADS = """
import ctypes, sys, threading
from celery.signals import worker_process_init
import config.celery

if sys.argv[1] == "as a worker does":
    worker_process_init.send(None)
together = threading.Barrier(8)

def hold():
    together.wait()
    kept = [bytes(50_000) for _ in range(100)]
    together.wait()

threads = [threading.Thread(target=hold) for _ in range(8)]
for each in threads:
    each.start()
for each in threads:
    each.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, out)
libc.fflush(out)
"""


@pytest.mark.parametrize(("start", "shared"), [("as a worker does", True), ("as it comes", False)])
def test_many_threads_share_one_arena(start: str, shared: bool) -> None:
    said = subprocess.run([sys.executable, "-c", EIGHT_THREADS, start], capture_output=True, text=True, check=True)
    arenas = len(re.findall("<heap nr=", said.stdout))
    assert (arenas == 1) is shared
