"""Amal asks for a page and watches it come in: nothing is loaded again, and what she reads is what the server sent."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sources.models import Capture
from tests.cast import Cast
from tests.journeys.test_source_picker import sign_in
from tests.pages import PageServer
from tests.sources import make


@pytest.mark.journey
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_it_comes_in_by_itself(
    live: str, page: Page, cast: Cast, pages: PageServer, barriers: Any, language: str, direction: str
) -> None:
    source = make.source(cast, url=pages.url("/good"))
    pages.held.add("/good")
    sign_in(page, "amal")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live}])
    page.goto(source.get_absolute_url())
    expect(page.locator("html")).to_have_attribute("dir", direction)
    page.locator("form.ask button").click()

    state = page.locator(".captures .state")
    expect(state).to_have_class(re.compile("is-running"))
    page.evaluate("window.sameDocument = true")
    pages.release()
    expect(state).to_have_class(re.compile("is-succeeded"), timeout=30_000)  # on a busy machine, too
    assert page.evaluate("window.sameDocument")
    assert barriers() == []

    page.locator(".captures a").click()
    expect(page.locator("h1")).to_have_text("عنوان")
    page.locator(".tabs a[href='?part=text']").click()
    expect(page.locator(".archived p")).to_contain_text("خبر طويل")
    assert barriers() == []
    with page.expect_download() as download:
        page.locator("a[download]").first.click()
    assert download.value.suggested_filename.endswith(".wacz")


@pytest.mark.journey
def test_its_own_page_shows_the_end_when_it_comes(live: str, page: Page, cast: Cast, pages: PageServer) -> None:
    pages.held.add("/good")
    capture = make.waiting(cast, make.source(cast), pages.url("/good"))
    sign_in(page, "amal")
    page.goto(f"{capture.get_absolute_url()}?part=text")
    expect(page.locator("#standing")).to_have_class(re.compile("is-(queued|running)"))
    pages.release()
    expect(page.locator("#standing")).to_have_class(re.compile("is-succeeded"))
    expect(page.locator(".archived p")).to_contain_text("خبر طويل")
    assert Capture.objects.get().attempts == 1
