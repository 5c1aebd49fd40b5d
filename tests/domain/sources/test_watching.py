"""A look says what was there when it was made, and of a page that was not read whole, only what is there."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.captures import CaptureState, Reason
from sources.domain.folding import fold
from sources.domain.passages import How, Page, select
from sources.domain.watching import Seen, Sighted, Stretch, Taken, Turn, sight, stretches, turn

BEFORE = "قال الناطق صباح اليوم إن الطريق مقطوع وإن الجسر سليم، ثم أضاف في بيان مكتوب: "
PASSAGE = "أعلنت القيادة أنّ المقاتلين دخلوا الأحياء الغربية من المدينة مساء الجمعة"
AFTER = ". ولم يصدر تعليق من الطرف الآخر حتى الآن، ولا من البلدية التي تدير الحي."
OLD = BEFORE + PASSAGE + AFTER
QUOTE, POSITION = select(OLD, len(BEFORE), len(BEFORE) + len(PASSAGE))
PLAIN = PASSAGE.replace("أنّ", "أن")
REWORDED = PASSAGE.replace("مساء الجمعة", "فجر السبت")
START = datetime(2026, 12, 3, 12, tzinfo=UTC)


def look(text: str, whole: bool = True) -> Sighted:
    return sight(Page(text), whole, QUOTE, POSITION).state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (OLD, Sighted.UNCHANGED),
        # a line was added above: every character stands elsewhere, and nothing moved
        ("تحديث الساعة الخامسة.\n" + OLD, Sighted.UNCHANGED),
        # less above it, and what follows rewritten: it still comes after the same words
        (BEFORE[20:] + PASSAGE + ". انتهى البيان ولم يقل شيئا آخر.", Sighted.UNCHANGED),
        # what stands around it was rewritten, it itself stands where it stood
        (BEFORE[:-9] + "في مؤتمر " + PASSAGE + ". انتهى.", Sighted.UNCHANGED),
        # to the end of the page, behind other words
        (AFTER + BEFORE + "وختم بقوله " + PASSAGE, Sighted.MOVED),
        # a vowel sign less is no other wording
        (BEFORE + PLAIN + AFTER, Sighted.UNCHANGED),
        (AFTER + BEFORE + "وختم بقوله " + PLAIN, Sighted.MOVED),
        # other words, and still recognised
        (BEFORE + REWORDED + AFTER, Sighted.ALTERED),
        (BEFORE + AFTER, Sighted.ABSENT),
        ("صفحة أخرى تماما لا شأن لها بما كان هنا من قبل", Sighted.ABSENT),
    ],
)
def test_what_a_look_says(text: str, state: Sighted) -> None:
    assert look(text) is state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        # Cut off, but what is there is there
        (BEFORE + PASSAGE, Sighted.UNCHANGED),
        # cut off in the middle of the passage, or before it: it may go on where the copy ends
        (BEFORE + PASSAGE[:50], Sighted.UNREACHABLE),
        (BEFORE, Sighted.UNREACHABLE),
        ("", Sighted.UNREACHABLE),
    ],
)
def test_a_page_not_read_whole_says_nothing_of_what_it_lacks(text: str, state: Sighted) -> None:
    assert look(text, whole=False) is state


@given(st.text(max_size=300))
def test_no_page_read_in_part_ever_says_altered_or_absent(text: str) -> None:
    assert look(text, whole=False) in {Sighted.UNCHANGED, Sighted.MOVED, Sighted.UNREACHABLE}


@given(st.text(min_size=1), st.data())
def test_a_page_that_stayed_as_it_is_has_every_passage_unchanged(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    quote, position = select(text, start, data.draw(st.integers(start + 1, len(text))))
    for whole in (True, False):
        assert sight(Page(text), whole, quote, position).state is Sighted.UNCHANGED


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_words_found_are_those_that_stand_there(before: str, after: str) -> None:
    text = before + REWORDED + after
    found = sight(Page(text), True, QUOTE, POSITION).found
    assert found is not None
    assert text[found.start : found.end] == found.exact_text
    assert found.how is How.NEARLY


def test_differences_lead_from_one_version_to_the_other() -> None:
    found = sight(Page(BEFORE + REWORDED + AFTER), True, QUOTE, POSITION).found
    assert found is not None
    assert "".join(piece.text for piece in found.differences if piece.change != "added") == PASSAGE
    assert "".join(piece.text for piece in found.differences if piece.change != "removed") == REWORDED


WHOLE = Taken(CaptureState.SUCCEEDED)
IN_BROWSER = Taken(CaptureState.SUCCEEDED, engine="BROWSER")
WITHOUT_SCRIPTS = Taken(CaptureState.PARTIAL, Reason.RESOURCES_MISSING, "BROWSER")


@pytest.mark.parametrize(
    ("taken", "read"),
    [
        (WHOLE, True),
        # an image, or a shell without words: nothing can be missing from it
        (Taken(CaptureState.SUCCEEDED, has_text=False), False),
        (Taken(CaptureState.PARTIAL, Reason.TEXT_TRUNCATED), False),
        (Taken(CaptureState.PARTIAL, Reason.CONNECTION_LOST), False),
        (WITHOUT_SCRIPTS, True),
        (Taken(CaptureState.FAILED, Reason.HTTP_CLIENT_ERROR, has_text=False), False),
    ],
)
def test_what_counts_as_read(taken: Taken, read: bool) -> None:
    assert taken.is_read is read


@pytest.mark.parametrize(
    ("now", "then", "shows"),
    [
        (WHOLE, WHOLE, True),
        (IN_BROWSER, IN_BROWSER, True),
        (IN_BROWSER, WHOLE, True),
        # the passage may be one that scripts write
        (WHOLE, IN_BROWSER, False),
        # or stand in a copy made elsewhere, by somebody who was signed in
        (IN_BROWSER, Taken(CaptureState.SUCCEEDED, engine="UPLOAD"), False),
        # a script that is to write it may be what did not come; but not where it had not come either when it was seen
        (WITHOUT_SCRIPTS, IN_BROWSER, False),
        (WITHOUT_SCRIPTS, WITHOUT_SCRIPTS, True),
        (IN_BROWSER, WITHOUT_SCRIPTS, True),
        # seen in half a page, and cut off in both
        (Taken(CaptureState.PARTIAL, Reason.TEXT_TRUNCATED), Taken(CaptureState.PARTIAL, Reason.TEXT_TRUNCATED), False),
        (WHOLE, Taken(CaptureState.PARTIAL, Reason.TEXT_TRUNCATED), True),
        (Taken(CaptureState.FAILED, Reason.HTTP_CLIENT_ERROR, has_text=False), WHOLE, False),
    ],
)
def test_a_copy_shows_that_something_is_gone_when_it_is_as_whole_as_the_one_it_stood_in(
    now: Taken, then: Taken, shows: bool
) -> None:
    assert now.shows_absence(then) is shows


class TestTurns:
    @pytest.mark.parametrize(
        ("before", "now", "what"),
        [
            (PASSAGE, REWORDED, Turn.ALTERED),
            (PASSAGE, "", Turn.ABSENT),
            (REWORDED, "", Turn.ABSENT),
            ("", PASSAGE, Turn.BACK),
            (REWORDED, PLAIN, Turn.BACK),
            # it comes back, and in other words
            ("", REWORDED, Turn.ALTERED),
            # nothing that matters
            (PASSAGE, PLAIN, None),
            (REWORDED, REWORDED + " ", None),
            ("", "", None),
        ],
    )
    def test_the_table(self, before: str, now: str, what: Turn | None) -> None:
        assert turn(PASSAGE, before, now) is what

    @given(st.text(), st.text())
    def test_what_did_not_change_is_no_turn(self, marked: str, words: str) -> None:
        assert turn(marked, words, words) is None

    @given(st.text(), st.text(), st.text())
    def test_a_turn_there_is_a_turn_back(self, marked: str, one: str, other: str) -> None:
        assert (turn(marked, one, other) is None) == (turn(marked, other, one) is None)


seen = st.lists(st.builds(Seen, st.just(START), st.sampled_from(Sighted), st.sampled_from(["", PASSAGE, REWORDED])))


class TestStretches:
    @given(seen)
    def test_no_look_is_lost_and_neighbours_differ(self, looks: list[Seen]) -> None:
        dated = [Seen(START + timedelta(days=day), each.state, each.words) for day, each in enumerate(looks)]
        found = stretches(dated)
        assert sum(stretch.looks for stretch in found) == len(dated)
        begins = 0
        for stretch in found:
            assert (stretch.first, stretch.latest) == (dated[begins], dated[begins + stretch.looks - 1])
            begins += stretch.looks
        for one, other in pairwise(found):
            assert one.latest.state != other.first.state or fold(one.latest.words) != fold(other.first.words)

    def test_a_page_that_could_not_be_had_ends_nothing_and_stands_by_itself(self) -> None:
        """Present, not reached, present: nobody saw it go, and nobody says so."""
        there, away = Seen(START, Sighted.UNCHANGED, PASSAGE), Seen(START, Sighted.UNREACHABLE)
        moved = Seen(START, Sighted.MOVED, PLAIN)
        assert stretches([there, moved, away, there]) == [
            Stretch(there, moved, 2),
            Stretch(away, away, 1),
            Stretch(there, there, 1),
        ]
