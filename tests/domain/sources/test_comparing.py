"""What differs between two texts, as a reader is shown it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.domain.worddiff import Change
from sources.domain.comparing import LONGEST_COMPARED, LONGEST_PIECE, MOST_PARAGRAPHS, TextDifference, compared

LINE = " ".join(f"w{number}" for number in range(60))


def said(difference: TextDifference) -> list[str]:
    """Each paragraph as one line: `-gone-`, `+new+`, `…` where something was folded away."""
    signs = {Change.REMOVED: "-{}-", Change.ADDED: "+{}+", Change.KEPT: "{}", Change.FOLDED: "…"}
    return ["".join(signs[piece.change].format(piece.text) for piece in each) for each in difference.paragraphs]


@pytest.mark.parametrize(
    ("earlier", "later", "shown"),
    [
        ("one two", "one two", []),
        ("one two", "one three", ["one -two-+three+"]),
        ("قال قائد", "قال مصدر", ["قال -قائد-+مصدر+"]),
        # Each paragraph stands alone, so that each has its own direction.
        ("a b\nقال قائد", "a c\nقال مصدر", ["a -b-+c+", "قال -قائد-+مصدر+"]),
        ("a\nb", "a\nnew\nb", ["a", "+new+", "b"]),
        ("a", "", ["-a-"]),
        ("", "a", ["+a+"]),
        ("", "", []),
    ],
)
def test_it_works(earlier: str, later: str, shown: list[str]) -> None:
    assert said(compared(earlier, later)) == shown


def test_what_is_the_same_and_far_away_is_folded() -> None:
    shown = said(compared("\n".join([LINE] * 20 + ["one"]), "\n".join([LINE] * 20 + ["two"])))
    assert shown[0] == "…"
    assert shown[-1] == "-one-+two+"
    assert len(" ".join(shown).split()) < 30


def test_a_page_rewritten_is_shown_by_its_beginning_and_counted_whole() -> None:
    difference = compared("a " * 9_000, "b " * 8_000)
    assert (difference.words_gone, difference.words_new) == (9_000, 8_000)
    assert max(piece.words for each in difference.paragraphs for piece in each if piece.change != "folded") <= (
        LONGEST_PIECE
    )


def test_of_very_many_changes_the_first_are_shown_and_the_others_counted() -> None:
    earlier = "\n".join(f"alpha{n} beta{n} number{n}" for n in range(5_000))
    difference = compared(earlier, earlier.replace("number", "figure"))
    assert len(difference.paragraphs) == MOST_PARAGRAPHS
    assert difference.left_out > 0


def test_of_texts_without_end_the_beginnings_are_compared_and_that_is_said() -> None:
    beginning = "a" * LONGEST_COMPARED
    difference = compared(beginning + "b", beginning + "c")
    assert difference.cut
    assert difference.is_same
    assert not compared("a", "b").cut


@given(st.text("ab \nقا"), st.text("ab \nقا"))
def test_it_says_the_same_only_of_the_same(earlier: str, later: str) -> None:
    assert compared(earlier, later).is_same == (earlier == later) or earlier.split() == later.split()
