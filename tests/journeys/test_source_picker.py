"""Amal points at sources with the keyboard alone, and registers one she misses without leaving the form."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from newsroom.models import Case
from sources.models import Derivation, Source
from tests.cast import PASSWORD, Cast
from tests.sources import make


def sign_in(page: Page, name: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", f"{name}@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)


@pytest.mark.journey
def test_a_source_is_picked_and_another_registered(live: str, page: Page, cast: Cast, case: Case) -> None:
    article = make.source(cast, case, "ترجمة التقرير", translations={"en": "Its rendering"})
    original = make.source(cast, case, "The original report")
    sign_in(page, "amal")
    page.goto(f"{article.get_absolute_url()}derive/")
    which = page.get_by_role("combobox", name="Which work")
    which.press_sequentially("original")
    option = page.get_by_role("option", name=re.compile("The original report"))
    expect(option).to_be_visible()
    which.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    which.press("Enter")
    expect(which).to_have_value("The original report")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The derivation is on record.")).to_be_visible()
    assert Derivation.objects.get().upstream == original

    page.goto(f"{article.get_absolute_url()}affiliate/")
    whom = page.get_by_role("combobox", name="Whom")
    whom.press_sequentially("وكالة")
    new = page.get_by_role("option", name=re.compile("new source"))
    expect(new).to_be_visible()
    whom.press("ArrowUp")
    whom.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Name or descriptor")).to_have_value("وكالة")
    dialog.get_by_role("button", name="Register it").click()
    expect(dialog.get_by_text("This field is required.").first).to_be_visible()
    dialog.get_by_label("Kind").select_option("OUTLET")
    dialog.get_by_role("button", name="Register it").click()
    expect(dialog).to_have_count(0)
    expect(whom).to_have_value("وكالة")
    expect(whom).to_be_focused()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The affiliation is on record.")).to_be_visible()
    assert article.affiliations.get().controller == Source.objects.get(name="وكالة")


@pytest.mark.journey
@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_can_use_the_pages_of_sources(
    live: str, page: Page, cast: Cast, case: Case, barriers: Any, language: str
) -> None:
    outlet = make.source(cast, case, "تسنيم", kind="OUTLET", url="https://example.org/", note="ملاحظة", protected=True)
    make.assessment(cast, outlet, "B")
    make.derivation(cast, outlet, make.source(cast, case, "Another", publisher_id=outlet.pk))
    sign_in(page, "chadi")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live}])
    for url in (
        "/sources/",
        "/cases/aleppo/sources/",
        outlet.get_absolute_url(),
        "/sources/new/?name=تسنيم&case=aleppo",
    ):
        page.goto(url)
        assert barriers() == [], url
