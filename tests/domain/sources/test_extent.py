"""A reworded passage is shown with all its words, also those at its ends that have no equal to be found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.extent import breaks_off
from sources.domain.passages import How, Page, select

BEFORE = "قال الناطق صباح اليوم إن الجسر سليم. "
PASSAGE = "وأدت المواجهات إلى قطع الطريق الدولي وتوقف حركة السير."
AFTER = " ولم يصدر تعليق من الطرف الآخر حتى الآن. وتتابع البلدية الأمر."
FULL_STOP = len(PASSAGE) - 1


def found(text: str, start: int = 0, end: int = len(PASSAGE)) -> str:
    """What became of a part of the passage, marked in the text of before."""
    quote, position = select(BEFORE + PASSAGE + AFTER, len(BEFORE) + start, len(BEFORE) + end)
    seen = Page(text).find(quote, position)
    assert seen is not None
    assert seen.how is How.NEARLY
    return seen.exact_text


ADDED = PASSAGE.replace("السير.", "السير كلها.")
LONGER = PASSAGE.replace("السير.", "السير كلها في الاتجاهين حتى ساعات الفجر الأولى.")
EARLIER = "وبحسب الشهود " + PASSAGE.replace("الدولي", "الساحلي")
SHORTER = PASSAGE.replace(" وتوقف حركة السير", "")
OTHER_END = PASSAGE.replace("حركة السير.", "كل ما كان يمر عليه من سيارات.")


@pytest.mark.parametrize("now", [ADDED, LONGER, EARLIER, SHORTER, OTHER_END])
def test_it_lies_between_the_words_that_stood_around_it(now: str) -> None:
    assert found(BEFORE + now + AFTER) == now


@pytest.mark.parametrize("now", [ADDED, LONGER, OTHER_END])
@pytest.mark.parametrize("after", ["", " وهذا كلام جديد لم يكن هنا.", "\nعنوان آخر", "»"])
def test_one_that_ended_a_sentence_goes_to_its_end_where_what_followed_is_gone(now: str, after: str) -> None:
    assert found(BEFORE + now + after) == now


def test_the_sign_behind_it_is_not_its_own_where_it_was_not() -> None:
    now = PASSAGE.replace("الدولي", "الساحلي").replace("السير.", "السير كلها.")
    assert found(BEFORE + now + AFTER, 0, FULL_STOP) == now[:-1]


def test_a_retraction_at_the_end_of_a_long_sentence_is_in_it() -> None:
    now = PASSAGE[:-1] + " بحسب ما قال أولا ثم تراجع عنه في بيان لاحق" * 3 + " وقال إن أحدا لم يقطع الطريق."
    assert found(BEFORE + now + " وهذا كلام جديد.") == now


@pytest.mark.parametrize("added", [" with Col. Brown who denied it.", " near the U.S. Embassy.", " in Homs."])
def test_a_shortened_word_ends_no_sentence(added: str) -> None:
    before, passage = "Nobody knew of it before noon. ", "The road to the south was closed for all traffic."
    quote, position = select(before + passage + " More later.", len(before), len(before + passage))
    seen = Page(before + passage[:-1] + added + " it was said.").find(quote, position)
    assert seen is not None
    assert seen.exact_text == passage[:-1] + added


def test_of_a_sentence_that_does_not_end_a_few_words_are_taken() -> None:
    now = found(BEFORE + PASSAGE[:-1] + " كلمة" * 200)
    assert now.startswith(PASSAGE[:-1])
    assert len(now.split()) < 100


def test_one_that_ended_within_a_sentence_takes_no_more_of_it_than_it_had() -> None:
    """It was marked up to the road; what follows is rewritten, and was none of it."""
    cut = PASSAGE.index(" وتوقف")
    now = BEFORE + "وأدت الاشتباكات إلى قطع الطريق الدولي مع أن الناس ما زالوا يمرون عليه."
    assert found(now, 0, cut) == "وأدت الاشتباكات إلى قطع الطريق الدولي"


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_stands_around_it_its_words_are_in_it(before: str, after: str) -> None:
    now = PASSAGE.replace("الدولي", "الساحلي")
    assert now[:-1] in found(f"{before}\n{now}\n{after}")


def test_what_breaks_off_is_known_by_its_length_and_its_end() -> None:
    endless = found(BEFORE + PASSAGE[:-1] + " كلمة" * 200)
    assert breaks_off(PASSAGE, endless)
    assert not breaks_off(PASSAGE, f"{endless}.")
    assert not breaks_off(PASSAGE, PASSAGE[:-1])
    assert not breaks_off(PASSAGE[:-1], endless)
