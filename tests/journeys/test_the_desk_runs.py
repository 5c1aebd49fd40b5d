"""The main job, from the sign-in to the history of a ruled claim, in a real browser and in both languages.

Nothing here is found by its words, so the same steps hold in Arabic and in English.
"""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from newsroom.models import Case, User
from sources.models import Capture, Source
from tests.cast import PASSWORD, Cast
from tests.journeys.test_the_chain_form import signed_in
from tests.pages import PageServer
from verification.models import Assignment, Claim, Evidence, Verdict

ACCOUNT = "انتزع الضابط بندقية من أحد الحراس وأطلق النار"
DIRECTION = {"ar": "rtl", "en": "ltr"}


@pytest.fixture
def own_page(context: BrowserContext, live: str, page: Page) -> Any:
    """`own_page(person)`: the page of this browser, with that person signed in from now on."""

    def of(person: User) -> Page:
        context.clear_cookies(name="sessionid")
        signed_in(context, person, live)
        return page

    return of


@pytest.mark.journey
@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_sign_in_to_history(
    language: str, live: str, page: Page, own_page: Any, cast: Cast, pages: PageServer, barriers: Any
) -> None:
    # 1. Sign in, and choose a language on the very first page.
    page.goto("/accounts/login/")
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"button[name=language][value={language}]").click()
    expect(page.locator("html")).to_have_attribute("dir", DIRECTION[language])
    page.locator("[name=login]").fill(cast.chadi.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live}/")
    assert not barriers()

    # 2. Open a case.
    page.goto("/cases/new/")
    page.locator("[name=title]").fill("حلب وحمص 2024")
    page.locator("[name=slug]").fill("aleppo-homs")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/aleppo-homs/")
    case = Case.objects.get()

    # 3. Amal writes a claim, and mends a date that does not exist without losing a word.
    page = own_page(cast.amal)
    page.goto(f"/cases/{case.slug}/claims/new/")
    page.locator("[name=statement]").fill("قتل ضابط في الجيش العميد في حلب.")
    page.locator("[name=happened]").fill("2024-02-31")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("[name=happened][aria-invalid=true]")).to_have_value("2024-02-31")
    page.locator("[name=happened]").fill("2024-11-28")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/claims/C-*/")
    claim = Claim.objects.get()
    assert (claim.statement, claim.happened) == ("قتل ضابط في الجيش العميد في حلب.", "2024-11-28")

    # 4. She registers the page it was read on and the man who saw it.
    pages.pages["/rendering"] = f"<!doctype html><html lang=ar><title>نص</title><p>{ACCOUNT}.</p></html>".encode()
    for kind, name, url in (("ARTICLE", "النص العربي", pages.url("/rendering")), ("PERSON", "قائد سوري", "")):
        page.goto(f"/sources/new/?case={case.slug}")
        page.locator("[name=kind]").select_option(kind)
        page.locator("[name=name]").fill(name)
        page.locator("[name=url]").fill(url)
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url("**/sources/S-*/")
    rendering = Source.objects.get(name="النص العربي")

    # 5. The evidence, with its chain.
    page.goto(f"/claims/{claim.reference}/evidence/new/")
    page.locator("[name=stance][value=SUPPORTS]").check()
    _choose(page, "carrier", "النص", rendering.name)
    page.locator("[name=quotation]").fill(ACCOUNT)
    page.locator("[name=do][value=add]").click()
    _choose(page, "hop-1", "قائد", "قائد سوري")
    page.locator("#id_basis").select_option("WITNESSED")
    expect(page.locator("#reading")).to_contain_text("قائد سوري")
    page.locator("[name=do][value=save]").click()
    page.wait_for_url(f"**/claims/{claim.reference}/**")
    assert [hop.source.name for hop in Evidence.objects.get().hops.all()] == ["قائد سوري"]

    # 6. The page is archived by the worker, and says so by itself.
    page.goto(f"/sources/{rendering.reference}/")
    page.locator("form[action$='/capture/'] button").first.click()
    expect(page.locator(".state.is-succeeded").first).to_be_visible(timeout=30_000)
    page.goto(f"/captures/{Capture.objects.get().pk}/?part=text")
    expect(page.locator("main")).to_contain_text(ACCOUNT)
    assert not barriers()

    # 7. Chadi gives it to Basim, who finds it on his desk and sends his review.
    page = own_page(cast.chadi)
    page.goto(f"/claims/{claim.reference}/assign/")
    page.locator("[name=person]").select_option(str(cast.basim.pk))
    page.locator("[name=duty]").select_option("REVIEW")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(f"**/claims/{claim.reference}/")
    page = own_page(cast.basim)
    page.goto("/")
    page.locator(f"form[action='/assignments/{Assignment.objects.get().pk}/accept/'] button").click()
    page.goto(f"/assignments/{Assignment.objects.get().pk}/review/")
    page.locator("[name=recommended][value=DISPUTED]").check()
    page.locator("[name=confidence][value=MODERATE]").check()
    page.locator("[name=rationale]").fill("رواية واحدة، ومن طريق واحد.")
    page.locator("[name=recommend]").click()
    page.wait_for_url(f"**/claims/{claim.reference}/")

    # 8. Amal gathered it, so she may not rule on it; Chadi may.
    page = own_page(cast.amal)
    refused = page.goto(f"/claims/{claim.reference}/rule/")
    assert refused is not None
    assert refused.status == 403
    page = own_page(cast.chadi)
    page.goto(f"/claims/{claim.reference}/rule/")
    page.locator("[name=verdict][value=DISPUTED]").check()
    page.locator("[name=rationale]").fill("لم يثبت إلا خط واحد.")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(f"**/claims/{claim.reference}/")
    assert Verdict.objects.get().value == "DISPUTED"
    expect(page.locator(".strip.is-disputed")).to_contain_text("لم يثبت إلا خط واحد.")
    assert not barriers()

    # 9. Who did what, when and why.
    page.goto(f"/claims/{claim.reference}/history/")
    for person in (cast.amal, cast.basim, cast.chadi):
        expect(page.locator("main")).to_contain_text(person.name)
    expect(page.locator("main")).to_contain_text("رواية واحدة، ومن طريق واحد.")
    assert not barriers()


def _choose(page: Page, part: str, words: str, name: str) -> None:
    page.locator(f"#id_{part}-q").fill(words)
    page.keyboard.press("Enter")
    page.locator(f"#{part}-options label", has_text=name).locator("input").check()
