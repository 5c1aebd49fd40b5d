"""A place is believed where its words stand there; otherwise the words are looked for, and it is said."""

import pytest

from sources.domain.passages import How
from sources.domain.selecting import WORDS_SENT, looked_for, selected

TEXT = "قال 🎥 القائد:\n\n«دخلنا حي الفرقان»\nثم دخلنا حي الفرقان ثانية."
PASSAGE = "دخلنا حي الفرقان"
FIRST, SECOND = TEXT.index(PASSAGE), TEXT.rindex(PASSAGE)
END = FIRST + len(PASSAGE)


def test_it_is_what_stands_there() -> None:
    found = selected(TEXT, SECOND, SECOND + len(PASSAGE), PASSAGE)
    assert found is not None
    assert (found.start, found.text, found.found) == (SECOND, PASSAGE, None)


def test_white_space_around_it_is_left_out() -> None:
    found = selected(TEXT, FIRST - 4, END + 2, "\r\n «دخلنا حي الفرقان»\n".replace("\n ", "\n"))
    assert found is not None
    assert found.text == "«دخلنا حي الفرقان»"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # counted in UTF-16 by somebody who did not know better
        (SECOND + 1, SECOND + 1 + len(PASSAGE)),
        # places there are none of
        (-5, 3), (9, 2), (len(TEXT), len(TEXT) + 9),
    ],
)  # fmt: skip
def test_another_place_is_corrected_by_the_words(start: int, end: int) -> None:
    found = selected(TEXT, start, end, PASSAGE)
    assert found is not None
    assert found.text == PASSAGE
    assert found.found is not None
    assert found.found.how is How.EXACTLY
    assert found.start == (SECOND if start > END else FIRST)


def test_words_that_only_begin_like_the_passage_are_others() -> None:
    found = selected(TEXT, FIRST, END, "دخلنا حي")
    assert found is not None
    assert found.text == "دخلنا حي"


@pytest.mark.parametrize("words", ["", " ", "تراجعت أسعار القمح في الأسواق العالمية"])
def test_no_place_and_no_such_words_is_nothing(words: str) -> None:
    assert selected(TEXT, 9, 2, words) is None
    assert looked_for(TEXT, words) is None


def test_a_place_without_words_is_taken_and_only_space_is_nothing() -> None:
    found = selected(TEXT, FIRST, END)
    assert found is not None
    assert found.text == PASSAGE
    assert selected(TEXT, TEXT.index("\n"), TEXT.index("\n") + 2) is None


def test_of_a_long_passage_the_first_words_are_enough() -> None:
    text = "x " + "كلمة أخرى " * 100
    found = selected(text, 0, 900, text[2 : 2 + WORDS_SENT])
    assert found is not None
    assert (found.start, found.end) == (2, 902)
    assert found.found is not None


def test_what_is_pasted_is_looked_for_but_for_spelling() -> None:
    found = looked_for(TEXT, ' "دَخَلنا حيّ الفرقان" ثم')
    assert found is not None
    assert found.found is not None
    assert found.found.how is How.FOLDED
    assert found.text == "«دخلنا حي الفرقان»\nثم"
