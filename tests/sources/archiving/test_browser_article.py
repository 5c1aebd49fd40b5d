"""An ordinary article: all nine things it is made of are kept, byte for byte, and replay finds each of them."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from sources.archiving.browser.engine import capture
from sources.archiving.result import CaptureResult
from sources.domain.captures import CaptureState, Handling
from tests import articles
from tests.pages import PageServer
from tests.sources.archiving.accepted import assert_accepted
from tests.sources.archiving.test_browser import setup

PATH = "/article/7"


@pytest.fixture(scope="module")
def served() -> Iterator[PageServer]:
    server = PageServer()
    server.start()
    for path, (kind, body) in articles.site().items():
        server.pages[path] = body
        server.answers[path] = (200, {"Content-Type": kind})
    yield server
    server.stop()


@pytest.fixture(scope="module")
def result(served: PageServer) -> CaptureResult:
    return capture(served.url(PATH), setup(), allow=frozenset({("127.0.0.1", served.port)}))


def test_it_works(result: CaptureResult, tmp_path: Path) -> None:
    assert (result.state, result.reason, result.missing) == (CaptureState.SUCCEEDED, None, ())
    assert result.handling == (Handling.WAITED_QUIET, Handling.BANNERS_LEFT, Handling.SCROLLED)
    assert len(result.text) > 25_000
    assert_accepted(result.wacz, tmp_path)


def test_nine_of_nine_are_kept_byte_for_byte(result: CaptureResult, served: PageServer) -> None:
    kept = {}
    for record in ArchiveIterator(io.BytesIO(_file(result, "archive/data.warc.gz"))):
        if record.rec_type == "response":
            kept[record.rec_headers["WARC-Target-URI"]] = record.content_stream().read()
    expected = {served.url(path): served.pages[path] for path in articles.resources(PATH)}
    assert len(expected) == 9
    assert {url: kept.get(url) for url in expected} == expected


def test_the_index_finds_pages_resources_and_pictures(result: CaptureResult, served: PageServer) -> None:
    lines = _file(result, "indexes/index.cdx").decode().splitlines()
    assert lines == sorted(lines)
    indexed = {json.loads(line.split(" ", 2)[2])["url"] for line in lines}
    url = served.url(PATH)
    assert {served.url(path) for path in articles.resources(PATH)} <= indexed
    assert {f"urn:{kind}:{url}" for kind in ("view", "dom")} <= indexed


def test_the_picture_of_the_window_is_in_the_copy_and_that_of_the_page_beside_it(result: CaptureResult) -> None:
    found = {
        record.rec_headers["WARC-Target-URI"].split(":")[1]: record.content_stream().read()
        for record in ArchiveIterator(io.BytesIO(_file(result, "archive/data.warc.gz")))
        if record.rec_type == "resource"
    }
    assert (found["view"], "fullPage" in found) == (result.viewport, False)
    assert _size(result.viewport) == (1280, 800)
    width, height = _size(result.fullpage)
    assert width == 1280
    assert 13_500 < height < 15_500


def _file(result: CaptureResult, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(result.wacz)).read(name)


def _size(jpeg: bytes) -> tuple[int, int]:
    """Of a picture, from the frame header that stands before its data."""
    at = 2
    while jpeg[at + 1] not in (0xC0, 0xC2):
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return int.from_bytes(jpeg[at + 7 : at + 9], "big"), int.from_bytes(jpeg[at + 5 : at + 7], "big")
