"""Chadi publishes a claim and later corrects it, with the keyboard alone, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from audit.models import Checkpoint
from newsroom.models import Case
from tests.cast import Cast
from tests.journeys.test_source_picker import sign_in
from tests.publishing import make as releases
from tests.publishing.test_publishing import reopened_and_ruled
from verification.models import Claim

WORDS = {
    "en": {
        "publish": "Publish this claim",
        "address": "Where it appears",
        "note": "Note",
        "send": "Publish",
        "first": "Release 1",
        "since": "The claim was ruled on again since.",
        "what": "What changed, and why",
        "correct": "Publish the correction",
        "second": "Release 2, a correction",
        "then": "As it stood then",
        "marks": ["Correction published", "Ruled", "Published"],
    },
    "ar": {
        "publish": "نشر هذا الادعاء",
        "address": "مكان النشر",
        "note": "ملاحظة",
        "send": "نشر",
        "first": "الإصدار 1",
        "since": "صدر في الادعاء حكم جديد بعد النشر.",
        "what": "ما تغير ولماذا",
        "correct": "نشر التصويب",
        "second": "الإصدار 2، تصويب",
        "then": "كما كان حينها",
        "marks": ["نشر تصويب", "حكم", "نشر"],
    },
}


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return releases.decided(cast, case)


def press(page: Page, role: str, name: str, key: str = "Enter") -> None:
    """Reach it with the Tab key and press `key`."""
    wanted = page.get_by_role("main").get_by_role(role, name=name, exact=False).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            page.keyboard.press(key)
            return
    pytest.fail(f"{name} cannot be reached with the keyboard")


@pytest.mark.journey
@pytest.mark.parametrize("language", ["en", "ar"])
def test_published_and_corrected(
    live: str, page: Page, cast: Cast, claim: Claim, barriers: Callable[[], list[str]], language: str
) -> None:
    words = WORDS[language]
    page.set_extra_http_headers({"Accept-Language": language})
    sign_in(page, "chadi")
    page.goto(f"/claims/{claim.reference}/")
    press(page, "link", str(words["publish"]))
    expect(page.get_by_role("main")).to_contain_text(claim.statement)
    assert barriers() == []
    press(page, "textbox", str(words["address"]), "h")
    page.keyboard.type("ttps://desk.example/furqan")
    press(page, "button", str(words["send"]))
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(words["first"]))
    assert Checkpoint.objects.filter(occasion="claim.publish").exists()
    assert barriers() == []

    reopened_and_ruled(cast, claim)
    page.goto(f"/claims/{claim.reference}/")
    expect(page.get_by_role("main")).to_contain_text(str(words["since"]))
    assert barriers() == []
    press(page, "link", str(words["publish"]))
    press(page, "textbox", str(words["what"]), "x")
    page.keyboard.type(" 2016")
    press(page, "button", str(words["correct"]))
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(words["second"]))
    expect(page.get_by_role("main")).to_contain_text("x 2016")

    page.get_by_role("link", name=str(words["then"])).press("Enter")
    expect(page.locator("#moments .moment-mark")).to_have_text([*words["marks"], words["marks"][1]])
    assert barriers() == []


@pytest.mark.journey
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_a_release_is_for_everybody(
    live: str, page: Page, cast: Cast, claim: Claim, open_to_all: Callable[[list[str]], None], language: str
) -> None:
    releases.released(cast, claim, note="In the morning briefing.", address="https://desk.example/" + "long/" * 30)
    releases.released_case(cast, claim.case)
    doubted = releases.decided(cast, claim.case, "وقع الهجوم ليلا.")
    page.set_extra_http_headers({"Accept-Language": language})
    sign_in(page, "chadi")
    slug = claim.case.slug
    paths = [
        f"/claims/{claim.reference}/releases/",
        f"/claims/{claim.reference}/releases/1/",
        f"/claims/{claim.reference}/publish/",
        f"/claims/{doubted.reference}/releases/",
        f"/cases/{slug}/releases/",
        f"/cases/{slug}/releases/1/",
        f"/cases/{slug}/publish/",
        f"/cases/{slug}/",
    ]
    open_to_all(paths)
