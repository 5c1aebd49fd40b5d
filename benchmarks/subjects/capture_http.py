"""Captures over HTTP, from the row that asks for one to the row that says it is there, beside a bare loop of requests.

Both fetch the same pages from the same server on loopback, one after the other, in this process.
"""

import time
from collections.abc import Callable, Iterator

import httpcore
from django.conf import settings

from benchmarks import Figure, milliseconds
from sources import capturing
from sources.actions import captures
from sources.archiving import result, wacz
from sources.archiving.fetch import fetch
from sources.archiving.guard import Guard
from sources.archiving.limits import Limits
from sources.domain.captures import CaptureState
from sources.models import Capture
from tests.pages import ARABIC, PageServer, page

PAGES = 120
PARAGRAPHS = 40


def measure() -> Iterator[Figure]:
    server = PageServer()
    server.start()
    body = page("\n".join(f"{number} {ARABIC}" for number in range(PARAGRAPHS)))
    server.pages = {f"/{number}": body for number in range(PAGES)}
    settings.ISNAD_CAPTURE_ALLOW = [f"127.0.0.1:{server.port}"]
    urls = [server.url(path) for path in server.pages]
    try:
        yield from _figures(urls, len(body), f"127.0.0.1:{server.port}")
    finally:
        server.stop()


def _figures(urls: list[str], size: int, address: str) -> Iterator[Figure]:
    what = f"{PAGES} pages of {size / 1024:.0f} KiB from loopback, one after the other"
    bare = _a_minute(urls, lambda url: httpcore.request("GET", url))
    kept = _a_minute(urls, _capture)
    assert Capture.objects.filter(state=CaptureState.SUCCEEDED).count() >= PAGES
    yield Figure("bare requests", bare, "pages/min", f"{what}; the baseline: nothing read, checked or kept")
    yield Figure("captures over HTTP", kept, "pages/min", f"{what}; text, digests, WACZ, file and rows; at least 700")
    allow = frozenset({(address.rpartition(":")[0], int(address.rpartition(":")[2]))})
    fetched = fetch(urls[0], Guard(Limits(), allow), clock=result.now)
    at = result.now()
    took = milliseconds(lambda: wacz.pack(fetched.exchanges, title="", text=ARABIC, software="benchmark", at=at))
    yield Figure("packing one page", took, "ms", f"a WACZ of one page of {size / 1024:.0f} KiB, median of 30")


def _capture(url: str) -> None:
    capture = captures.request(actor="benchmark", url=url, wake=False)
    capturing.make(capture.pk, "benchmark")


def _a_minute(urls: list[str], call: Callable[[str], object]) -> float:
    call(urls[0])
    began = time.perf_counter()
    for url in urls:
        call(url)
    return len(urls) / (time.perf_counter() - began) * 60
