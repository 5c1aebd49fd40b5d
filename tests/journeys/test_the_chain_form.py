"""The chain of claim 2 is laid in a real browser: by keyboard with script, and by plain round trips without."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, expect

from newsroom.models import User
from tests.cast import Cast, open_case
from tests.sources import make as sources
from tests.verification import make
from verification.models import Claim, Evidence

SENTENCE = "Read in the Arabic rendering, which translates the investigation, which quotes a Syrian commander"


@pytest.fixture
def claim(live: str, cast: Cast) -> Claim:
    case = open_case(cast)
    original = sources.source(cast, case, "the investigation", language="en")
    rendering = sources.source(cast, case, "the Arabic rendering", language="en")
    sources.derivation(cast, rendering, original)
    sources.source(cast, case, "a Syrian commander", kind="PERSON", language="en", translations={"ar": "قائد سوري"})
    return make.claim(cast, case)


def signed_in(context: BrowserContext, user: User, live: str) -> None:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": live}])


def in_chain_with(page: Page, part: str, words: str, name: str) -> None:
    """Search with the keyboard in a part of the chain, and choose what is found."""
    page.locator(f"#id_{part}-q").fill(words)
    page.keyboard.press("Enter")
    page.locator(f"#{part}-options label", has_text=name).locator("input").press("Space")


@pytest.mark.journey
def test_with_script_the_chain_is_read_out_as_it_grows(
    live: str, page: Page, cast: Cast, claim: Claim, barriers: Any
) -> None:
    signed_in(page.context, cast.amal, live)
    page.goto(f"/claims/{claim.reference}/evidence/new/")
    reading = page.locator("#reading")
    page.locator("[name=stance][value=SUPPORTS]").press("Space")
    page.locator("#id_carrier-q").fill("rendering")
    found = page.locator("#carrier-options label", has_text="the Arabic rendering")
    expect(page.locator("#carrier-options label")).to_have_count(2)  # it, and a new one
    found.locator("input").press("Space")
    expect(reading).to_contain_text("Read in the Arabic rendering.")
    # Leaving the field has the chain read out again, while the button already asks for another step.
    page.locator("#id_quotation").press_sequentially("He took a rifle.")
    page.get_by_role("button", name="Put this step in").press("Enter")
    expect(page.locator("#id_hop-1-how")).to_be_focused()
    page.get_by_role("button", name="Add who stands behind that").press("Enter")
    expect(page.locator("#id_hop-2-q")).to_be_focused()
    page.keyboard.type("قائد")
    page.locator("#hop-2-options label", has_text="a Syrian commander").locator("input").press("Space")
    page.locator("#id_basis").select_option("WITNESSED")
    expect(reading).to_have_text(f"{SENTENCE}, who witnessed it.")
    assert barriers() == []
    page.get_by_role("button", name="Add this evidence").press("Enter")
    page.wait_for_url(f"**/claims/{claim.reference}/*")
    assert [hop.kind for hop in Evidence.objects.get().hops.all()] == ["TRANSLATES", "QUOTES"]


@pytest.mark.journey
def test_without_script_every_button_is_a_round_trip(live: str, browser: Browser, cast: Cast, claim: Claim) -> None:
    context = browser.new_context(base_url=live, java_script_enabled=False)
    signed_in(context, cast.amal, live)
    page = context.new_page()
    page.goto(f"/claims/{claim.reference}/evidence/new/")
    page.locator("[name=stance][value=SUPPORTS]").check()
    in_chain_with(page, "carrier", "rendering", "the Arabic rendering")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Put this step in").click()
    page.get_by_role("button", name="Add who stands behind that").click()
    in_chain_with(page, "hop-2", "قائد", "a Syrian commander")
    page.locator("#id_basis").select_option("WITNESSED")
    page.locator("#step-2").get_by_role("button", name="Move nearer to the desk").click()
    page.locator("#step-1").get_by_role("button", name="Move further from the desk").click()
    expect(page.locator("#reading")).to_have_text(f"{SENTENCE}, who witnessed it.")
    page.get_by_role("button", name="Add this evidence").click()
    assert Evidence.objects.get().basis == "WITNESSED"
    context.close()
