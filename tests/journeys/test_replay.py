"""Amal reads an archived page whose server is gone; and a hostile one is replayed without reaching anybody."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from sources.models import Capture
from tests.cast import Cast
from tests.journeys import hostile_page
from tests.journeys.canary import Canary
from tests.journeys.test_source_picker import sign_in
from tests.pages import PageServer
from tests.pages import page as saved_page
from tests.sources import make

PATIENCE = 30_000  # milliseconds
SILENCE = 3_000
# What the canary hears of a page that nobody holds: the attempts of every kind, by the name they ask for.
KINDS = {
    *("img", "script", "iframe", "object", "video", "svg", "css-import", "css-image", "data", "refresh", "ping"),
    *("own-fetch", "own-xhr", "own-beacon", "own-ws", "own-es", "own-image", "own-import", "own-worker"),
    *("own-link-prefetch", "own-link-preload", "own-link-modulepreload", "own-link-stylesheet"),
    *("form", "own-open"),
    *("fresh-fetch", "fresh-ws", "viewer-fetch", "top-fetch", "link-prefetch", "link-preload"),
}


@pytest.fixture
def canary() -> Iterator[Canary]:
    canary = Canary()
    yield canary
    canary.stop()


def replayed(page: Page) -> FrameLocator:
    """The archived page: in the frame of the player, which is in the frame of the capture's page."""
    return page.frame_locator("iframe.replay").frame_locator("iframe")


@pytest.mark.journey
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_it_shows_what_was_captured_when_its_server_is_gone(
    page: Page, live: str, cast: Cast, pages: PageServer, barriers: Any, language: str, direction: str
) -> None:
    capture = captured(cast, pages, "/good")
    pages.stop()
    sign_in(page, "amal")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live}])
    page.goto(capture.get_absolute_url())
    expect(page.locator("html")).to_have_attribute("dir", direction)
    expect(replayed(page).locator("p")).to_contain_text("خبر طويل", timeout=PATIENCE)
    assert barriers() == []


@pytest.mark.journey
def test_it_shows_a_page_whose_address_was_typed_as_no_browser_sends_it(
    page: Page, live: str, cast: Cast, pages: PageServer
) -> None:
    pages.pages["/odd%7Cb'c?q=%7Bx%7D%5Ey|%27z"] = saved_page()
    capture = captured(cast, pages, "/odd|b'c?q={x}^y|'z")
    sign_in(page, "amal")
    page.goto(capture.get_absolute_url())
    expect(replayed(page).locator("p")).to_contain_text("خبر طويل", timeout=PATIENCE)


@pytest.mark.journey
@pytest.mark.parametrize("last", ["leave()", "submit()", "call()"])
def test_an_archived_page_reaches_nobody(
    context: BrowserContext, live: str, cast: Cast, pages: PageServer, canary: Canary, last: str
) -> None:
    given = (f"127.0.0.1:{canary.port}", live.removeprefix("http://"))
    pages.pages["/hostile"] = hostile_page.page(*given)
    capture = captured(cast, pages, "/hostile")
    page = context.new_page()
    sign_in(page, "amal")
    page.evaluate("localStorage.setItem('desk', 'something of ours')")
    page.goto(capture.get_absolute_url(), wait_until="commit")
    tried, loot = replayed(page).locator("#tried"), replayed(page).locator("#loot")
    expect(tried).to_contain_text("ran", timeout=PATIENCE)
    expect(loot).to_be_empty()
    archived = next(frame for frame in page.frames if "/w/" in frame.url)
    archived.evaluate(hostile_page.script(*given))
    expect(tried).to_contain_text("top-dom", timeout=PATIENCE)
    page.wait_for_timeout(SILENCE)
    expect(loot).to_be_empty()
    assert canary.heard == []
    archived.evaluate(f"setTimeout(() => {last}); 0")
    time.sleep(SILENCE / 1000)
    assert canary.heard == []
    assert page.url.endswith(capture.get_absolute_url())
    assert len(context.pages) == 1


@pytest.mark.journey
def test_the_same_page_reaches_the_canary_where_nobody_holds_it(
    context: BrowserContext, live: str, pages: PageServer, canary: Canary
) -> None:
    """Or the test above would prove nothing."""
    pages.pages["/hostile"] = hostile_page.page(f"127.0.0.1:{canary.port}", live.removeprefix("http://"))
    heard = set()
    for last in ("call", "submit", "leave"):
        page = context.new_page()
        page.goto(pages.url("/hostile"), wait_until="commit")
        page.wait_for_function("!!window.call", timeout=PATIENCE, polling=100)
        page.evaluate(f"setTimeout({last}); 0")
        page.wait_for_timeout(SILENCE)
        heard |= {line.split()[1].removeprefix("/") for line in canary.heard if " HTTP/" in line}
        page.close()
    assert heard >= KINDS
    assert "a STUN request" in canary.heard


def captured(cast: Cast, pages: PageServer, path: str) -> Capture:
    """A capture of that path, as the worker makes it."""
    capture = make.waiting(cast, make.source(cast), pages.url(path))
    end = time.monotonic() + 30
    while capture.is_under_way and time.monotonic() < end:
        time.sleep(0.1)
        capture.refresh_from_db()
    assert capture.is_kept
    return capture
