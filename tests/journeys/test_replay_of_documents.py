"""Amal looks at an archived PDF whose server is gone; and at some that were made to harm whoever opens them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import FrameLocator, Page, expect

from sources.models import Capture
from tests.cast import Cast
from tests.journeys import hostile_document
from tests.journeys.canary import Canary
from tests.journeys.test_replay import PATIENCE, SILENCE, captured
from tests.journeys.test_source_picker import sign_in
from tests.pages import PageServer

# Printed by Chromium: Arabic with numbers, brackets and a Latin name, in a typeface that the file carries.
STATEMENT = (Path(__file__).parents[1] / "sources/archiving/files/statement.pdf").read_bytes()
ENGLISH = hostile_document.many(3)  # in a typeface that it does not carry
INK = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) dark += data[at + 3] > 200 && data[at] < 100;
  return dark;
}"""


@pytest.fixture
def canary() -> Iterator[Canary]:
    canary = Canary()
    yield canary
    canary.stop()


def pdf(cast: Cast, pages: PageServer, data: bytes) -> Capture:
    pages.pages["/file.pdf"] = data
    pages.answers["/file.pdf"] = (200, {"Content-Type": "application/pdf", "Content-Length": str(len(data))})
    return captured(cast, pages, "/file.pdf")


def frame_of(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.replay")


def drawn(page: Page) -> FrameLocator:
    frame = frame_of(page)
    expect(frame.locator("body")).to_have_attribute("data-state", "shown", timeout=PATIENCE)
    expect(frame.locator(".page[data-loaded] .textLayer").first).to_be_attached(timeout=PATIENCE)
    return frame


@pytest.mark.journey
@pytest.mark.parametrize(
    ("language", "direction", "data", "words"),
    [("en", "ltr", ENGLISH, "This is page 1."), ("ar", "rtl", STATEMENT, "Reuters")],
)
@pytest.mark.parametrize("where", ["reader", "capture"])
def test_it_shows_what_was_captured_when_its_server_is_gone(
    page: Page,
    live: str,
    cast: Cast,
    pages: PageServer,
    barriers: Any,
    language: str,
    direction: str,
    data: bytes,
    words: str,
    where: str,
) -> None:
    capture = pdf(cast, pages, data)
    pages.stop()
    asked: list[str] = []
    sign_in(page, "amal")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live}])
    page.on("request", lambda request: asked.append(request.url))
    page.goto(reverse("capture-read", args=[capture.pk]) if where == "reader" else capture.get_absolute_url())
    frame = drawn(page)
    expect(frame.locator("html")).to_have_attribute("dir", direction)
    expect(frame.locator(".textLayer").first).to_contain_text(words)
    assert frame.locator(".page canvas").first.evaluate(INK) > 500
    assert barriers() == []
    ours = (live, frame.locator("html").evaluate("() => location.origin"), "blob:", "data:")
    assert not [url for url in asked if not url.startswith(ours)]


@pytest.mark.journey
def test_it_is_turned_enlarged_and_read_by_keyboard(page: Page, live: str, cast: Cast, pages: PageServer) -> None:
    capture = pdf(cast, pages, ENGLISH)
    sign_in(page, "amal")
    page.goto(capture.get_absolute_url())
    frame = drawn(page)
    number, first = frame.locator("#number"), frame.locator(".page").first
    number.fill("3")
    number.press("Enter")
    expect(frame.locator(".textLayer").nth(2)).to_contain_text("This is page 3.")
    frame.locator("#container").press("p")
    expect(number).to_have_value("2")
    before = first.evaluate("page => page.clientWidth")
    frame.locator("#container").press("+")
    page.wait_for_timeout(300)
    assert first.evaluate("page => page.clientWidth") > before
    frame.locator("#container").press("0")
    page.wait_for_timeout(300)
    assert first.evaluate("page => page.clientWidth") == before


@pytest.mark.journey
def test_a_document_reaches_nobody(page: Page, live: str, cast: Cast, pages: PageServer, canary: Canary) -> None:
    capture = pdf(cast, pages, hostile_document.reaching_out(f"127.0.0.1:{canary.port}"))
    sign_in(page, "amal")
    page.goto(capture.get_absolute_url())
    frame = drawn(page)
    expect(frame.locator(".textLayer").first).to_contain_text("for more")
    assert frame.locator(".page a, .page input, .page button, .page form").count() == 0
    frame.locator(".page").first.click(position={"x": 120, "y": 120})
    page.wait_for_timeout(SILENCE)
    assert canary.heard == []
    assert page.url.endswith(capture.get_absolute_url())
    assert len(page.context.pages) == 1


@pytest.mark.journey
@pytest.mark.parametrize(
    ("data", "state", "said"),
    [
        (hostile_document.locked(), "locked", "locked with a password"),
        (b"%PDF-1.7\n" + b"\0\xff not one " * 500, "broken", "cannot be drawn"),
    ],
    ids=["locked", "broken"],
)
def test_what_cannot_be_shown_is_said(
    page: Page, live: str, cast: Cast, pages: PageServer, data: bytes, state: str, said: str
) -> None:
    capture = pdf(cast, pages, data)
    sign_in(page, "amal")
    page.goto(capture.get_absolute_url())
    expect(frame_of(page).locator("body")).to_have_attribute("data-state", state, timeout=PATIENCE)
    expect(frame_of(page).locator(".said:visible h1")).to_contain_text(said)


@pytest.mark.journey
@pytest.mark.parametrize("data", [hostile_document.huge(), hostile_document.countless()], ids=["huge", "countless"])
def test_a_lie_about_its_size_does_no_harm(page: Page, live: str, cast: Cast, pages: PageServer, data: bytes) -> None:
    capture = pdf(cast, pages, data)
    sign_in(page, "amal")
    page.goto(capture.get_absolute_url())
    body = frame_of(page).locator("body")
    expect(body).not_to_have_attribute("data-state", "opening", timeout=PATIENCE)
    page.wait_for_timeout(SILENCE)
    sizes = frame_of(page).locator("canvas").evaluate_all("all => all.map(each => each.width * each.height)")
    assert sum(sizes) < 4 << 23
    assert body.evaluate("() => 1") == 1  # it still answers


@pytest.mark.journey
def test_of_five_thousand_pages_few_are_drawn_at_a_time(page: Page, live: str, cast: Cast, pages: PageServer) -> None:
    capture = pdf(cast, pages, hostile_document.many(5000))
    sign_in(page, "amal")
    page.goto(capture.get_absolute_url())
    frame = drawn(page)
    for wanted in (4990, 2500, 1200, *range(30, 60)):
        frame.locator("#number").fill(str(wanted))
        frame.locator("#number").press("Enter")
        page.wait_for_timeout(50)
    frame.locator("#number").fill("5000")
    frame.locator("#number").press("Enter")
    expect(frame.locator(".page[data-page-number='5000'] .textLayer")).to_contain_text("page 5000", timeout=PATIENCE)
    assert frame.locator("canvas").count() < 30
