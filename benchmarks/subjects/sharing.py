"""What captures of pages that stay as they are take on the disk, and what reading them out of their pieces costs.

Articles (tests/articles.py) from a server of this process, captured in a browser and kept one after the other in an
archive of their own. The baseline of reading is the same bytes as one file in the same folder.
"""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.conf import settings

from benchmarks import Figure, milliseconds
from sources import engines
from sources.archiving.blobs import BlobStore
from sources.archiving.result import CaptureResult
from sources.archiving.sharing import SharingStore
from tests import articles
from tests.pages import PageServer

MB = 1e6
ROUNDS = 4
RANGE = 64 * 1024  # bytes of one reading in the middle
RANGES = 200


def measure() -> Iterator[Figure]:
    server = PageServer()
    server.start()
    for path, (kind, body) in articles.site().items():
        server.pages[path], server.answers[path] = body, (200, {"Content-Type": kind})
    settings.ISNAD_CAPTURE_ALLOW = [f"127.0.0.1:{server.port}"]
    settings.CAPTURE_FULL_PAGE = True
    one, other = (server.url(path) for path in articles.paths()[:2])
    try:
        with TemporaryDirectory(dir=settings.VAR_DIR) as folder:
            store = SharingStore(Path(folder))
            results = [engines.capture(one, "BROWSER") for _ in range(ROUNDS)]
            yield from _on_disk(store, results, engines.capture(other, "BROWSER"))
            yield from _reading(store, results[-1])
    finally:
        engines.close()
        server.stop()


def _on_disk(store: SharingStore, results: list[CaptureResult], neighbour: CaptureResult) -> Iterator[Figure]:
    note = f"WACZ of {results[0].bytes / MB:.2f} MB and two pictures of {_pictures(results[0]) / MB:.2f} MB"
    for number, result in enumerate(results, 1):
        grown, took = _kept(store, result)
        yield Figure(
            f"capture {number} of a page that stays", grown / MB, "MB", f"{note}; kept in {took * 1000:.0f} ms"
        )
    grown, took = _kept(store, neighbour)
    yield Figure(
        "capture of its neighbour", grown / MB, "MB", f"the same pictures and style; kept in {took * 1000:.0f} ms"
    )


def _pictures(result: CaptureResult) -> int:
    return len(result.viewport) + len(result.fullpage)


def _kept(store: SharingStore, result: CaptureResult) -> tuple[int, float]:
    """Bytes that the archive grew by, and the seconds it took."""
    before, began = _size(store.root), time.perf_counter()
    store.put_apart(result.wacz, result.wacz_bodies)
    store.put(result.viewport)
    store.put(result.fullpage)
    return _size(store.root) - before, time.perf_counter() - began


def _size(root: Path) -> int:
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file())


def _reading(store: SharingStore, result: CaptureResult) -> Iterator[Figure]:
    whole = BlobStore(store.root / "whole")
    whole.put(result.wacz)
    baseline = _speed(lambda: whole.verify(result.wacz_digest), result)
    pieces = _speed(lambda: store.verify(result.wacz_digest), result)
    yield Figure("read and checked, whole", baseline, "MB/s", "the baseline: one file")
    yield Figure("read and checked, in pieces", pieces, "MB/s", f"{len(result.wacz_bodies)} bodies and the rest")
    for name, kept in (("whole", whole), ("in pieces", store)):
        took = milliseconds(lambda: _ranges(kept.open, result)) / RANGES  # noqa: B023 - called at once
        yield Figure(f"a range of 64 KiB, {name}", took, "ms", f"mean of {RANGES} at random, each opened anew")


def _speed(read: Callable[[], None], result: CaptureResult) -> float:
    return result.bytes / MB / (milliseconds(read) / 1000)


def _ranges(open_file: Callable[[str], BinaryIO], result: CaptureResult) -> None:
    dice = random.Random(16)
    for _ in range(RANGES):
        start = dice.randrange(result.bytes - RANGE)
        with open_file(result.wacz_digest) as file:
            file.seek(start)
            assert len(file.read(RANGE)) == RANGE
