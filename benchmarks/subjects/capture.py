"""Captures in a browser, through Celery with everything kept, beside bare loops over a warm browser in the same run.

Forty articles (tests/articles.py) from a server of this process on loopback. On a machine that others use too, only
the ratios say something.
"""

import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings

from benchmarks import Figure, milliseconds
from benchmarks.processor import seconds_of
from config.celery import app
from sources import archive, engines, queue
from sources.actions import captures
from sources.archiving import result, wacz
from sources.archiving.browser import engine, visit
from sources.domain.captures import CaptureState
from sources.models import Capture
from tests import articles
from tests.engines import Valkey
from tests.pages import PageServer
from tests.processes import running
from tests.settings import ROOT, RUN

PATIENCE = 600.0


def measure() -> Iterator[Figure]:
    server = PageServer()
    server.start()
    site = articles.site()
    # What is asked for twice within a minute is one capture, so each run has addresses of its own.
    site |= {f"/{run}{path}": site[path] for path in articles.paths() for run in ("warm-up", "fullpage", "viewport")}
    for path, (kind, body) in site.items():
        server.pages[path], server.answers[path] = body, (200, {"Content-Type": kind})
    settings.ISNAD_CAPTURE_ALLOW = [f"127.0.0.1:{server.port}"]
    broker = Valkey()
    broker.start()
    try:
        yield from _side_by_side(server, "fullpage", at_once=2, pages=34, ratio=0.9)
        yield from _side_by_side(server, "viewport", at_once=3, pages=55, ratio=0.8)
        yield from _where_the_time_goes([server.url(path) for path in articles.paths()[:6]])
    finally:
        broker.kill()
        server.stop()


def _side_by_side(server: PageServer, picture: str, *, at_once: int, pages: int, ratio: float) -> Iterator[Figure]:
    warm, urls = ([server.url(f"/{run}{path}") for path in articles.paths()] for run in ("warm-up", picture))
    what = f"{len(urls)} articles, {at_once} at once, scrolled"
    seconds, used = _raw(urls, picture, at_once)
    bare = len(urls) / seconds * 60
    yield Figure(f"raw loop, {picture} JPEG", bare, "pages/min", f"{what}; {used / len(urls):.2f} CPU s a page")
    seconds, used = _through_celery(warm[: at_once * 2], urls, picture)
    kept = len(urls) / seconds * 60
    done = Capture.objects.filter(state=CaptureState.SUCCEEDED).exclude(wacz_digest="").order_by("-captured_at")
    sizes = [_kept(capture) for capture in done[: len(urls)]]
    yield Figure(f"captures, {picture} JPEG", kept, "pages/min", f"{what}, rows and files kept; at least {pages}")
    yield Figure(f"of the raw loop, {picture}", kept / bare, "", f"at least {ratio}")
    yield Figure(f"processor, {picture}", used / len(urls), "s/page", "worker, browser and reader; at most 2.7")
    yield Figure(f"WACZ, {picture}", sum(size for size, _ in sizes) / len(sizes) / 1e6, "MB/page", "at most 3.7")
    files = sum(size + more for size, more in sizes) / len(sizes) / 1e6
    yield Figure(f"on disk, {picture}", files, "MB/page", "with the pictures as files of their own")


def _kept(capture: Capture) -> tuple[int, int]:
    """Bytes of the WACZ, and of the pictures beside it."""

    pictures = filter(None, {capture.viewport_digest, capture.fullpage_digest})
    return capture.size or 0, sum(archive.store().place(digest).stat().st_size for digest in pictures)


def _raw(urls: list[str], picture: str, at_once: int) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.raw_browser", str(at_once), picture, *urls]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    seconds, used = map(float, said.split())
    return seconds, used


def _through_celery(warm: list[str], urls: list[str], picture: str) -> tuple[float, float]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "ISNAD_TEST_RUN": RUN,
        "ISNAD_CAPTURE_ALLOW": ",".join(settings.ISNAD_CAPTURE_ALLOW),
        "CAPTURE_FULL_PAGE": "1" if picture == "fullpage" else "0",
    }
    command = [sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker", "--without-mingle"]
    command += ["--queues", "capture", "--concurrency", str(len(warm) // 2), "--loglevel", "error"]
    ready = partial(app.control.ping, timeout=1, limit=1)
    with running(command, environment, lambda: bool(ready()), patience=120) as worker:
        _all_made(warm)  # each process has its browser then
        began, used = time.perf_counter(), seconds_of(worker.pid)
        _all_made(urls)
        return time.perf_counter() - began, seconds_of(worker.pid) - used


def _all_made(urls: list[str]) -> None:
    asked = [captures.request(actor="benchmark", url=url, engine="BROWSER", wake=False).pk for url in urls]
    for _ in asked:
        queue.wake()
    end = time.monotonic() + PATIENCE
    while Capture.objects.filter(pk__in=asked).unfinished().exists():
        assert time.monotonic() < end, "the worker does not come to an end"
        time.sleep(0.1)
    assert not Capture.objects.filter(pk__in=asked).exclude(state=CaptureState.SUCCEEDED).exists()


def _where_the_time_goes(urls: list[str]) -> Iterator[Figure]:
    """Step by step, one page after the other in this process."""
    spent: dict[str, float] = defaultdict(float)
    steps = {"_open": "context and tab", "_go": "first answer", "_settle": "load and quiet", "_scroll": "scrolling"}
    steps |= {"_take": "document and pictures", "_close": "letting go"}
    _timed(visit.Visit, steps, spent)
    _timed(engine, {"extract": "text"}, spent)
    _timed(wacz, {"pack": "packing"}, spent)
    engines.capture(urls[0], "BROWSER")
    spent.clear()
    for url in urls:
        made = engines.capture(url, "BROWSER")
    for step, seconds in spent.items():
        yield Figure(f"step: {step}", seconds / len(urls) * 1000, "ms", f"mean of {len(urls)} pages, one at a time")
    at = result.now()
    took = milliseconds(lambda: wacz.pack(made.exchanges, title="", text=made.text, software="benchmark", at=at), 10)
    yield Figure("packing one article", took, "ms", f"{len(made.exchanges)} exchanges, median of 10; at most 50")
    engines.close()


def _timed(where: Any, names: dict[str, str], spent: dict[str, float]) -> None:
    for name, step in names.items():
        setattr(where, name, _clocked(getattr(where, name), step, spent))


def _clocked(call: Any, step: str, spent: dict[str, float]) -> Any:
    def clocked(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return call(*args, **kwargs)
        finally:
            spent[step] += time.perf_counter() - began

    return clocked
