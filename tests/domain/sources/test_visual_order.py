"""What is seen from left to right, and how it is read. The left column stands as a page shows it."""

import pytest

from sources.domain.visual_order import is_right_to_left, read_order

# `seen` is written here with the letters of each row reversed by hand, so that no editor's own layout hides it.
ROWS = [
    # Nothing of the other direction
    ("the bridge", "the bridge"),
    ("", ""),
    ("رسجلا", "الجسر"),
    # Numbers keep their order in a line that is turned
    ("2026 ربمفون 23 دحألا", "الأحد 23 نوفمبر 2026"),
    ("ببسب 14:30 ةعاسلا", "الساعة 14:30 بسبب"),
    ("رالود نويلم 3.5", "3.5 مليون دولار"),
    ("٢٠٢٦ ماع", "عام ٢٠٢٦"),
    # Two numbers beside each other are two words, read from the right
    ("2 1 مقر", "رقم 1 2"),
    # Latin names, with the spaces inside of them
    ("نع Middle East Eye ةلاكو", "وكالة Middle East Eye عن"),
    ("F-16 ةرئاط", "طائرة F-16"),
    # Brackets are seen as they open and close on paper
    (")يقرشلا( رسجلا".translate(str.maketrans("()", ")(")), "الجسر (الشرقي)"),
    ("«ةعاسلا» رسج", "جسر «الساعة»"),
    # Stops at the end of a line go with the line
    (".رسجلا", "الجسر."),
]


@pytest.mark.parametrize(("seen", "read"), ROWS)
def test_a_right_to_left_page_is_read(seen: str, read: str) -> None:
    assert read_order(list(seen), right_to_left=True) == read


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("the رسجلا bridge", "the الجسر bridge"),
        ("said ديدجلا رسجلا yesterday", "said الجسر الجديد yesterday"),
        ("no (رسجلا) bridge.", "no (الجسر) bridge."),
    ],
)
def test_and_so_is_an_arabic_name_in_an_english_one(seen: str, read: str) -> None:
    assert read_order(list(seen), right_to_left=False) == read


def test_the_direction_of_a_page_is_that_of_most_of_its_letters() -> None:
    assert is_right_to_left("عن Reuters ووكالات")
    assert not is_right_to_left("the bridge, called الجسر, 2026")
    assert not is_right_to_left("")


def test_shapes_become_letters_again() -> None:
    assert read_order(["ﺔ", "ﻋ", "ﺎ", "ﺳ"], right_to_left=True) == "ساعة"
    assert read_order(["م", "ﻼ", "ﺳ"], right_to_left=True) == "سلام"


def test_a_letter_keeps_its_marks_behind_it() -> None:
    assert read_order(["ق", "ل", "غ", "أ\u064f"], right_to_left=True) == "أُغلق"
