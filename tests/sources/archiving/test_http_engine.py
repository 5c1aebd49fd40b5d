"""How a capture ends for every way in which a server can behave. Each row was a hang, a crash or a lie somewhere."""

import socket
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from sources.archiving.blobs import digest_of
from sources.archiving.http_engine import capture
from sources.archiving.result import CaptureResult
from sources.domain.captures import CaptureState, Reason
from tests.sources.archiving.conftest import NOON, Capture
from tests.sources.archiving.hostile import ANSWERS, ARABIC, HostileServer, page

WHOLE = ["/good", "/gzip", "/gzip-two-members", "/deflate", "/deflate-bare", "/chunked", "/until-close", "/bom"]
WHOLE += ["/windows-1256", "/meta-1256", "/plain", "/no-type", "/moved", "/junk-after", "/rot13", "/all-its-parts"]

PARTIAL = [
    ("/cut-length", Reason.CONNECTION_LOST),
    ("/cut-chunks", Reason.CONNECTION_LOST),
    ("/cut-gzip", Reason.CONNECTION_LOST),
    ("/bad-chunk", Reason.BAD_RESPONSE),
    ("/a-part", Reason.BAD_RESPONSE),
    ("/a-part-of-what", Reason.BAD_RESPONSE),
    ("/brotli", Reason.ENCODING_NOT_SUPPORTED),
    ("/gzip-in-gzip", Reason.ENCODING_NOT_SUPPORTED),
    ("/gzip-lie", Reason.BAD_RESPONSE),
    ("/gzip-short", Reason.BAD_RESPONSE),
    ("/lying-charset", Reason.TEXT_DAMAGED),
    ("/invalid-utf8", Reason.TEXT_DAMAGED),
    ("/iso-2022-kr", Reason.TEXT_DAMAGED),
    ("/lying-type", Reason.TEXT_DAMAGED),
    ("/lying-pdf", Reason.TEXT_FAILED),
    ("/long-text", Reason.TEXT_TRUNCATED),
    ("/shell", Reason.TEXT_EMPTY),
    ("/empty", Reason.TEXT_EMPTY),
    ("/early-hints", Reason.TEXT_EMPTY),
    ("/attributes", Reason.TEXT_TIMED_OUT),
]

SAID_NO = [
    ("/404", Reason.HTTP_CLIENT_ERROR, 404),
    ("/403", Reason.HTTP_FORBIDDEN, 403),
    ("/429", Reason.HTTP_RATE_LIMITED, 429),
    ("/503", Reason.HTTP_SERVER_ERROR, 503),
    ("/304", Reason.BAD_RESPONSE, 304),
    ("/302-nowhere", Reason.BAD_RESPONSE, 302),
]

FAILED = [
    ("/silence", Reason.DEADLINE_PASSED),
    ("/slow-head", Reason.DEADLINE_PASSED),
    ("/slow-body", Reason.DEADLINE_PASSED),
    ("/slow-chunks", Reason.DEADLINE_PASSED),
    ("/endless-body", Reason.BODY_TOO_LARGE),
    ("/endless-chunks", Reason.BODY_TOO_LARGE),
    ("/endless-head", Reason.HEADERS_TOO_LARGE),
    ("/many-heads", Reason.HEADERS_TOO_LARGE),
    ("/endless-line", Reason.HEADERS_TOO_LARGE),
    ("/endless-interim", Reason.HEADERS_TOO_LARGE),
    ("/endless-redirect-body", Reason.BODY_TOO_LARGE),
    ("/huge-length", Reason.BODY_TOO_LARGE),
    ("/cut-head", Reason.CONNECTION_LOST),
    ("/nothing", Reason.CONNECTION_LOST),
    ("/reset", Reason.CONNECTION_LOST),
    ("/not-http", Reason.BAD_RESPONSE),
    ("/bad-status", Reason.BAD_RESPONSE),
    ("/bad-header", Reason.BAD_RESPONSE),
    ("/nul-header", Reason.BAD_RESPONSE),
    ("/two-lengths", Reason.BAD_RESPONSE),
    ("/negative-length", Reason.BAD_RESPONSE),
    ("/switch", Reason.BAD_RESPONSE),
    ("/deflate-bomb", Reason.DECOMPRESSED_TOO_LARGE),
    ("/gzip-bomb", Reason.DECOMPRESSED_TOO_LARGE),
    ("/gzip-bomb-members", Reason.DECOMPRESSED_TOO_LARGE),
    ("/loop", Reason.REDIRECT_LOOP),
    ("/loop-of-two", Reason.REDIRECT_LOOP),
    ("/maze/1", Reason.TOO_MANY_REDIRECTS),
    ("/to-loopback", Reason.ADDRESS_NOT_PUBLIC),
    ("/to-private", Reason.ADDRESS_NOT_PUBLIC),
    ("/to-metadata", Reason.ADDRESS_NOT_PUBLIC),
    ("/to-mapped", Reason.ADDRESS_NOT_PUBLIC),
    ("/to-hex", Reason.HOST_AMBIGUOUS),
    ("/to-file", Reason.SCHEME_NOT_ALLOWED),
    ("/to-user", Reason.CREDENTIALS_IN_URL),
    ("/to-inside-name", Reason.ADDRESS_NOT_PUBLIC),
]


def is_whole(result: CaptureResult) -> bool:
    digests = (result.text_digest, result.wacz_digest)
    return ARABIC in result.text and digests == (digest_of(result.text.encode()), digest_of(result.wacz))


@pytest.mark.parametrize("path", WHOLE)
def test_whole(archive: Capture, path: str) -> None:
    result = archive(path)
    assert (result.state, result.reason) == (CaptureState.SUCCEEDED, None)
    if path != "/rot13":  # read as UTF-8: the label is none of the web's
        assert is_whole(result)
    assert result.language == "ar"


@pytest.mark.parametrize(("path", "reason"), PARTIAL)
def test_partial(archive: Capture, path: str, reason: Reason) -> None:
    result = archive(path)
    assert (result.state, result.reason) == (CaptureState.PARTIAL, reason)
    assert result.wacz
    assert result.http_status in (200, 206)


@pytest.mark.parametrize(("path", "reason", "status"), SAID_NO)
def test_an_answer_that_is_not_the_page(archive: Capture, path: str, reason: Reason, status: int) -> None:
    result = archive(path)
    assert (result.state, result.reason, result.http_status) == (CaptureState.FAILED, reason, status)
    assert result.wacz
    assert (result.title, result.text, result.text_digest) == ("", "", "")


@pytest.mark.parametrize(("path", "reason"), FAILED)
def test_failed(archive_impatiently: Capture, path: str, reason: Reason) -> None:
    started = time.perf_counter()
    result = archive_impatiently(path)
    assert (result.state, result.reason) == (CaptureState.FAILED, reason)
    assert (result.wacz, result.text, result.final_url) == (b"", "", "")
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("path", ["/endless-chunk-size", "/deep", "/marks", "/zlib-charset"])
def test_survived(archive: Capture, path: str) -> None:
    """Where the parser gives up depends on its version; that it gives up, and honestly, does not."""
    result = archive(path)
    assert result.state is not CaptureState.RUNNING
    assert (result.state is CaptureState.SUCCEEDED) == (result.reason is None)


def test_the_page_after_a_hostile_one_is_read(archive: Capture) -> None:
    assert archive("/attributes").reason is Reason.TEXT_TIMED_OUT
    assert is_whole(archive("/good"))


def test_many_at_once(archive: Capture) -> None:
    results: list[CaptureResult] = []
    threads = [threading.Thread(target=lambda: results.append(archive("/good"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert all(map(is_whole, results))


def test_redirects_are_told(archive: Capture, server: HostileServer) -> None:
    result = archive("/moved")
    assert result.redirects == (server.url("/moved"), server.url("/moved/again"))
    assert result.final_url == server.url("/good")
    assert [exchange.status for exchange in result.exchanges] == [301, 302, 200]
    assert [exchange.facts()["address"] for exchange in result.exchanges] == ["127.0.0.1"] * 3


def test_a_failure_tells_how_far_it_came(archive: Capture, server: HostileServer) -> None:
    result = archive("/to-inside-name")
    assert result.redirects == (server.url("/to-inside-name"),)
    assert result.detail == "inside.example is 10.0.0.7, which is not a public address"
    assert len(archive("/maze/1").redirects) == 6


def test_other_media_are_kept_as_they_are(archive: Capture) -> None:
    result = archive("/image")
    assert (result.state, result.media_type, result.text) == (CaptureState.SUCCEEDED, "image/png", "")


def test_what_is_no_picture_is_kept_as_one_and_not_read(archive: Capture) -> None:
    result = archive("/lying-picture")
    assert (result.state, result.media_type, result.text) == (CaptureState.SUCCEEDED, "image/png", "")


def test_a_document_is_read(archive: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    statement = (Path(__file__).parent / "files" / "statement.pdf").read_bytes()
    monkeypatch.setitem(ANSWERS, "/statement", page(statement, content_type="application/pdf"))
    result = archive("/statement")
    assert (result.state, result.media_type, result.title) == (
        CaptureState.SUCCEEDED,
        "application/pdf",
        "بيان الوزارة",
    )
    assert "أُغلق في الساعة 14:30" in result.text


def test_text_holds_nothing_a_database_refuses(archive: Capture) -> None:
    text = archive("/nul-text").text
    assert text.count(ARABIC) == 2  # what follows a zero byte is not lost
    assert not any((char < " " and char != "\n") or "\ud800" <= char <= "\udfff" for char in text)


def test_what_is_sent_names_nobody(archive: Capture, server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.requests.clear()
    assert archive("/moved").state is CaptureState.SUCCEEDED
    for head in server.requests:
        names = {line.split(b":")[0].lower() for line in head.splitlines()[1:] if line}
        assert names == {b"host", b"user-agent", b"accept", b"accept-encoding", b"connection"}
        assert b"isnad" not in head.lower()


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("99999999999999", 3600),  # a server may ask for an hour, not for a year
        (f"{NOON + timedelta(minutes=5):%a, %d %b %Y %H:%M:%S} GMT", 300),
        (f"{NOON - timedelta(minutes=5):%a, %d %b %Y %H:%M:%S} GMT", 0),
        ("soon", 0),
        ("-5", 0),
        ("١٢", 0),
        ("", 0),
    ],
)
def test_when_to_come_again_is_passed_on(
    archive: Capture, monkeypatch: pytest.MonkeyPatch, said: str, seconds: int
) -> None:
    busy = page(b"busy", f"Retry-After: {said}", status="429 Too Many Requests")
    monkeypatch.setitem(ANSWERS, "/busy", busy)
    assert archive("/busy").retry_after == timedelta(seconds=seconds)


def test_nobody_there() -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        port = unheard.getsockname()[1]
        result = capture(f"http://127.0.0.1:{port}/", allow=frozenset({("127.0.0.1", port)}))
    assert (result.state, result.reason) == (CaptureState.FAILED, Reason.CONNECTION_REFUSED)
