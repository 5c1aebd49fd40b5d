"""What was made elsewhere is looked at like what was made here, and reaches nobody either; so do pictures."""

import base64
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from sources import archive
from sources.models import Capture
from tests.cast import Cast
from tests.journeys import hostile_page
from tests.journeys.canary import Canary
from tests.journeys.test_replay import PATIENCE, SILENCE, captured, replayed
from tests.journeys.test_source_picker import sign_in
from tests.pages import PageServer
from tests.sources import make
from tests.sources.wacz_files import listed, packed_index, record, text_index, wacz

WIDTH = 48  # of the pictures, in pixels


@pytest.fixture
def canary() -> Iterator[Canary]:
    canary = Canary()
    yield canary
    canary.stop()


def again(cast: Cast, capture: Capture) -> Capture:
    """The copy of `capture`, uploaded as somebody else's."""
    data = archive.store().get(capture.wacz_digest)
    made_at = capture.captured_at or capture.requested_at
    return make.upload(cast, make.source(cast), data, url=capture.requested_url, made_at=made_at)


def picture(page: Page, capture: Capture) -> FrameLocator:
    page.goto(capture.get_absolute_url())
    frame = page.frame_locator("iframe.replay")
    expect(frame.locator("body")).to_have_attribute("data-state", "shown", timeout=PATIENCE)
    return frame


@pytest.mark.journey
def test_an_uploaded_wacz_is_played(page: Page, live: str, cast: Cast, pages: PageServer) -> None:
    capture = again(cast, captured(cast, pages, "/good"))
    pages.stop()
    sign_in(page, "amal")
    page.goto(capture.get_absolute_url())
    expect(replayed(page).locator("p")).to_contain_text("خبر طويل", timeout=PATIENCE)


MADE = ("2026-11-03T12:00:00Z", "2026-11-09T12:00:00Z")
THEN = datetime(2026, 11, 3, 12, tzinfo=UTC)
READ = ("دخل المقاتلون الأحياء الغربية", "لم يدخل أحد الأحياء الغربية")


@pytest.mark.journey
@pytest.mark.parametrize("index", [text_index, packed_index])
def test_what_others_made_is_played_as_of_the_visit_that_is_read(
    page: Page, live: str, cast: Cast, index: Callable[[Sequence[bytes]], dict[str, bytes]]
) -> None:
    url = "https://news.example/story"
    warc = [record(url, body=f"<p>{text}</p>".encode(), at=at) for at, text in zip(MADE, READ, strict=True)]
    data = wacz(pages=[listed(url, at, text) for at, text in zip(MADE, READ, strict=True)], warc=warc, index=index)
    sign_in(page, "amal")
    for at, text in zip(MADE, READ, strict=True):
        capture = make.upload(cast, make.source(cast), data, url=url, made_at=datetime.fromisoformat(at))
        assert capture.extracted.text == text
        page.goto(capture.get_absolute_url())
        expect(replayed(page).locator("p")).to_have_text(text, timeout=PATIENCE)


@pytest.mark.journey
def test_a_page_behind_what_led_to_it_is_played(page: Page, live: str, cast: Cast) -> None:
    """A check for cookies that led back; times with thousandths, as ArchiveWeb.page writes them."""
    url, cookies = "https://news.example/story", "https://news.example/cookies"
    first, second, third = (f"2026-11-03T12:00:{part}Z" for part in ("00.100", "00.500", "01.200"))
    warc = [
        record(url, at=first, answer=f"302 Found\r\nLocation: {cookies}"),
        record(cookies, at=second, answer=f"302 Found\r\nLocation: {url}"),
        record(url, body="<p>الصفحة نفسها</p>".encode(), at=third),
    ]
    capture = make.upload(cast, make.source(cast), wacz(pages=[listed(url, first)], warc=warc), url=url, made_at=THEN)
    sign_in(page, "amal")
    page.goto(capture.get_absolute_url())
    expect(replayed(page).locator("p")).to_have_text("الصفحة نفسها", timeout=PATIENCE)


@pytest.mark.journey
def test_a_hostile_one_reaches_nobody(
    context: BrowserContext, live: str, cast: Cast, pages: PageServer, canary: Canary
) -> None:
    pages.pages["/hostile"] = hostile_page.page(f"127.0.0.1:{canary.port}", live.removeprefix("http://"))
    capture = again(cast, captured(cast, pages, "/hostile"))
    canary.heard.clear()
    page = context.new_page()  # one that may be complained about
    sign_in(page, "amal")
    page.goto(capture.get_absolute_url(), wait_until="commit")
    expect(replayed(page).locator("#tried")).to_contain_text("ran", timeout=PATIENCE)
    page.wait_for_timeout(SILENCE)
    expect(replayed(page).locator("#loot")).to_be_empty()
    assert canary.heard == []


@pytest.mark.journey
def test_an_uploaded_document_is_drawn(page: Page, live: str, cast: Cast) -> None:
    capture = make.upload(cast, make.source(cast), make.PDF, url="")
    sign_in(page, "amal")
    page.goto(capture.get_absolute_url())
    expect(page.frame_locator("iframe.replay").locator(".textLayer").first).to_contain_text("Reuters", timeout=PATIENCE)


@pytest.mark.journey
@pytest.mark.parametrize("data", [make.PNG, make.JPEG, make.WEBP, make.JPEG[:-20]])
def test_an_uploaded_picture_is_shown(page: Page, live: str, cast: Cast, data: bytes) -> None:
    sign_in(page, "amal")
    frame = picture(page, make.upload(cast, make.source(cast), data, url=""))
    assert frame.locator("#picture").evaluate("picture => picture.naturalWidth") == WIDTH


@pytest.mark.journey
def test_a_captured_picture_is_shown_when_its_server_is_gone(
    page: Page, live: str, cast: Cast, pages: PageServer
) -> None:
    pages.pages["/photo.jpg"], pages.answers["/photo.jpg"] = make.JPEG, (200, {"Content-Type": "image/jpeg"})
    capture = captured(cast, pages, "/photo.jpg")
    pages.stop()
    sign_in(page, "amal")
    assert picture(page, capture).locator("#picture").evaluate("picture => picture.naturalWidth") == WIDTH


@pytest.mark.journey
def test_an_svg_is_a_picture_and_no_program(
    page: Page, live: str, cast: Cast, pages: PageServer, canary: Canary
) -> None:
    out = f"http://127.0.0.1:{canary.port}"
    pages.pages["/drawn.svg"] = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="32" onload="fetch(\'{out}/onload\')">'
        f'<script>fetch("{out}/script"); top.location = "{out}/top"</script><image href="{out}/image" width="9"/>'
        f'<style>@import url("{out}/css");</style><foreignObject><iframe src="{out}/frame"/></foreignObject>'
        f'<rect width="20" height="20" fill="#0f5c57"/></svg>'
    ).encode()
    pages.answers["/drawn.svg"] = (200, {"Content-Type": "image/svg+xml"})
    capture = captured(cast, pages, "/drawn.svg")
    sign_in(page, "amal")
    assert picture(page, capture).locator("#picture").evaluate("picture => picture.naturalWidth") == WIDTH
    page.wait_for_timeout(SILENCE)
    assert canary.heard == []
    assert page.url.endswith(capture.get_absolute_url())


@pytest.mark.journey
def test_a_saved_page_is_seen_and_does_nothing(context: BrowserContext, live: str, cast: Cast, canary: Canary) -> None:
    """With the styles and pictures that stand in it; what it would run, fetch or lead to does not come about."""
    out = f"http://127.0.0.1:{canary.port}"
    drawn = f"data:image/png;base64,{base64.b64encode(make.PNG).decode()}"
    data = (
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="1;url={out}/refresh">'
        f'<link rel="stylesheet" href="{out}/css"><link rel="preload" as="image" href="{out}/preload">'
        f'<style>@import "{out}/import"; h1 {{ color: rgb(1, 2, 3) }}</style><base href="{out}/">'
        f'<body onload="fetch(\'{out}/onload\')"><h1>عنوان</h1><p id="ran">still</p><img id="held" src="{drawn}">'
        f'<img src="{out}/image"><iframe src="{out}/frame"></iframe><object data="{out}/object"></object>'
        f'<a id="away" href="{out}/link">away</a><a id="top" target="_top" href="{out}/top">top</a>'
        f'<script>document.getElementById("ran").textContent = "ran"; top.location = "{out}/script"</script>'
    )
    capture = make.upload(cast, make.source(cast), data.encode(), url="")
    page = context.new_page()  # one that may be complained about
    sign_in(page, "amal")
    page.goto(capture.get_absolute_url())
    frame = page.frame_locator("iframe.replay")
    expect(frame.locator("h1")).to_have_css("color", "rgb(1, 2, 3)", timeout=PATIENCE)
    expect(frame.locator("#held")).to_have_js_property("naturalWidth", WIDTH)
    expect(frame.locator("#ran")).to_have_text("still")
    frame.locator("#top").click()
    page.wait_for_timeout(SILENCE)
    expect(frame.locator("h1")).to_be_visible()
    frame.locator("#away").click()
    page.wait_for_timeout(SILENCE)
    assert canary.heard == []
    assert page.url.endswith(capture.get_absolute_url())


@pytest.mark.journey
def test_what_browsers_do_not_show_says_so(page: Page, live: str, cast: Cast) -> None:
    """A cut picture is shown as far as it goes; one with nothing in it is not."""
    sign_in(page, "amal")
    page.goto(make.upload(cast, make.source(cast), make.PNG[:20], url="").get_absolute_url())
    said = page.frame_locator("iframe.replay").locator(".said:visible h1")
    expect(said).to_contain_text("cannot be shown", timeout=PATIENCE)
