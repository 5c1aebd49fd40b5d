"""Passages found again: exactly, but for spelling and spacing, nearly, or not at all; and never at a snail's pace."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.domain.worddiff import Change
from sources.domain.folding import Folded, fold
from sources.domain.passages import (
    CONTEXT,
    Found,
    How,
    Page,
    TextPositionSelector,
    TextQuoteSelector,
    how_it_stands,
    select,
    stands_in,
)
from sources.domain.struck import divided

BEFORE = "قال الناطق صباح اليوم إن الطريق مقطوع.\n"
PASSAGE = "أعلنت القيادة أنّ المقاتلين دخلوا الأحياء الغربية من المدينة مساء الجمعة"
AFTER = ".\nولم يصدر تعليق من الطرف الآخر حتى الآن."


def find(passage: str, text: str) -> Found | None:
    return Page(text).find(TextQuoteSelector(passage))


def test_selectors_are_those_of_the_web_annotation_model() -> None:
    text = BEFORE + PASSAGE + AFTER
    quote, position = select(text, len(BEFORE), len(BEFORE) + len(PASSAGE))
    assert quote.w3c() == {
        "type": "TextQuoteSelector", "exact": PASSAGE, "prefix": BEFORE[-CONTEXT:], "suffix": AFTER[:CONTEXT],
    }  # fmt: skip
    assert position.w3c() == {
        "type": "TextPositionSelector", "start": len(BEFORE), "end": len(BEFORE) + len(PASSAGE),
    }  # fmt: skip


@pytest.mark.parametrize(("start", "end"), [(3, 3), (3, 2), (-1, 2), (0, 99)])
def test_no_passage_no_selector(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no passage"):
        select("ten letter", start, end)


@given(st.data(), st.text(min_size=1))
def test_a_passage_is_found_where_it_was_selected(data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote, position = select(text, start, end)
    found = Page(text).find(quote, position)
    assert found is not None
    assert (found.start, found.end, found.how, found.exact_text) == (start, end, How.EXACTLY, text[start:end])


def test_of_equal_passages_that_between_the_same_words_is_meant() -> None:
    old = "He said no. She said no. They said no."
    quote, position = select(old, 16, 23)
    found = Page("Breaking: " + old).find(quote, position)
    assert found is not None
    assert found.start == 26


def test_of_equal_passages_without_context_the_nearest_is_meant() -> None:
    text = "no " * 2_000
    found = Page(text).find(TextQuoteSelector("no"), TextPositionSelector(5_401, 5_403))
    assert found is not None
    assert found.start == 5_400


@pytest.mark.parametrize(
    ("there", "passage"),
    [
        # vowel signs on one side only
        ("دَخَلَ المقاتلون", "دخل المقاتلون"),
        # tatweel for justification
        ("المقـــاتلون دخلوا", "المقاتلون دخلوا"),
        # alef, ya and ta marbuta as different desks write them
        ("الى مدينه حماة في احمد", "إلى مدينة حماه فى أحمد"),
        # presentation forms, as a PDF gives them
        ("ﺣﻠﺐ ﷲ", "حلب الله"),
        # digits, quotation marks, dashes
        ("«في ٢٧ تشرين» – ٢٠٢٤", '"في 27 تشرين" - 2024'),
        # what Arabic script writes between words and numbers in a way of its own
        ("١٬٢٥٠٫٥٪، ثم؟ لا؛", "1,250.5%, ثم? لا;"),
        # spaces nobody tells apart, and one that is not even seen
        ("في\u00a0حلب\u2009اليوم\u200bمساء", "في حلب اليوم مساء"),
        # an emoji with and without the sign that colours it
        ("❤\ufe0f حلب", "❤ حلب"),
        # spaces and line breaks, an invisible hyphen, a direction mark
        ("word\u00adwide\u00a0news\n to\u200fday", "wordwide news today"),
        # case, and an accent typed as a character of its own
        ("AMÉLIE in Paris", "Ame\u0301lie in Paris"),
        # a vowel sign at the very end belongs to the passage
        ("كُتُبٌ", "كتب"),
    ],
)
def test_spelling_and_spacing_do_not_matter(there: str, passage: str) -> None:
    text = f"{BEFORE}{there}{AFTER}"
    found = find(passage, text)
    assert found is not None
    assert found.how is How.FOLDED
    assert text[found.start : found.end] == found.exact_text
    assert found.exact_text == there


@pytest.mark.parametrize(
    ("there", "changed"),
    [
        # one word for another in the middle, at the beginning, at the end
        (PASSAGE.replace("الغربية", "الشمالية"), ["الغربية", "الشمالية"]),
        (PASSAGE.replace("أعلنت", "نفت"), ["أعلنت", "نفت"]),
        (PASSAGE.replace("الجمعة", "السبت"), ["الجمعة", "السبت"]),
        # a word taken out, a phrase put in
        (PASSAGE.replace("مساء ", ""), ["مساء "]),
        (PASSAGE.replace("الأحياء", "بعض أطراف الأحياء"), ["بعض أطراف "]),
    ],
)
def test_a_changed_passage_is_found_with_its_differences(there: str, changed: list[str]) -> None:
    found = find(PASSAGE, BEFORE + there + AFTER)
    assert found is not None
    assert found.how is How.NEARLY
    assert found.exact_text == there
    differences = [piece.text for piece in found.differences if piece.change is not Change.KEPT]
    assert differences == changed


def test_a_passage_changed_in_a_long_text_is_found_at_its_place() -> None:
    text = long_text(3) + BEFORE + PASSAGE.replace("الغربية", "الشمالية") + AFTER + long_text(4)
    found = find(PASSAGE, text)
    assert found is not None
    assert text[found.start : found.end].startswith("أعلنت القيادة")


@pytest.mark.parametrize(
    "passage",
    [
        # the page speaks of something else
        "تراجعت أسعار القمح في الأسواق العالمية خلال الأسبوع الماضي بعد موسم جيد",
        # a few of its words are no passage
        "أعلنت القيادة في بيان لها عن خطة اقتصادية جديدة لا علاقة لها بما ورد في هذا الخبر إطلاقا",
        # too short to be near to anything
        "حلب حمص",
        # nothing is left of it once folded
        "\u0640\u0640",
    ],
)
def test_what_is_not_there_is_not_found(passage: str) -> None:
    assert find(passage, BEFORE + PASSAGE + AFTER) is None
    assert find(passage, "") is None


@given(st.text(st.one_of(st.characters(), st.sampled_from("أإةىی\u064e\u0651ﷲﺣ٣ـ \u00ad"))))
def test_folding_leads_back_to_the_letters_it_came_from(text: str) -> None:
    folded = Folded(text)
    assert folded.text == fold(text)
    for place in range(len(folded.text)):
        start, end = folded.original_range(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert folded.text[place] in fold(text[start:end])


@given(st.text(st.one_of(st.characters(), st.sampled_from("أإةىی\u064e\u0651ﷲﺣ٣ـ \u00ad"))))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def long_text(seed: int, letters: int = 110_000) -> str:
    """About 200 KB of Arabic: made-up words in the proportion of a language, some of them very frequent."""
    chance = random.Random(seed)
    words = ["".join(chance.choices("ابتثجحخدرزسشصطعغفقكلمنهوي", k=chance.randint(2, 8))) for _ in range(4_000)]
    weights = [1 / rank for rank in range(1, 4_001)]
    return " ".join(chance.choices(words, weights, k=letters // 5))[:letters]


def test_twenty_excerpts_are_found_in_a_long_text() -> None:
    text = long_text(1)
    chance = random.Random(5)
    quotes = [select(text, start, start + 250)[0] for start in chance.sample(range(len(text) - 250), 20)]
    later = text.replace(" ", "\n", 7_000)
    for quote in quotes[10:]:
        later = later.replace(quote.exact, quote.exact[:100] + " كلمة أخرى " + quote.exact[110:])
    page = Page(later)
    found = [page.find(quote) for quote in quotes]
    assert None not in found
    assert {one.how for one in found if one} == set(How)


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        # occurs everywhere, overlapping itself
        ("a" * 10_000, "a" * 200_000),
        # almost occurs everywhere
        ("a" * 10_000 + "b", "a" * 200_000),
        ("ab" * 5_000 + "c", "ab" * 100_000),
        ("قال إن " * 2_000 + "نهاية", "قال إن " * 40_000),
        # folds to nothing, or to far more than it is
        ("b", "\u064e\u064f" * 250_000),
        ("ﷺ" * 1_000 + "x", "ﷺ" * 20_000),
        # every word is there, in another order
        (" ".join(f"word{n}" for n in range(2_000)), " ".join(f"word{n}" for n in reversed(range(20_000)))),
        # almost occurs everywhere, seen from the end
        ("a" * 5_000 + "b" + "a" * 5_000, "a" * 200_000),
        # the letters are there, with hundreds of marks, spaces and words of nothing between them
        (
            " ".join(f"كلمة{n}" for n in range(2_000)),
            "".join(f"{c} \u064e . " for n in range(20_000) for c in f"كلمة{n}"),
        ),
        (
            " ".join(f"كلمة{n}" for n in range(2_000)),
            " \u064e \u0640".join(f"كلمة{n}" + "ـ" * 40 for n in range(9_000)),
        ),
        # no word ever ends
        ("ب" * 5_000 + "ت" * 5_000, "ب" * 100_000 + "ت" * 100_000),
    ],
)
def test_no_text_holds_up_the_search(passage: str, text: str) -> None:
    began = time.process_time()
    Page(text).find(TextQuoteSelector(passage), TextPositionSelector(len(text), len(text) + 1))
    assert time.process_time() - began < 1.5


@given(st.text("ab", max_size=30), st.text("ab", min_size=1, max_size=3), st.integers(0, 40))
def test_the_nearest_before_is_found_as_well_as_the_nearest_after(text: str, passage: str, expected: int) -> None:
    found = Page(text).find(TextQuoteSelector(passage), TextPositionSelector(expected, expected + len(passage)))
    places = [place for place in range(len(text)) if text.startswith(passage, place)]
    if not places:
        assert found is None or found.how is not How.EXACTLY
    else:
        assert found is not None
        assert found.start == min(places, key=lambda place: (abs(place - expected), place))


words = st.lists(st.sampled_from(["حلب", "القوات،", "«دخلت»", "مساء", "ﷲ", "\u064e", ".", "\n", "a", "ـ"]), max_size=40)


@given(words, words, words)
def test_whatever_is_found_stands_where_it_is_said_to(before: list[str], wanted: list[str], after: list[str]) -> None:
    text = " ".join([*before, *wanted[: len(wanted) // 2], "x", *wanted[len(wanted) // 2 :], *after])
    passage = " ".join(wanted)
    found = find(passage, text)
    if found is None:
        return
    assert text[found.start : found.end] == found.exact_text
    if found.how is not How.EXACTLY:
        assert "".join(piece.text for piece in found.differences if piece.change is not Change.ADDED) == passage
        assert (
            "".join(piece.text for piece in found.differences if piece.change is not Change.REMOVED) == found.exact_text
        )


@pytest.mark.parametrize(
    ("quotation", "passage", "how"),
    [
        (PASSAGE, PASSAGE, How.EXACTLY),
        (f" {PASSAGE}\n", BEFORE + PASSAGE, How.EXACTLY),
        (PASSAGE.replace("أنّ", "أن"), PASSAGE, How.FOLDED),
        (PASSAGE.replace("الغربية", "الشمالية"), PASSAGE, How.NEARLY),
    ],
)
def test_what_stands_in_an_excerpt_stands_there_the_same_way_told_briefly(
    quotation: str, passage: str, how: How
) -> None:
    assert stands_in(quotation, passage) is how
    assert how_it_stands(quotation, passage) is how


def test_no_words_stand_nowhere() -> None:
    assert stands_in(" ", PASSAGE) is None
    assert stands_in("تراجعت أسعار القمح في الأسواق", PASSAGE) is None


class TestStruckThrough:
    """A page that strikes a passage through does not say it any more."""

    @pytest.mark.parametrize("there", [PASSAGE, PASSAGE.replace("أنّ", "أن")])
    def test_what_stands_there_only_is_found_so(self, there: str) -> None:
        text = f"{BEFORE}~~{there}~~"
        found = find(PASSAGE, text)
        assert found is not None
        assert (found.is_struck, found.exact_text, found.words) == (True, there, f"~~{there}~~")
        assert text[found.start : found.end] == there

    def test_what_is_said_as_well_is_said(self) -> None:
        text = f"~~{PASSAGE}~~\n{BEFORE}{PASSAGE}{AFTER}\n~~{PASSAGE}~~"
        found = find(PASSAGE, text)
        assert found is not None
        assert (found.is_struck, found.start) == (False, text.index(BEFORE) + len(BEFORE))

    def test_other_words_are_found_where_they_are_said(self) -> None:
        reworded = PASSAGE.replace("الغربية", "الشرقية")
        found = find(PASSAGE, f"{BEFORE}{reworded}{AFTER}\n~~الغربية~~")
        assert found is not None
        assert (found.is_struck, found.exact_text) == (False, reworded)

    def test_a_passage_across_strokes_is_found_as_it_was_selected(self) -> None:
        text = f"{BEFORE}~~{PASSAGE}~~"
        quote, position = select(text, 3, len(text))
        found = Page(text).find(quote, position)
        assert found is not None
        assert (found.start, found.end, found.is_struck) == (3, len(text), False)

    @pytest.mark.parametrize("line", ["~~~~", "~~ ~~", "~~~~~~~~", "~~كلام", "كلام ~~كلام~~"])
    def test_what_is_no_such_line(self, line: str) -> None:
        assert divided(line) == (line, "")
