"""Omar goes back in a claim's history with the arrow keys, compares two moments, and takes the record along."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from audit import checkpoints
from audit.queries.moments import now
from newsroom.models import Case
from tests.cast import Cast
from tests.journeys.test_source_picker import sign_in
from tests.verification import make
from tests.verification.test_history_pages import edited
from verification.models import Claim


@pytest.fixture
def moments(cast: Cast, case: Case) -> tuple[Claim, list[int]]:
    """A claim of three wordings, and the places in the ledger at which it read so."""
    claim = make.claim(cast, case, "قتل العميد في حلب.")
    places = [now()]
    for statement in ("قتل العقيد في حلب.", "قتل العقيد في حمص."):
        claim.refresh_from_db()
        edited(cast, claim, statement=statement, reason="الرتبة كانت خطأ")
        places.append(now())
    checkpoints.make()
    return claim, places


@pytest.mark.journey
def test_back_and_forth(
    live: str, page: Page, cast: Cast, moments: tuple[Claim, list[int]], barriers: Callable[[], list[str]]
) -> None:
    claim, places = moments
    sign_in(page, "omar")
    page.goto(f"/claims/{claim.reference}/as-it-stood/")
    slide = page.get_by_role("slider", name="Moment")
    expect(slide).to_have_value("2")
    slide.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(rf"\?at={places[0]}#"))
    expect(page.locator("#then")).to_contain_text("قتل العميد في حلب.")
    expect(slide).to_be_focused()
    expect(slide).to_have_attribute("aria-valuetext", re.compile(f"wrote claim {claim.reference}"))
    assert barriers() == []

    page.locator("#moments").get_by_role("link", name="Compare").first.click()
    expect(page.locator(".compared")).to_contain_text("From")
    assert page.locator(".compared ins, .compared del").count()
    assert barriers() == []

    page.goto(f"/claims/{claim.reference}/history/?person={cast.basim.pk}")
    assert barriers() == []
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV").click()
    assert taken.value.suggested_filename == f"{claim.reference}.csv"
    page.get_by_role("link", name=f"In the ledger at {places[1]}").click()
    expect(page.get_by_role("main")).to_contain_text("leads to the root that was signed")
    assert barriers() == []


@pytest.mark.journey
def test_without_a_script_the_list_is_the_way(
    live: str, browser: Any, cast: Cast, moments: tuple[Claim, list[int]]
) -> None:
    claim, places = moments
    context = browser.new_context(base_url=live, java_script_enabled=False, locale="en")
    page = context.new_page()
    sign_in(page, "omar")
    page.goto(f"/claims/{claim.reference}/as-it-stood/")
    expect(page.get_by_role("slider")).to_have_count(0)
    page.locator("#moments a[data-moment]").last.click()
    expect(page).to_have_url(re.compile(rf"\?at={places[0]}$"))
    expect(page.locator("#then")).to_contain_text("قتل العميد في حلب.")
    context.close()


@pytest.mark.journey
@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_of_the_past_is_for_everybody(
    live: str,
    page: Page,
    cast: Cast,
    moments: tuple[Claim, list[int]],
    open_to_all: Callable[[list[str]], None],
    language: str,
) -> None:
    claim, places = moments
    page.set_extra_http_headers({"Accept-Language": language})
    sign_in(page, "hana")
    paths = [
        f"/cases/{claim.case.slug}/as-it-stood/?against={places[0]}",
        f"/claims/{claim.reference}/as-it-stood/?at=yesterday",
        f"/people/{cast.amal.pk}/history/",
        f"/people/{cast.amal.pk}/close/",
        f"/audit/entries/{places[0]}/",
    ]
    open_to_all(paths)
