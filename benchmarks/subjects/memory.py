"""Memory of a capture worker while it makes capture after capture, with each engine: flat, or is there a leak?

One process of a Celery worker captures articles (tests/articles.py) from a server of this process on loopback, each at
an address of its own. Every fifty captures its memory is written down; the browser, which is renewed after a hundred
pages, counts with the most it held since. ISNAD_BENCH_CAPTURES says how many there are.
"""

import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial

from django.conf import settings

from benchmarks import Figure
from benchmarks.memory_of import memory_of
from config.celery import app
from sources import queue
from sources.actions import captures
from sources.models import Capture, CaptureState
from tests import articles
from tests.engines import Valkey
from tests.pages import PageServer
from tests.processes import running
from tests.settings import RUN

CAPTURES = int(os.environ.get("ISNAD_BENCH_CAPTURES", "500"))
STEP = 50
WARM = 100  # captures: until then parsers, pools and caches fill
PATIENCE = 600.0  # seconds for a step


def measure() -> Iterator[Figure]:
    server, broker = PageServer(), Valkey()
    for path, (kind, body) in articles.site().items():
        server.pages[path], server.answers[path] = body, (200, {"Content-Type": kind})
    pages = [server.pages[path] for path in articles.paths()]
    server.pages |= {f"/{engine}/{n}": pages[n % len(pages)] for engine in ("HTTP", "BROWSER") for n in range(CAPTURES)}
    server.start()
    broker.start()
    settings.ISNAD_CAPTURE_ALLOW = [f"127.0.0.1:{server.port}"]
    try:
        for engine in ("HTTP", "BROWSER"):
            yield from _over_many(engine, server)
    finally:
        broker.kill()
        server.stop()


def _over_many(engine: str, server: PageServer) -> Iterator[Figure]:
    with running(_command(), _environment(), _is_ready(), patience=120) as worker:
        began = time.perf_counter()
        held: dict[int, Counter[str]] = {}
        for first in range(0, CAPTURES, STEP):
            urls = [server.url(f"/{engine}/{n}") for n in range(first, min(first + STEP, CAPTURES))]
            held[first + len(urls)] = _made(urls, engine, worker.pid)
        minutes = (time.perf_counter() - began) / 60
    for number, memory in held.items():
        note = ", ".join(f"{kind} {memory[kind]}" for kind in ("reader", "browser") if memory[kind])
        yield Figure(f"{engine}: worker after {number}", memory["worker"], "MiB", f"resident, not shared; {note}")
    note = f"least squares from {WARM} to {CAPTURES} captures in {minutes:.1f} min; flat is 0"
    for kind in ("worker", "reader", "browser") if engine == "BROWSER" else ("worker", "reader"):
        yield Figure(f"{engine}: {kind} grows", _slope(held, kind), "MiB/100", note)


def _slope(held: dict[int, Counter[str]], kind: str) -> float:
    """MiB in a hundred captures."""
    late = {number: memory[kind] for number, memory in held.items() if number >= WARM}
    return statistics.linear_regression(list(late), list(late.values())).slope * 100 if len(late) > 1 else 0.0


def _made(urls: list[str], engine: str, worker: int) -> Counter[str]:
    """What the worker holds when the last is there; of the browser, the most it held meanwhile."""
    asked = [captures.request(actor="benchmark", url=url, engine=engine, wake=False).pk for url in urls]
    queue.wake()
    end, browser = time.monotonic() + PATIENCE, 0
    while Capture.objects.filter(pk__in=asked).unfinished().exists():
        assert time.monotonic() < end, "the worker does not come to an end"
        browser = max(browser, memory_of(worker)["browser"])
        time.sleep(0.5)
    assert not Capture.objects.filter(pk__in=asked).exclude(state=CaptureState.SUCCEEDED).exists()
    return memory_of(worker) | Counter(browser=browser)


def _command() -> list[str]:
    command = [sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker", "--without-mingle"]
    return [*command, "--queues", "capture", "--concurrency", "1", "--loglevel", "error"]


def _environment() -> dict[str, str]:
    ours = {"DJANGO_SETTINGS_MODULE": "tests.settings", "ISNAD_TEST_RUN": RUN, "CAPTURE_HOST_PAUSE": "0"}
    return {**os.environ, **ours, "ISNAD_CAPTURE_ALLOW": ",".join(settings.ISNAD_CAPTURE_ALLOW)}


def _is_ready() -> partial[bool]:
    return partial(lambda: bool(app.control.ping(timeout=1, limit=1)))
