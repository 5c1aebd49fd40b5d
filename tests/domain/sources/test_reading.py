from hypothesis import given
from hypothesis import strategies as st

from sources.domain.reading import pieces


def test_lines_are_pieces_and_empty_ones_are_none() -> None:
    assert pieces("أول\n\n \nثان") == ["أول", "ثان"]


def test_a_line_that_never_ends_is_cut_behind_a_space() -> None:
    assert pieces("one two three", longest=8) == ["one two ", "three"]


def test_a_word_that_never_ends_is_cut_all_the_same() -> None:
    assert pieces("abcdefgh", longest=3) == ["abc", "def", "gh"]


@given(st.text(alphabet="ab \nم", max_size=60), st.integers(1, 9))
def test_no_letter_is_lost_and_no_piece_is_too_long(text: str, longest: int) -> None:
    cut = pieces(text, longest)
    assert "".join(cut) == "".join(line for line in text.split("\n") if line.strip())
    assert all(len(piece) <= longest for piece in cut)
