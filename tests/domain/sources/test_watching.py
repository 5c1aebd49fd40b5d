"""A look says what was there when it was made, and of a page that was not read whole, only what is there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.captures import CaptureState, Handling, Missing, Reason, Wanted
from sources.domain.folding import fold
from sources.domain.passages import How, Page, select
from sources.domain.watching import CUT, Seen, Shows, Sighted, Stretch, Taken, Turn, Vain, sight, stretches, turn

BEFORE = "قال الناطق صباح اليوم إن الطريق مقطوع وإن الجسر سليم، ثم أضاف في بيان مكتوب: "
PASSAGE = "أعلنت القيادة أنّ المقاتلين دخلوا الأحياء الغربية من المدينة مساء الجمعة"
AFTER = ". ولم يصدر تعليق من الطرف الآخر حتى الآن، ولا من البلدية التي تدير الحي."
OLD = BEFORE + PASSAGE + AFTER
QUOTE, POSITION = select(OLD, len(BEFORE), len(BEFORE) + len(PASSAGE))
PLAIN = PASSAGE.replace("أنّ", "أن")
REWORDED = PASSAGE.replace("مساء الجمعة", "فجر السبت")
START = datetime(2026, 12, 3, 12, tzinfo=UTC)


def look(text: str, shows: Shows = Shows.ABSENCE) -> Sighted:
    return sight(Page(text), shows, QUOTE, POSITION).state


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
@pytest.mark.parametrize("shows", [Shows.PRESENCE, Shows.WORDING])
def test_a_page_not_read_whole_says_nothing_of_what_it_lacks(text: str, state: Sighted, shows: Shows) -> None:
    assert look(text, shows) is state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        # other words between the same, and after or before the same
        (BEFORE + REWORDED + AFTER, Sighted.ALTERED),
        ("خبر آخر. " + REWORDED + AFTER, Sighted.ALTERED),
        (BEFORE + REWORDED + ". وهنا انتهى البيان", Sighted.ALTERED),
        # to the end of the copy, with its own last words there
        (BEFORE + PASSAGE.replace("الغربية", "الشرقية"), Sighted.ALTERED),
        # between others: this one may be further down
        ("خبر آخر. " + REWORDED + ". وهنا انتهى البيان", Sighted.UNREACHABLE),
    ],
)
def test_what_was_read_in_part_shows_other_words_where_the_passage_stood(text: str, state: Sighted) -> None:
    assert look(text, Shows.WORDING) is state
    assert look(text, Shows.PRESENCE) is Sighted.UNREACHABLE


@given(st.text(max_size=300))
def test_no_page_read_in_part_ever_says_absent(text: str) -> None:
    assert look(text, Shows.WORDING) is not Sighted.ABSENT
    assert look(text, Shows.PRESENCE) in {Sighted.UNCHANGED, Sighted.MOVED, Sighted.UNREACHABLE}


@given(st.text(min_size=1), st.data())
def test_a_page_that_stayed_as_it_is_has_every_passage_unchanged(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    quote, position = select(text, start, data.draw(st.integers(start + 1, len(text))))
    for shows in Shows:
        assert sight(Page(text), shows, quote, position).state is Sighted.UNCHANGED


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_words_found_are_those_that_stand_there(before: str, after: str) -> None:
    text = before + REWORDED + after
    found = sight(Page(text), Shows.ABSENCE, QUOTE, POSITION).found
    assert found is not None
    assert text[found.start : found.end] == found.exact_text
    assert found.how is How.NEARLY


def test_differences_lead_from_one_version_to_the_other() -> None:
    found = sight(Page(BEFORE + REWORDED + AFTER), Shows.ABSENCE, QUOTE, POSITION).found
    assert found is not None
    assert "".join(piece.text for piece in found.differences if piece.change != "added") == PASSAGE
    assert "".join(piece.text for piece in found.differences if piece.change != "removed") == REWORDED


WHOLE = Taken(CaptureState.SUCCEEDED)
IN_BROWSER = Taken(CaptureState.SUCCEEDED, engine="BROWSER")
OF_THE_ARTICLE = replace(IN_BROWSER, of_the_article=True)


def lacking(*wanted: Wanted | None, name: str = "it", reason: Reason = Reason.CONNECTION_LOST) -> Taken:
    """A browser's copy of a page to which something of these kinds did not come."""
    missing = tuple(Missing(f"https://news.example/{each}/{name}", reason, wanted=each) for each in wanted)
    return Taken(CaptureState.PARTIAL, Reason.RESOURCES_MISSING, "BROWSER", missing=missing)


WITHOUT_SCRIPTS = lacking(Wanted.SCRIPT)
WITHOUT_PICTURES = lacking(Wanted.IMAGE, Wanted.FONT, Wanted.MEDIA)
TRUNCATED = Taken(CaptureState.PARTIAL, Reason.TEXT_TRUNCATED)
SCROLLED_IN_PART = Taken(CaptureState.PARTIAL, Reason.SCROLLED_IN_PART, "BROWSER")


@pytest.mark.parametrize(
    ("taken", "read"),
    [
        (WHOLE, True),
        # an image, or a shell without words: nothing can be missing from it
        (Taken(CaptureState.SUCCEEDED, has_text=False), False),
        (Taken(CaptureState.PARTIAL, Reason.TEXT_TRUNCATED), False),
        (Taken(CaptureState.PARTIAL, Reason.CONNECTION_LOST), False),
        (WITHOUT_SCRIPTS, True),
        # what text it has is that of the page
        (SCROLLED_IN_PART, True),
        (Taken(CaptureState.PARTIAL, Reason.SCRIPT_STOPPED, "BROWSER"), True),
        (Taken(CaptureState.PARTIAL, Reason.SCRIPT_STOPPED, "BROWSER", has_text=False), False),
        (Taken(CaptureState.PARTIAL, Reason.CONSENT_WALL, "BROWSER"), False),
        (Taken(CaptureState.FAILED, Reason.HTTP_CLIENT_ERROR, has_text=False), False),
    ],
)
def test_what_counts_as_read(taken: Taken, read: bool) -> None:
    assert taken.is_read is read


@pytest.mark.parametrize(
    ("now", "then", "shows"),
    [
        (WHOLE, WHOLE, Shows.ABSENCE),
        (IN_BROWSER, IN_BROWSER, Shows.ABSENCE),
        (IN_BROWSER, WHOLE, Shows.ABSENCE),
        # the passage may be one that scripts write
        (WHOLE, IN_BROWSER, Shows.PRESENCE),
        # or stand in a copy made elsewhere, by somebody who was signed in
        (IN_BROWSER, Taken(CaptureState.SUCCEEDED, engine="UPLOAD"), Shows.PRESENCE),
        # a script that is to write it may be what did not come; but not where it had not come either when it was seen
        (WITHOUT_SCRIPTS, IN_BROWSER, Shows.WORDING),
        (WITHOUT_SCRIPTS, WITHOUT_SCRIPTS, Shows.ABSENCE),
        (WITHOUT_SCRIPTS, lacking(Wanted.SCRIPT, Wanted.DATA), Shows.ABSENCE),
        (lacking(Wanted.SCRIPT, Wanted.DATA), WITHOUT_SCRIPTS, Shows.WORDING),
        (WITHOUT_SCRIPTS, lacking(Wanted.SCRIPT, name="other"), Shows.WORDING),
        (IN_BROWSER, WITHOUT_SCRIPTS, Shows.ABSENCE),
        # no text stands in a picture
        (WITHOUT_PICTURES, IN_BROWSER, Shows.ABSENCE),
        *((lacking(Wanted.IMAGE, kind), IN_BROWSER, Shows.WORDING) for kind in (Wanted.STYLE, Wanted.FRAME, None)),
        # one row for all that was refused
        (lacking(Wanted.IMAGE, reason=Reason.TOO_MANY_RESOURCES), IN_BROWSER, Shows.WORDING),
        # an older copy that does not list it
        (lacking(), lacking(), Shows.WORDING),
        # it was cut, whatever its reason says, and whatever was cut before
        (SCROLLED_IN_PART, SCROLLED_IN_PART, Shows.WORDING),
        *((replace(IN_BROWSER, handling=frozenset({cut})), IN_BROWSER, Shows.WORDING) for cut in CUT),
        *((replace(WITHOUT_PICTURES, handling=frozenset({cut})), WITHOUT_PICTURES, Shows.WORDING) for cut in CUT),
        (replace(IN_BROWSER, handling=frozenset({Handling.SCROLLED, Handling.PICTURE_CUT})), IN_BROWSER, Shows.ABSENCE),
        # the rest of the page may have it, also where it had been in the article
        (OF_THE_ARTICLE, OF_THE_ARTICLE, Shows.WORDING),
        (IN_BROWSER, OF_THE_ARTICLE, Shows.ABSENCE),
        # seen in half a page, and cut off in both
        (TRUNCATED, TRUNCATED, Shows.PRESENCE),
        (WHOLE, TRUNCATED, Shows.ABSENCE),
        (Taken(CaptureState.FAILED, Reason.HTTP_CLIENT_ERROR, has_text=False), WHOLE, Shows.PRESENCE),
    ],
)
def test_a_copy_shows_that_something_is_gone_when_it_is_as_whole_as_the_one_it_stood_in(
    now: Taken, then: Taken, shows: Shows
) -> None:
    assert now.shows(then) is shows


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

    def test_ways_of_not_finding_it_are_told_apart(self) -> None:
        one, other = (Seen(START, Sighted.UNREACHABLE, vain=vain) for vain in (Vain.IN_PART, Vain.NOT_READ))
        assert [stretch.looks for stretch in stretches([one, one, other])] == [2, 1]


@pytest.mark.parametrize(
    ("look", "vain"),
    [
        (TRUNCATED, Vain.IN_PART),
        (SCROLLED_IN_PART, Vain.IN_PART),
        (OF_THE_ARTICLE, Vain.IN_PART),
        *((replace(IN_BROWSER, handling=frozenset({cut})), Vain.IN_PART) for cut in CUT),
        (WHOLE, Vain.WITHOUT_SCRIPTS),
        (IN_BROWSER, Vain.ELSEWHERE),
        (WITHOUT_PICTURES, Vain.ELSEWHERE),
    ],
)
def test_why_a_passage_that_was_not_found_is_not_called_absent(look: Taken, vain: Vain) -> None:
    """ "In the part that was read" is said of pages that were read in part, and of no others."""
    assert look.vain is vain
