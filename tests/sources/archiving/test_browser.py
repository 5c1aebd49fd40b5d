"""How a capture in a browser ends for every way in which a page or what it loads can behave."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sources.archiving.browser import finding
from sources.archiving.browser.engine import Setup, capture
from sources.archiving.limits import MIB
from sources.archiving.result import CaptureResult
from sources.domain.captures import CaptureState, Handling, Reason
from tests.sources.archiving.accepted import assert_accepted
from tests.sources.archiving.conftest import TIGHT, resolve
from tests.sources.archiving.hostile import ARABIC, HostileServer
from tests.sources.archiving.pages import BEHAVIOUR, SUB_RESOURCES, shown

ROOM = replace(
    TIGHT,
    page_deadline=30,
    page_load=5,
    page_quiet=2,
    scroll=5,
    request=1.5,
    requests=60,
    page_bytes=8 * MIB,
    browser_bytes=700 * MIB,
)
Capture = Callable[[str], CaptureResult]


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    subs = {f"/with{path}": shown(f"<img src={path}>") for path in SUB_RESOURCES}
    server = HostileServer(answers=BEHAVIOUR | subs)
    yield server
    server.close()


def setup() -> Setup:
    program = finding.find()
    if program is None:
        pytest.skip("journeys did not run: no Chromium on this machine")
    return Setup(program, sandbox=False, fullpage=True)


@pytest.fixture
def archive(server: HostileServer) -> Capture:
    allow = frozenset({("127.0.0.1", server.port)})
    return lambda path: capture(server.url(path), setup(), limits=ROOM, allow=allow, resolve=resolve)


def reasons(result: CaptureResult) -> set[Reason]:
    return {each.reason for each in result.missing}


def test_it_works(archive: Capture, server: HostileServer, tmp_path: Path) -> None:
    result = archive("/scripted")
    assert (result.state, result.reason, result.missing) == (CaptureState.SUCCEEDED, None, ())
    assert "نص من البرنامج" in result.text
    assert (result.final_url, result.http_status, result.media_type) == (server.url("/scripted"), 200, "text/html")
    assert result.handling == (Handling.WAITED_QUIET, Handling.BANNERS_LEFT, Handling.SCROLLED)
    assert result.viewport.startswith(b"\xff\xd8\xff")
    assert_accepted(result.wacz, tmp_path)


@pytest.mark.parametrize(("path", "reason"), SUB_RESOURCES.items())
def test_what_does_not_come_is_listed_with_its_reason(archive: Capture, path: str, reason: str, tmp_path: Path) -> None:
    result = archive(f"/with{path}")
    assert (result.state, result.reason) == (CaptureState.PARTIAL, Reason.RESOURCES_MISSING)
    assert reasons(result) == {Reason(reason)}
    assert ARABIC in result.text
    assert result.viewport
    assert_accepted(result.wacz, tmp_path)


@pytest.mark.parametrize(
    ("path", "title", "handling"),
    [
        ("/alerts", "بعد", Handling.DIALOG_DISMISSED),
        ("/prints", "بعد", Handling.SCROLLED),
        ("/stays", "بعد", Handling.SCROLLED),
        ("/opens", "بعد", Handling.SCROLLED),
        ("/downloads", "عنوان", Handling.DOWNLOAD_REFUSED),
        ("/leaves-at-once", "عنوان", Handling.FOLLOWED_SCRIPT),
        ("/leaves-when-loaded", "عنوان", Handling.FOLLOWED_SCRIPT),
        ("/refreshes", "عنوان", Handling.FOLLOWED_SCRIPT),
        ("/worker", "رُفض", Handling.SCROLLED),
        ("/high", "عنوان", Handling.PICTURE_CUT),
        ("/invalid", "t", Handling.SCROLLED),
    ],
)
def test_what_a_page_may_try(archive: Capture, path: str, title: str, handling: Handling) -> None:
    result = archive(path)
    assert (result.state, result.reason) == (CaptureState.SUCCEEDED, None)
    assert result.title == title
    assert handling in result.handling
    assert ARABIC in result.text
    assert result.viewport


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loops", {Reason.SCRIPT_STOPPED, Reason.PAGE_RESTLESS}),
        ("/loops-later", {Reason.SCRIPT_STOPPED, Reason.PAGE_RESTLESS}),
        ("/loops-when-scrolled", {Reason.SCRIPT_STOPPED, Reason.PAGE_RESTLESS}),
        ("/leaves-for-ever", {None, Reason.PAGE_RESTLESS, Reason.RESOURCES_MISSING}),
        ("/leaves-when-scrolled", {Reason.PAGE_RESTLESS}),
        ("/busy", {Reason.RESOURCES_MISSING}),
        ("/many", {Reason.RESOURCES_MISSING}),
        ("/grows", {None}),
        ("/endless", {Reason.SCROLLED_IN_PART}),
        ("/eats-heap", {Reason.PAGE_CRASHED}),
        ("/eats-buffers", {Reason.PAGE_CRASHED}),
    ],
)
def test_what_does_not_end_by_itself_is_ended(archive: Capture, path: str, reason: set[Reason | None]) -> None:
    started = time.monotonic()
    result = archive(path)
    assert time.monotonic() - started < 30
    assert result.reason in reason
    assert result.state is (CaptureState.PARTIAL if result.reason else CaptureState.SUCCEEDED)
    assert ARABIC in result.text
    assert archive("/good").state is CaptureState.SUCCEEDED  # whatever the one before did


def test_what_came_when_it_was_asked_for_again_is_not_missing(archive: Capture) -> None:
    result = archive("/asks-again")
    assert (result.title, result.missing) == ("جاء كله", ())
    assert (result.state, result.reason) == (CaptureState.SUCCEEDED, None)


def test_what_a_stopped_script_had_yet_to_write_is_said_to_be_missing(archive: Capture) -> None:
    result = archive("/stopped-before-it-writes")
    assert "نص كان سيُكتب" not in result.text
    assert (result.state, result.reason) == (CaptureState.PARTIAL, Reason.SCRIPT_STOPPED)
    assert Handling.SCRIPT_STOPPED in result.handling


def test_a_page_higher_than_its_picture_is_scrolled_to_its_end(archive: Capture, server: HostileServer) -> None:
    result = archive("/lazy")
    assert server.url("/image?below") in [each.url for each in result.exchanges]
    assert (result.state, result.reason) == (CaptureState.SUCCEEDED, None)
    assert {Handling.SCROLLED, Handling.PICTURE_CUT} <= set(result.handling)


@pytest.mark.parametrize(
    "path",
    [
        "/scrolls-in-a-box",
        "/scrolls-in-its-body",
        "/held-by-a-banner",
        "/scrolls-in-a-tree",
        "/scrolls-in-both",
        "/says-that-its-body-scrolls",
    ],
)
def test_a_page_is_scrolled_in_what_it_scrolls_in(server: HostileServer, archive: Capture, path: str) -> None:
    result = archive(path)
    assert (result.state, result.reason) == (CaptureState.SUCCEEDED, None)
    assert "ما يأتي حين يُرى" in result.text
    assert server.url("/image?below") in [each.url for each in result.exchanges]
    assert Handling.SCROLLED in result.handling
    assert Handling.PICTURE_CUT in result.handling  # at 16,000 pixels, or at the end of the window


@pytest.mark.parametrize("path", ["/goes-back", "/pinned"])
def test_one_that_does_not_move_though_more_is_hidden_is_no_clean_success(archive: Capture, path: str) -> None:
    result = archive(path)
    assert (result.state, result.reason) == (CaptureState.PARTIAL, Reason.SCROLLED_IN_PART)
    assert Handling.SCROLLED not in result.handling
    assert Handling.PICTURE_CUT in result.handling


@pytest.mark.parametrize("path", ["/scripted", "/higher-than-the-window-by-a-margin", "/with-a-picture-that-is-cut"])
def test_one_that_hides_nothing_below_is_whole(archive: Capture, path: str, server: HostileServer) -> None:
    result = archive(path)
    assert (result.state, result.reason) == (CaptureState.SUCCEEDED, None)
    assert Handling.PICTURE_CUT not in result.handling
    if path.startswith("/with"):
        assert server.url("/image?below") in [each.url for each in result.exchanges]


def test_one_beyond_the_limit_of_the_scroll_says_so(server: HostileServer) -> None:
    allow = frozenset({("127.0.0.1", server.port)})
    result = capture(server.url("/lazy"), setup(), limits=replace(ROOM, scroll_pixels=20_000), allow=allow)
    assert server.url("/image?below") not in [each.url for each in result.exchanges]
    assert (result.state, result.reason) == (CaptureState.PARTIAL, Reason.SCROLLED_IN_PART)


def test_what_is_added_when_the_end_was_reached_is_taken_too(archive: Capture) -> None:
    result = archive("/longer")
    assert (result.state, result.reason) == (CaptureState.SUCCEEDED, None)
    assert all(f"تتمة {number}" in result.text for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("path", "state", "reason"),
    [
        ("/challenge", CaptureState.FAILED, Reason.CHALLENGE_PAGE),
        ("/challenge-200", CaptureState.FAILED, Reason.CHALLENGE_PAGE),
        ("/consent", CaptureState.PARTIAL, Reason.CONSENT_WALL),
        ("/consent-ar", CaptureState.PARTIAL, Reason.CONSENT_WALL),
        ("/shell", CaptureState.PARTIAL, Reason.EMPTY_SHELL),
        ("/loading", CaptureState.PARTIAL, Reason.EMPTY_SHELL),
        ("/blank", CaptureState.PARTIAL, Reason.TEXT_EMPTY),
        ("/cut-length", CaptureState.PARTIAL, Reason.CONNECTION_LOST),
        ("/403", CaptureState.FAILED, Reason.HTTP_FORBIDDEN),
        ("/404", CaptureState.FAILED, Reason.HTTP_CLIENT_ERROR),
        ("/nowhere", CaptureState.FAILED, Reason.HTTP_CLIENT_ERROR),
        ("/429", CaptureState.FAILED, Reason.HTTP_RATE_LIMITED),
        ("/503", CaptureState.FAILED, Reason.HTTP_SERVER_ERROR),
        ("/302-nowhere", CaptureState.FAILED, Reason.BAD_RESPONSE),
        ("/banner", CaptureState.SUCCEEDED, None),
    ],
)
def test_what_is_not_quite_the_page_is_no_clean_success(
    archive: Capture, path: str, state: CaptureState, reason: Reason | None, tmp_path: Path
) -> None:
    result = archive(path)
    assert (result.state, result.reason) == (state, reason)
    assert_accepted(result.wacz, tmp_path)
    if state is CaptureState.FAILED:
        assert (result.title, result.text, result.text_digest) == ("", "", "")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/slow-head", Reason.DEADLINE_PASSED),
        ("/slow-body", Reason.DEADLINE_PASSED),
        ("/endless-body", Reason.BODY_TOO_LARGE),
        ("/endless-head", Reason.HEADERS_TOO_LARGE),
        ("/gzip-bomb", Reason.DECOMPRESSED_TOO_LARGE),
        ("/reset", Reason.CONNECTION_LOST),
        ("/cut-head", Reason.CONNECTION_LOST),
        ("/not-http", Reason.BAD_RESPONSE),
        ("/nul-header", Reason.BAD_RESPONSE),
        ("/switch", Reason.BAD_RESPONSE),
        ("/loop", Reason.REDIRECT_LOOP),
        ("/loop-of-two", Reason.REDIRECT_LOOP),
        ("/maze/1", Reason.TOO_MANY_REDIRECTS),
        ("/to-loopback", Reason.ADDRESS_NOT_PUBLIC),
        ("/to-metadata", Reason.ADDRESS_NOT_PUBLIC),
        ("/to-inside-name", Reason.ADDRESS_NOT_PUBLIC),
        ("/to-hex", Reason.HOST_AMBIGUOUS),
        ("/to-file", Reason.SCHEME_NOT_ALLOWED),
        ("/to-user", Reason.CREDENTIALS_IN_URL),
    ],
)
def test_a_page_that_cannot_be_had_leaves_nothing(archive: Capture, path: str, reason: Reason) -> None:
    result = archive(path)
    assert (result.state, result.reason) == (CaptureState.FAILED, reason)
    assert (result.wacz, result.text, result.final_url, result.viewport) == (b"", "", "", b"")


@pytest.mark.parametrize(
    ("path", "media_type", "reason"),
    [
        ("/pdf", "application/pdf", Reason.TEXT_FAILED),  # it only begins like one
        ("/to-pdf", "application/pdf", Reason.TEXT_FAILED),
        ("/image", "image/png", None),
        ("/plain", "text/plain", None),
        ("/windows-1256", "text/plain", None),
        ("/archive.bin", "application/octet-stream", None),
        ("/lying-charset", "text/plain", Reason.TEXT_DAMAGED),
    ],
)
def test_what_is_no_page_is_kept_as_it_came(
    archive: Capture, server: HostileServer, path: str, media_type: str, reason: Reason | None, tmp_path: Path
) -> None:
    server.requests.clear()
    result = archive(path)
    assert (result.media_type, result.reason, result.engine) == (media_type, reason, "browser")
    assert result.handling == (Handling.TAKEN_AS_FILE,)
    assert not result.viewport
    assert len(server.requests) == len(result.exchanges)  # it was asked for once
    assert_accepted(result.wacz, tmp_path)


def test_nothing_stays_from_page_to_page(archive: Capture) -> None:
    for path, title in (("/cookie", "كان:"), ("/storage", "كان: undefined")):
        assert [archive(path).title for _ in range(2)] == [title, title]


def test_what_is_sent_names_nobody(archive: Capture, server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.requests.clear()
    assert archive("/scripted").state is CaptureState.SUCCEEDED
    head = server.requests[0].lower()
    assert b"mozilla/5.0" in head
    assert not any(word in head for word in (b"isnad", b"headless", b"proxy", b"cookie", b"referer", b"playwright"))
    assert b"accept-encoding: gzip, deflate\r\n" in head


def test_the_redirects_are_told(archive: Capture, server: HostileServer) -> None:
    result = archive("/moved")
    assert result.redirects == (server.url("/moved"), server.url("/moved/again"))
    assert result.final_url == server.url("/good")
