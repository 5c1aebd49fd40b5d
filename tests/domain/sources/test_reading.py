from hypothesis import given
from hypothesis import strategies as st

from sources.domain.reading import leaf_of, leaves, pieces, stretches


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


@given(st.text(alphabet="ab \nم", max_size=60), st.integers(1, 9))
def test_every_stretch_stands_where_it_says(text: str, longest: int) -> None:
    assert all(text[each.start : each.end] == each.text for each in stretches(text, longest))


@given(st.text(alphabet="ab \nم", max_size=60), st.integers(1, 9))
def test_leaves_hold_every_stretch_in_order_and_a_place_is_on_its_leaf(text: str, size: int) -> None:
    cut = stretches(text, longest=3)
    turned = leaves(cut, size)
    assert [stretch for leaf in turned for stretch in leaf] == cut
    assert all(sum(len(stretch.text) for stretch in leaf) <= max(size, 3) for leaf in turned)
    assert all(stretch in turned[leaf_of(turned, stretch.start) - 1] for stretch in cut)


def test_a_place_behind_the_text_is_on_the_last_leaf() -> None:
    assert leaf_of(leaves(stretches("one\ntwo"), size=3), 999) == 2
    assert leaf_of([], 0) == 1
