from hypothesis import given
from hypothesis import strategies as st

from sources.domain.marking import Mark, Run, runs
from sources.domain.reading import Stretch

LETTERS = Stretch(100, "abcdefghij")


def test_a_stretch_nobody_marked_is_one_run() -> None:
    assert runs(LETTERS, [Mark(1, 0, 100), Mark(2, 110, 120)]) == [Run("abcdefghij")]


def test_marks_in_each_other_are_told_apart() -> None:
    assert runs(LETTERS, [Mark(1, 102, 108), Mark(2, 104, 106)]) == [
        Run("ab"),
        Run("cd", (1,), begins=(1,)),
        Run("ef", (1, 2), begins=(2,), ends=(2,)),
        Run("gh", (1,), ends=(1,)),
        Run("ij"),
    ]


def test_a_mark_that_goes_on_neither_begins_nor_ends_here() -> None:
    assert runs(LETTERS, [Mark(1, 90, 120)]) == [Run("abcdefghij", (1,))]


spans = st.tuples(st.integers(90, 120), st.integers(1, 20))


@given(st.lists(spans, max_size=12))
def test_whatever_is_marked_the_runs_are_the_text(spans: list[tuple[int, int]]) -> None:
    marks = [Mark(key, start, start + length) for key, (start, length) in enumerate(spans)]
    found = runs(LETTERS, marks)
    assert "".join(run.text for run in found) == LETTERS.text
    place = LETTERS.start
    for run in found:
        for position in range(place, place + len(run.text)):
            assert set(run.marks) == {mark.key for mark in marks if mark.start <= position < mark.end}
        place += len(run.text)
