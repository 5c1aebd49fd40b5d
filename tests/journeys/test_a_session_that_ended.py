"""Amal writes for an hour, and her session ends before she sends it."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from newsroom.models import Case
from tests.cast import PASSWORD, Cast
from tests.journeys.test_source_picker import sign_in
from tests.verification import make
from verification.models import Comment

TYPED = "كان هناك حارسان اثنان عند البوابة"
WORDS = {
    "en": ("Sign in, in another tab", "I am signed in again: go on", "Send it now"),
    "ar": ("تسجيل الدخول في لسان آخر", "سجلت الدخول من جديد: متابعة", "إرسال الآن"),
}


@pytest.mark.journey
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_she_wrote_arrives(
    page: Page, context: BrowserContext, live: str, cast: Cast, case: Case, barriers: Any, language: str
) -> None:
    claim = make.claim(cast, case)
    sign, go_on, send = WORDS[language]
    context.add_cookies([{"name": "django_language", "value": language, "url": live}])
    sign_in(page, "amal")
    page.goto(reverse("claim-detail", args=[claim.reference]))
    page.locator("#comment textarea").fill(TYPED)
    context.clear_cookies(name="sessionid")
    page.locator("#comment button").click()

    expect(page.locator(".unsent")).to_have_text(TYPED)
    assert barriers() == []
    with context.expect_page() as opened:
        page.get_by_role("link", name=sign).click()
    tab = opened.value
    tab.locator("[name=login]").fill("amal@example.org")
    tab.locator("[name=password]").fill(PASSWORD)
    tab.locator("form.form [type=submit]").click()
    tab.wait_for_url(f"{live}/")
    tab.close()

    page.get_by_role("button", name=go_on).click()
    expect(page.get_by_text(cast.amal.name).first).to_be_visible()
    expect(page.locator(".unsent")).to_have_text(TYPED)
    page.get_by_role("button", name=send).click()
    expect(page.get_by_text(TYPED)).to_be_visible()
    assert Comment.objects.get().text == TYPED


@pytest.mark.journey
def test_a_part_that_cannot_be_asked_for_leaves_the_page_and_says_so(
    page: Page, context: BrowserContext, live: str, cast: Cast, case: Case
) -> None:
    sign_in(page, "amal")
    page.goto(reverse("evidence-add", args=[make.claim(cast, case).reference]))
    expect(page.locator("#not-sent")).to_be_hidden()
    context.clear_cookies(name="sessionid")
    page.locator("main input[type=search]").first.fill("Reuters")
    expect(page.get_by_role("alert").filter(has_text="This was not sent")).to_be_visible()
    expect(page.locator("main input[type=search]").first).to_have_value("Reuters")
