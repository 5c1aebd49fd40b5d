"""A passage is marked in the words of the capture, for the work on one case, and once."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from audit.acts import act
from audit.models import Act
from newsroom.models import Case
from newsroom.permits import Denied
from sources.actions import excerpts
from sources.models import Capture, CapturedText, Excerpt
from tests.cast import Cast, open_case
from tests.sources import make

TEXT = "قال قائد سوري 🎥 إن الفصائل سيطرت على حي الفرقان.\nثم انسحبت."
PASSAGE = "الفصائل سيطرت على حي الفرقان"


@pytest.fixture
def capture(cast: Cast, case: Case) -> Capture:
    return make.capture(cast, make.source(cast, case), TEXT, language="ar")


def mark(cast: Cast, case: Case, capture: Capture, passage: str = PASSAGE, **told: Any) -> Excerpt:
    start = told.pop("start") if "start" in told else TEXT.index(passage)
    facts = {"actor": cast.amal, "case_id": case.pk, "start": start, "end": start + len(passage), **told}
    return excerpts.create(capture_id=capture.pk, **facts)


def test_it_holds_the_words_their_place_and_the_text_they_point_into(cast: Cast, case: Case, capture: Capture) -> None:
    excerpt = Excerpt.objects.get(pk=mark(cast, case, capture).pk)
    assert (excerpt.exact, excerpt.prefix, excerpt.suffix) == (PASSAGE, "قال قائد سوري 🎥 إن ", ".\nثم انسحبت.")
    assert TEXT[excerpt.start : excerpt.end] == PASSAGE
    assert (excerpt.text_digest, excerpt.source, excerpt.language) == (capture.text_digest, capture.source, "ar")
    assert (excerpt.created_by, excerpt.history.get().act.name) == (cast.amal, "excerpt.create")


def test_the_same_passage_marked_twice_is_one_and_leaves_one_act(cast: Cast, case: Case, capture: Capture) -> None:
    assert mark(cast, case, capture) == mark(cast, case, capture, actor=cast.basim)
    assert Act.objects.filter(name="excerpt.create").count() == 1


def test_what_a_case_marks_in_a_public_page_is_its_own_affair(cast: Cast, case: Case, restricted: Case) -> None:
    capture = make.capture(cast, make.source(cast), TEXT)
    theirs, ours = mark(cast, restricted, capture), mark(cast, case, capture)
    assert list(Excerpt.objects.visible_to(cast.dana)) == [ours]
    assert list(Excerpt.objects.visible_to(cast.amal)) == [theirs, ours]


@pytest.mark.parametrize(("start", "passage"), [(-1, "قال"), (5, ""), (9, "x" * 60), (len(TEXT), "x")])
def test_what_is_no_passage_is_refused(cast: Cast, case: Case, capture: Capture, start: int, passage: str) -> None:
    with pytest.raises(ValidationError, match="no such passage"):
        mark(cast, case, capture, passage, start=start)


def test_other_words_than_the_person_saw_are_refused(cast: Cast, case: Case, capture: Capture) -> None:
    with pytest.raises(ValidationError, match="Other words"):
        mark(cast, case, capture, exact="الفصائل انسحبت")


def test_a_passage_as_long_as_a_book_is_refused(cast: Cast, case: Case) -> None:
    capture = make.capture(cast, make.source(cast, case), "كلمة " * 5_000)
    with pytest.raises(ValidationError, match="at most 20000"):
        excerpts.create(actor=cast.amal, case_id=case.pk, capture_id=capture.pk, start=0, end=20_001)


def test_a_capture_without_text_has_no_passages(cast: Cast, case: Case) -> None:
    with pytest.raises(ValidationError, match="holds no text"):
        mark(cast, case, make.capture(cast, make.source(cast, case)))


def test_a_text_that_is_not_what_was_captured_is_refused(cast: Cast, case: Case, capture: Capture) -> None:
    CapturedText.objects.filter(pk=capture.pk).update(text=TEXT.replace("سيطرت", "هاجمت"))
    with pytest.raises(ValidationError, match="not the one that was captured"):
        mark(cast, case, capture)


def test_a_capture_of_another_case_is_not_there(cast: Cast, case: Case, capture: Capture) -> None:
    with pytest.raises(Capture.DoesNotExist):
        mark(cast, open_case(cast, "homs"), capture)


@pytest.mark.parametrize("person", ["omar", "dana"])
def test_an_observer_and_a_stranger_are_refused(cast: Cast, restricted: Case, person: str) -> None:
    capture = make.capture(cast, make.source(cast, restricted), TEXT)
    with pytest.raises(Denied):
        mark(cast, restricted, capture, actor=getattr(cast, person))
    assert not Excerpt.objects.exists()


def test_the_database_keeps_its_ends_in_order(cast: Cast, case: Case, capture: Capture) -> None:
    excerpt = mark(cast, case, capture)
    excerpt.pk, excerpt.end = None, excerpt.start
    with pytest.raises(IntegrityError, match="an_excerpt_ends_after_it_begins"), act("excerpt.create", actor="tests"):
        excerpt.save()
