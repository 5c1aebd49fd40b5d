"""Rows as they stood at a place in the ledger: what was committed by then, whatever the time an act says it began."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from audit.acts import act
from audit.models import Act, Entry
from audit.queries import moments
from audit.queries.then import stood
from newsroom.actions import cases
from newsroom.models import Case, Membership
from newsroom.queries.record import acts_known_to
from tests.cast import Cast, assemble, open_case


def titled(case: Case, title: str, cast: Cast) -> int:
    """Its place in the ledger."""
    with act("case.edit", actor=cast.chadi, case=case) as done:
        held = Case.objects.select_for_update().get(pk=case.pk)
        held.title = title
        held.save()
    return Entry.objects.get(act=done).index


def title_at(case: Case, moment: int) -> str:
    (then,) = stood(Case, moment, "id", [case.pk])
    return then.title


def test_each_place_has_its_version(cast: Cast, case: Case) -> None:
    born = moments.now()
    places = [titled(case, f"Title {number}", cast) for number in range(4)]
    assert [title_at(case, place) for place in places] == [f"Title {number}" for number in range(4)]
    assert title_at(case, born) == case.title
    assert stood(Case, born - 1, "id", [case.pk]) == []


def test_what_was_removed_stands_no_more(cast: Cast, restricted: Case) -> None:
    before = moments.now()
    cases.remove_member(actor=cast.chadi, case_id=restricted.pk, user_id=cast.omar.pk)
    people = [
        {each.user_id for each in stood(Membership, place, "case_id", [restricted.pk])}
        for place in (before, moments.now())
    ]
    assert people[0] - people[1] == {cast.omar.pk}


def test_nothing_is_asked_for_nothing(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert stood(Case, 0, "id", []) == []


@pytest.fixture
def committed(transactional_db: None) -> Iterator[tuple[Cast, Case]]:
    cast = assemble()
    yield cast, open_case(cast)
    connections.close_all()


def begun_first_committed_last(cast: Cast, case: Case) -> tuple[int, int]:
    """Two acts on one case; the earlier by number and time waits for the other. Their places, in that order."""
    began, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with act("case.edit", actor=cast.chadi, case=case) as done:
            assert done.at  # which takes its number too, as the first row of an act does
            began.set()
            go_on.wait(10)
            held = Case.objects.select_for_update().get(pk=case.pk)
            held.title = "Begun first"
            held.save()
        connection.close()

    waiting = threading.Thread(target=slow)
    waiting.start()
    began.wait(10)
    quick = titled(case, "Begun second", cast)
    go_on.set()
    waiting.join(10)
    return moments.now(), quick


def test_the_order_is_that_of_the_commits(committed: tuple[Cast, Case]) -> None:
    cast, case = committed
    slow, quick = begun_first_committed_last(cast, case)
    entries = {entry.index: entry.act for entry in Entry.objects.select_related("act")}
    assert entries[slow].at < entries[quick].at
    assert entries[slow].pk < entries[quick].pk
    assert title_at(case, quick) == "Begun second"
    assert title_at(case, slow) == "Begun first"


def test_by_the_times_of_acts_it_would_be_wrong(committed: tuple[Cast, Case]) -> None:
    """The twin of the one above: what is read by time shows at the quick act what was committed after it."""
    cast, case = committed
    _slow, quick = begun_first_committed_last(cast, case)
    at = Act.objects.get(entry__index=quick).at
    by_time = Case.history.filter(id=case.pk, history_date__lte=at).order_by("-history_id")
    assert by_time[0].title == "Begun first"


class TestMoments:
    def test_a_time_stands_for_the_latest_place_by_then(self, cast: Cast, case: Case) -> None:
        place = titled(case, "New", cast)
        time = Entry.objects.get(index=place).recorded_at
        assert moments.at_time(time) == place
        assert moments.at_time(time - timedelta(microseconds=1)) == place - 1
        assert moments.at_time(timezone.now() + timedelta(days=1)) == moments.now()
        assert moments.at_time(timezone.now() - timedelta(days=3650)) == -1

    def test_the_window_moves_along(self, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(moments, "MOST", 4)
        places = [titled(case, f"Title {number}", cast) for number in range(8)]
        acts = acts_known_to(cast.omar).filter(case=case)
        latest = moments.around(acts)
        assert [moment.index for moment in latest.moments] == places[-4:]
        assert (latest.later, latest.earlier.index if latest.earlier else None) == (None, places[-2])
        middle = moments.around(acts, places[3])
        assert [moment.index for moment in middle.moments] == places[2:6]
        assert middle.moments[middle.place].index == places[3]

    def test_a_ruling_is_marked_as_one(self, cast: Cast, case: Case) -> None:
        with act("claim.rule", actor=cast.chadi, case=case):
            pass
        titled(case, "New", cast)
        marks = [str(moment.mark) for moment in moments.around(acts_known_to(cast.omar).filter(case=case)).moments]
        assert marks[-2:] == ["Ruled", ""]
