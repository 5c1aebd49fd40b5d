"""Amal reads a captured page and quotes it: with the mouse, with the keyboard alone, and without any script."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from newsroom.models import Case
from sources.models import Capture, CapturedText, Excerpt, Source
from tests.cast import Cast, open_case
from tests.journeys.test_the_chain_form import signed_in
from tests.sources import make as sources
from tests.verification import make
from verification.models import Claim, Evidence

# What stands before the passage is counted differently by a browser (🎥 twice) and shown differently by the page (RLM).
BEFORE = "عنوان الخبر\n\nقال قائد سوري 🎥\u200f إن "
PASSAGE = "الفصائل سيطرت على حي الفرقان"
TEXT = f"{BEFORE}{PASSAGE}. ثم انسحبت منه.\nولم يصدر تعليق من الطرف الآخر حتى الآن."


@pytest.fixture
def case(live: str, cast: Cast) -> Case:
    return open_case(cast)


@pytest.fixture
def carrier(cast: Cast, case: Case) -> Source:
    carrier, original = (sources.source(cast, case, name) for name in ("الترجمة", "الأصل"))
    sources.derivation(cast, carrier, original)
    return carrier


@pytest.fixture
def capture(cast: Cast, carrier: Source) -> Capture:
    return sources.capture(cast, carrier, TEXT, language="ar", title="خبر من حلب")


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return make.claim(cast, case)


def select_with_mouse(page: Page, words: str) -> None:
    """Drag from the first to the last letter of words in one paragraph."""
    ends = page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.getElementById("words"), NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            node.parentElement.scrollIntoView({ block: "center" });
            return [at, at + words.length].map((offset, end) => {
              const range = document.createRange();
              range.setStart(node, end ? offset - 1 : offset);
              range.setEnd(node, end ? offset : offset + 1);
              const box = range.getBoundingClientRect();
              const rtl = getComputedStyle(node.parentElement).direction === "rtl";
              return [rtl === Boolean(end) ? box.left : box.right, (box.top + box.bottom) / 2];
            });
          }
        }""",
        words,
    )
    page.mouse.move(*ends[0])
    page.mouse.down()
    page.mouse.move(*ends[1], steps=8)
    page.mouse.up()


def save(page: Page) -> None:
    page.locator("#making [name=stance][value=SUPPORTS]").press("Space")
    page.locator("#making #id_basis").select_option("WITNESSED")
    page.get_by_role("button", name="Add this evidence").press("Enter")


@pytest.mark.journey
def test_with_the_mouse_in_place(
    live: str, page: Page, cast: Cast, capture: Capture, claim: Claim, barriers: Any
) -> None:
    signed_in(page.context, cast.amal, live)
    page.goto(f"/captures/{capture.pk}/read/")
    assert barriers() == []
    select_with_mouse(page, PASSAGE)
    expect(page.locator("#selection bdi")).to_have_text(PASSAGE)
    assert barriers() == []
    page.evaluate("window.sameDocument = true")
    page.get_by_role("button", name="Use this passage").click()
    expect(page.locator("#making-heading")).to_be_focused()
    page.locator("#claims a", has_text=claim.reference).click()
    expect(page.locator("#making #id_quotation")).to_have_value(PASSAGE)
    expect(page.locator("#making #reading")).to_contain_text("translates")
    assert page.evaluate("window.sameDocument")
    assert barriers() == []
    save(page)
    expect(page.locator(f"#words a[href*='{claim.reference}']")).to_be_visible()
    assert barriers() == []
    excerpt = Excerpt.objects.get()
    assert (excerpt.exact, excerpt.start) == (PASSAGE, len(BEFORE))
    account = Evidence.objects.get()
    assert (account.excerpt, account.source, account.hops.count()) == (excerpt, capture.source, 1)
    page.locator(".marked a").first.click()
    page.locator(f"#words a[href*='{claim.reference}']").click()
    expect(page.locator(f"#evidence-{account.pk}")).to_contain_text(PASSAGE)


@pytest.mark.journey
@pytest.mark.parametrize(("language", "use"), [("en", "A new claim"), ("ar", "ادعاء جديد")])
def test_with_the_keyboard_alone(
    live: str, page: Page, cast: Cast, capture: Capture, barriers: Any, language: str, use: str
) -> None:
    signed_in(page.context, cast.amal, live)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live}])
    page.goto(f"/captures/{capture.pk}/read/")
    bar = page.locator("#selection bdi")
    page.locator("#words").focus()
    page.keyboard.press("ArrowDown")  # the heading
    expect(bar).to_have_text("عنوان الخبر")
    for word in ("قال", "قائد", "سوري", "إن", "الفصائل"):  # onwards, in Arabic, and over the end of the paragraph
        page.keyboard.press("ArrowLeft")
        expect(bar).to_have_text(word)
    for _ in range(5):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    expect(bar).to_have_text(f"{PASSAGE}.")
    page.keyboard.press("Backspace")
    expect(bar).to_have_text(PASSAGE)
    assert barriers() == []
    page.keyboard.press("Enter")
    expect(page.locator("#making-heading")).to_be_focused()
    page.get_by_role("link", name=use).press("Enter")
    expect(page.locator("#making #id_statement")).to_have_value(PASSAGE)
    assert barriers() == []
    page.locator("#making .claim-form button[type=submit]").press("Enter")
    expect(page.locator("#making #id_quotation")).to_have_value(PASSAGE)
    assert barriers() == []
    page.locator("#making [name=stance][value=CONTRADICTS]").press("Space")
    page.locator("#making .evidence-form .buttons button").last.press("Enter")
    page.wait_for_url("**/read/?at=*")
    account = Evidence.objects.get()
    assert account.excerpt is not None
    assert (account.excerpt.exact, account.excerpt.start) == (PASSAGE, len(BEFORE))
    assert account.claim.statement == PASSAGE
    assert barriers() == []


@pytest.mark.journey
def test_by_sentences_over_paragraphs_and_back(
    live: str, page: Page, cast: Cast, capture: Capture, claim: Claim
) -> None:
    signed_in(page.context, cast.amal, live)
    page.goto(f"/captures/{capture.pk}/read/")
    bar = page.locator("#selection bdi")
    page.locator("#words").focus()
    for words in ("عنوان الخبر", None, "ثم انسحبت منه.", "ولم يصدر تعليق من الطرف الآخر حتى الآن."):
        page.keyboard.press("ArrowDown")
        if words:
            expect(bar).to_have_text(words)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowDown")
    expect(bar).to_have_text("ثم انسحبت منه. ولم يصدر تعليق من الطرف الآخر حتى الآن.")
    page.keyboard.press("Enter")
    expect(page.locator("#making blockquote")).to_contain_text("ثم انسحبت منه")
    page.locator("#words").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#selection")).to_be_hidden()


ASKED = """أسئلة بلا أجوبة
هل دخل المقاتلون حي الفرقان مساء الجمعة؟ لا أحد يعلم.
قال الناطق، أمس: «دخلنا الحي كله!»
The army (and its allies) left Aleppo? “We never left,” he said…
بقي 50% من السكان « حتى الآن » أين ؟
“Did they leave?”"""


@pytest.mark.journey
def test_the_signs_at_the_ends_are_taken_along(
    live: str, page: Page, cast: Cast, carrier: Source, claim: Claim
) -> None:
    """Without its last sign a question is a statement, and a quotation has no end."""
    capture = sources.capture(cast, carrier, ASKED, language="ar")
    signed_in(page.context, cast.amal, live)
    page.goto(f"/captures/{capture.pk}/read/")
    bar = page.locator("#selection bdi")
    page.locator("#words").focus()
    sentences = ["أسئلة بلا أجوبة"]
    sentences += ["هل دخل المقاتلون حي الفرقان مساء الجمعة؟", "لا أحد يعلم.", "قال الناطق، أمس: «دخلنا الحي كله!»"]
    sentences += ["The army (and its allies) left Aleppo?", "“We never left,” he said…"]
    sentences += ["بقي 50% من السكان « حتى الآن » أين ؟", "“Did they leave?”"]
    for sentence in sentences:
        page.keyboard.press("ArrowDown")
        expect(bar).to_have_text(sentence)
    page.keyboard.press("Enter")  # the last sentence of the text
    expect(page.locator("#making blockquote").first).to_have_text("“Did they leave?”")
    page.locator("#words").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    heading, asked = "أسئلة بلا أجوبة", "هل دخل المقاتلون حي الفرقان مساء الجمعة؟ لا أحد يعلم."
    said, english = (
        "قال الناطق أمس «دخلنا الحي كله!»",
        "The army (and its allies) left Aleppo? “We never left,” he said…",
    )
    words = f"{heading} {asked} {said} {english} بقي 50% من السكان".split()
    words += ["« حتى", "الآن »", "أين ؟", "“Did", "they", "leave?”"]
    start = words.index("أجوبة")
    for before, word in zip(words[start:], words[start + 1 :], strict=False):
        is_english = any(letter.isascii() and letter.isalpha() for letter in before)
        page.keyboard.press("ArrowRight" if is_english else "ArrowLeft")
        expect(bar).to_have_text(word)


@pytest.mark.journey
def test_a_sign_at_an_end_can_be_left_out(live: str, page: Page, cast: Cast, carrier: Source, claim: Claim) -> None:
    """A sentence out of a longer quotation has one of its marks only."""
    capture = sources.capture(cast, carrier, "«دخلنا الحي كله!»", language="ar")
    signed_in(page.context, cast.amal, live)
    page.goto(f"/captures/{capture.pk}/read/")
    bar = page.locator("#selection bdi")
    page.locator("#words").focus()
    page.keyboard.press("ArrowDown")
    for key, words in (
        ("Delete", "دخلنا الحي كله!»"),
        ("Backspace", "دخلنا الحي كله!"),
        ("Backspace", "دخلنا الحي كله"),
        ("Backspace", "دخلنا الحي كله!»"),
        ("ArrowUp", "«دخلنا الحي كله!»"),
        ("Delete", "دخلنا الحي كله!»"),
        ("Shift+ArrowRight", "«دخلنا الحي"),
    ):
        page.keyboard.press(key)
        expect(bar).to_have_text(words)


@pytest.mark.journey
def test_a_long_text_is_read_on_and_quoted_over_its_parts(
    live: str, page: Page, cast: Cast, carrier: Source, claim: Claim
) -> None:
    text = "\n".join(f"الفقرة {number}: {'كلام كثير ' * 60}" for number in range(120))
    capture = sources.capture(cast, carrier, text)
    signed_in(page.context, cast.amal, live)
    page.goto(f"/captures/{capture.pk}/read/")
    count = page.locator("#words p[data-start]").count()
    page.get_by_role("link", name="Read on").click()
    expect(page.locator("#words p[data-start]")).not_to_have_count(count)
    page.evaluate(
        """(at) => {
          const [one, other] = [...document.querySelectorAll("#words p[data-start]")].slice(at - 1, at + 1);
          getSelection().setBaseAndExtent(one.firstChild, 0, other.firstChild, 12);
        }""",
        count,
    )
    page.get_by_role("button", name="Use this passage").click()
    start = CapturedText.objects.get(pk=capture.pk).text.index(f"الفقرة {count - 1}:")
    expect(page.locator("#making [name=start]")).to_have_value(str(start))


@pytest.mark.journey
def test_without_script_the_words_are_pasted(
    live: str, browser: Browser, cast: Cast, capture: Capture, claim: Claim
) -> None:
    context = browser.new_context(base_url=live, java_script_enabled=False)
    signed_in(context, cast.amal, live)
    page = context.new_page()
    page.goto(f"/captures/{capture.pk}/read/")
    page.locator("#id_quote").fill("الفَصائل سيطرت علي حي الفرقان")
    page.keyboard.press("Enter")
    page.locator("#claims a", has_text=claim.reference).click()
    page.locator("[name=stance][value=SUPPORTS]").check()
    page.get_by_role("button", name="Add this evidence").click()
    expect(page.locator("#words mark")).to_have_text(PASSAGE)
    excerpt = Excerpt.objects.get()
    assert (excerpt.exact, excerpt.start) == (PASSAGE, len(BEFORE))
    context.close()
