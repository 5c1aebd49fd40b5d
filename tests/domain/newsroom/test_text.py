"""The text policy: what is accepted, in which form, and where exactly the rest is refused."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.domain import text
from newsroom.domain.text import Reason, TextRefused

LONG_RUN = "\u064e\u064f" * 16  # fatha and damma, 32 marks


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        # trimmed, and white space of any kind is one space
        ("  Hasan   Abdul\tGhani\n", "Hasan Abdul Ghani"),
        ("Hasan\u00a0\u2003Abdul", "Hasan Abdul"),
        # one form for what looks the same
        ("Ame\u0301lie", "Am\u00e9lie"),
        # vowel signs are part of a name
        ("مُحَمَّد", unicodedata.normalize("NFC", "مُحَمَّد")),
        # a joiner inside a Persian word is spelling, one at the end is a leftover
        ("می\u200cخواهم\u200c", "می\u200cخواهم"),
        # an emoji of a family is held together by joiners and ends in a variation selector
        ("👩\u200d👧 ❤\ufe0f", "👩\u200d👧 ❤\ufe0f"),
        # an Arabic sign that Unicode files under format characters can be seen
        ("\u06dd١", "\u06dd١"),
        # thirty marks are the limit, not beyond it
        ("ب" + "\u064e" * 30, "ب" + "\u064e" * 30),
    ],
)
def test_a_name_is_brought_to_one_form(typed: str, kept: str) -> None:
    assert text.name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason", "position", "detail"),
    [
        # nothing to see, whatever it is made of
        ("", Reason.EMPTY, None, ""),
        (" \u200c\n", Reason.EMPTY, None, ""),
        # controls: NUL, escape, the C1 set, and U+FFFE, which no XML may hold
        ("a\x00b", Reason.CONTROL, 2, "U+0000"),
        ("\x1b[31m", Reason.CONTROL, 1, "U+001B"),
        ("ab\x9f", Reason.CONTROL, 3, "U+009F"),
        ("a\ufffe", Reason.CONTROL, 2, "U+FFFE"),
        # half a character, as a JSON escape may bring it
        ("a\ud800", Reason.SURROGATE, 2, "U+D800"),
        # a name that would be read in another order than it is written
        ("gnp.\u202eexe", Reason.DIRECTION, 5, "U+202E"),
        ("حلب\u200f", Reason.DIRECTION, 4, "U+200F"),
        # two names that look alike and are not
        ("Isn\u200bad", Reason.INVISIBLE, 4, "U+200B"),
        ("Isn\u00adad", Reason.INVISIBLE, 4, "U+00AD"),
        ("\U000e0041dmin", Reason.INVISIBLE, 1, "U+E0041"),
        # the run begins at the second character
        ("ب" + LONG_RUN, Reason.MARKS, 2, "U+064E"),
        # one more than the limit; the position is the first character too many
        ("x" * 301, Reason.TOO_LONG, 301, "301"),
        # some characters grow when composed: U+1D160 becomes three
        ("\U0001d160" * 200, Reason.TOO_LONG, 301, "600"),
    ],
)
def test_a_name_is_refused_where_it_goes_wrong(typed: str, reason: Reason, position: int | None, detail: str) -> None:
    with pytest.raises(TextRefused) as refusal:
        text.name(typed)
    assert (refusal.value.reason, refusal.value.position, refusal.value.detail) == (reason, position, detail)


@pytest.mark.parametrize(
    "typed",
    [
        # paragraphs, indents and spaces at the ends belong to a quotation
        "  First.\n\n\tSecond. ",
        # what a source wrote is evidence, even where it plays tricks with direction
        "He said \u202eolleh\u202c.",
        # not composed: the digest of a quotation must be of what was written
        "Ame\u0301lie",
    ],
)
def test_prose_is_kept_as_typed(typed: str) -> None:
    assert text.prose(typed, text.QUOTATION) == typed


def test_line_ends_of_the_browser_are_not_the_writers() -> None:
    assert text.prose("one\r\ntwo\rthree", text.NOTE) == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("typed", "reason", "position"),
    [
        (" \n ", Reason.EMPTY, None),
        ("one\ntwo\x00", Reason.CONTROL, 8),
        ("one\udc00", Reason.SURROGATE, 4),
        ("b" + LONG_RUN, Reason.MARKS, 2),
        ("twelve chars", Reason.TOO_LONG, 11),
    ],
)
def test_prose_is_refused_where_it_goes_wrong(typed: str, reason: Reason, position: int | None) -> None:
    limit = 10 if reason is Reason.TOO_LONG else text.NOTE
    with pytest.raises(TextRefused) as refusal:
        text.prose(typed, limit)
    assert (refusal.value.reason, refusal.value.position) == (reason, position)


def test_a_tag_is_a_short_name() -> None:
    assert text.tag(" war  crimes ") == "war crimes"
    with pytest.raises(TextRefused):
        text.tag("x" * 61)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # alef with and without hamza or madda, alef wasla
        ("أحمد إبراهيم آل ٱلسيد", "احمد ابراهيم ال السيد"),
        # hamza typed as a combining mark
        ("ا\u0654حمد", "أحمد"),
        # final ya and alef maqsura, Persian ya and kaf
        ("مستشفى الرازی بکر", "مستشفي الرازي بكر"),
        # ta marbuta and ha
        ("مدينة حماة", "مدينه حماه"),
        # vowel signs, shadda, tatweel, the Koranic small alef
        ("مُحَمَّـــد هٰذا", "محمد هذا"),
        # digits of the Arab east and of Persia
        ("٢٠٢٤ ۱۲", "2024 12"),
        # presentation forms of a PDF, and its ligature of four letters
        ("ﺣﻠﺐ ﷲ", "حلب الله"),
        # case, width and spaces
        ("  ＢＢＣ\u00a0News ", "bbc news"),
        # what cannot be seen cannot be searched for
        ("Isn\u00adad\u202e", "isnad"),
    ],
)
def test_spelling_variants_share_a_search_key(one: str, other: str) -> None:
    assert text.search_key(one) == text.search_key(other)


arabic = st.text(
    st.sampled_from("ابتأإآؤئىيیةهہ\u064e\u064f\u0651\u0654\u0670\u0640\ufefb\ufdf2 ٠۹\u200c\u202eA\u0301")
)


@given(st.one_of(st.text(), arabic, st.text(st.characters(exclude_categories=()))))
def test_a_search_key_is_its_own_search_key(value: str) -> None:
    key = text.search_key(value)
    assert text.search_key(key) == key


@given(st.one_of(st.text(), arabic))
def test_a_name_once_accepted_is_accepted_unchanged(value: str) -> None:
    try:
        kept = text.name(value)
    except TextRefused:
        return
    assert text.name(kept) == kept
    assert len(kept.encode()) <= 4 * text.NAME


@given(st.one_of(st.text(), arabic))
def test_showing_controls_loses_nothing(value: str) -> None:
    assert "".join(piece.text for piece in text.visible_controls(value)) == value


def test_controls_are_named() -> None:
    pieces = text.visible_controls("a\u202eb\u00ad\u200c")
    assert [(piece.text, piece.mark) for piece in pieces] == [
        ("a", ""), ("\u202e", "RLO"), ("b", ""), ("\u00ad", "U+00AD"), ("\u200c", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "hostile",
    [
        # normalising this takes minutes on CPython before gh-149079 is mended
        "\u064e\u064f" * 250_000,
        # these are no marks by combining class, and become marks when decomposed
        "\u0f73\u0f75" * 250_000,
        # letters by category, marks once compatibility forms are undone
        "\uff9e\u0316" * 250_000,
    ],
)
def test_runs_of_marks_cost_nothing(hostile: str) -> None:
    began = time.process_time()
    text.search_key(hostile)
    for policy in (text.name, lambda value: text.prose(value, 1_000_000)):
        with pytest.raises(TextRefused):
            policy(hostile)
    assert time.process_time() - began < 0.5
