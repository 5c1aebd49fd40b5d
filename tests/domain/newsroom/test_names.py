"""Which words of a name tell whose it is, and which texts hold one of them."""

import pytest

from newsroom.domain.names import given_away, mixed, name_key, points_at

LINA, AMAL, ZUHAYRA, ALI, JOSE = "Lina لينا", "Amal أمل", "Zuhayra al-Qasimi", "د. علي بن حسن", "José de la Peña"


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        # a part of the name is enough, in either script, in any case, with a figure after it
        ("Lina", LINA, "Lina"),
        ("Once لِينَا", LINA, "لِينَا"),
        ("AMAL 2", AMAL, "AMAL"),
        ("amal2", AMAL, "amal2"),
        ("former-amal", AMAL, "former-amal"),
        ("Asked for by Qasimi.", ZUHAYRA, "Qasimi"),
        ("zuhayraqasimi", ZUHAYRA, "zuhayraqasimi"),
        # spelling variants, tatweel, a possessive, full-width letters
        ("امـــل", AMAL, "امـــل"),
        ("Lina's wish", LINA, "Lina's"),
        ("Ｌｉｎａ", LINA, "Ｌｉｎａ"),  # what is tested
        # accents on either side
        ("Jose", JOSE, "Jose"),
        ("Péna", "Pena", "Péna"),
        # what Arabic writes in one with the next word hides nothing
        ("طلب لأمل", AMAL, "لأمل"),
        ("والقاسمي", "زهيرة القاسمي", "والقاسمي"),
        ("قاسمي", "زهيرة القاسمي", "قاسمي"),
        # particles, titles and single letters tell nobody apart, and no part of another word does
        ("A colleague of the desk, al", ZUHAYRA, ""),
        ("De la a", JOSE, ""),
        ("دكتور بن", ALI, ""),
        ("The amalgam", AMAL, ""),
        ("تأملات", AMAL, ""),
        # the preposition is no Ali, unless Ali is spelt so
        ("بناء على طلبه", ALI, ""),
        ("طلب علي", ALI, "علي"),
        ("بناء على طلبه", "على حسن", "على"),
        ("They asked for it.", LINA, ""),
        # letters and syllables set apart are read as one
        ("D.a.n.a", "Dana", "D.a.n.a"),
        ("once d A N a", "Dana", "d A N a"),
        ("Da na", "Dana", "Da na"),
        ("Dan Alba", "Dana", ""),
        ("د ا ن ا", "Dana دانا", "د ا ن ا"),
        # so is what is written with a blank or without one
        ("عبد الرحمن", "عبدالرحمن الحلبي", "عبد الرحمن"),
        ("ترك عبد الرحمن العمل", "عبدالرحمن الحلبي", "عبد الرحمن"),
        ("وعبد الرحمن", "عبدالرحمن الحلبي", "وعبد الرحمن"),
        ("أبوبكر", "أبو بكر", "أبوبكر"),
        ("أبو بكر", "أبوبكر", "أبو بكر"),
        ("ONeil", "Sam O'Neil", "ONeil"),
        ("Mary Anne", "Maryanne Low", "Mary Anne"),
        ("Maryanne", "Mary Anne Low", "Maryanne"),
        # letters that are not taken apart, and a hamza at the end
        ("Lukasz", "Łukasz Nowy", "Lukasz"),
        ("Soren", "Søren Berg", "Soren"),
        ("Dorde", "Đorđe", "Dorde"),
        ("Łukasz", "Lukasz", "Łukasz"),
        ("اسرا", "إسراء خليل", "اسرا"),
        # what stands in any sentence is no part of a name
        ("لم يعد له عمل في القسم", "عبد الله الحمصي", ""),
        ("انتقل إلى رحمة الله", "عبد الله الحمصي", ""),
        ("طلب عبد الله ذلك", "عبد الله الحمصي", "عبد"),
        ("لم تعد تعمل هنا", "هناء", ""),
        # unless somebody is called nothing else
        ("Al", "Al", "Al"),
        ("", LINA, ""),
    ],
)
def test_a_text_gives_a_name_away(text: str, name: str, found: str) -> None:
    assert given_away(text, [name]) == found


@pytest.mark.parametrize(
    ("text", "word"),
    [("Dаna", "Dаna"), ("Former Сhadi", "Сhadi"), ("Дана", ""), ("Amal أمل", ""), ("أملAmal", ""), ("Ωmega", "Ωmega")],
)
def test_letters_that_only_look_like_others_are_found(text: str, word: str) -> None:
    assert mixed(text) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [("Omar", "ÓMAR"), ("Former colleague 7", "former  colleague-٧"), ("أمل حداد", "امل حدّاد"), ("o'mar", "Omar")],
)
def test_names_that_read_alike_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_figure_tells_pseudonyms_apart() -> None:
    assert name_key("Former colleague 7") != name_key("Former colleague 8")


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Basim", True),
        ("basim 2", True),
        ("B. Haddad", True),
        ("باسم", True),
        ("A friend of Basim", False),
        ("7", False),
    ],
)
def test_a_pseudonym_points_at_a_colleague(text: str, points: bool) -> None:
    assert points_at(text, "Basim Haddad باسم") is points


def test_a_long_run_of_marks_takes_no_time() -> None:
    assert given_away("\u064e\u064f" * 40_000, [LINA]) == ""
