from collections.abc import Callable
from typing import Any

import pytest

from audit.acts import NestedActError, UnrecordedWriteError, act, coming_from
from audit.models import Act
from newsroom.models import Case
from tests.cast import Cast


class Broken(Exception):
    """What goes wrong half way."""


def test_it_works(cast: Cast, case: Case) -> None:
    with act("case.edit", actor=cast.chadi, case=case, reason="a better title") as done:
        case.title = "Aleppo"
        case.save()
    row = case.history.first()
    assert (row.act, row.history_user, row.history_date) == (done, cast.chadi, done.at)
    assert row.history_change_reason == "a better title"
    assert Act.objects.latest("id").actor_name == "Chadi"


def test_a_row_saved_outside_of_an_act_is_refused(case: Case) -> None:
    case.title = "Aleppo"
    with pytest.raises(UnrecordedWriteError):
        case.save()


def test_an_act_and_its_rows_commit_together_or_not_at_all(cast: Cast, case: Case) -> None:
    acts, rows = Act.objects.count(), case.history.count()

    def break_half_way() -> None:
        with act("case.edit", actor=cast.chadi, case=case):
            case.title = "Aleppo"
            case.save()
            raise Broken

    with pytest.raises(Broken):
        break_half_way()
    assert (Act.objects.count(), case.history.count()) == (acts, rows)


def test_acts_do_not_nest(cast: Cast) -> None:
    with pytest.raises(NestedActError), act("a", actor=cast.chadi), act("b", actor=cast.chadi):
        pass


def test_the_system_acts_under_a_name_of_its_own(db: None) -> None:
    with act("capture.finish", actor="capture worker") as done:
        pass
    assert (done.actor, done.actor_name) == (None, "capture worker")


def test_an_act_says_where_it_came_in(cast: Cast) -> None:
    with coming_from("command import_case"), act("case.import", actor=cast.chadi) as done:
        pass
    assert done.origin == "command import_case"


def test_all_rows_of_one_act_share_its_moment(cast: Cast, case: Case) -> None:
    with act("case.edit", actor=cast.chadi, case=case) as done:
        case.save()
        case.policy.save()
    assert case.history.first().history_date == case.policy.history.first().history_date == done.at


def test_an_act_of_one_row_is_three_statements(
    cast: Cast, case: Case, django_assert_num_queries: Callable[[int], Any]
) -> None:
    """The row, its history row with the act's number and time, the act with its entry.

    Inside the transaction of a test a savepoint and its release stand for the commit.
    """
    with django_assert_num_queries(2 + 3), act("case.edit", actor=cast.chadi, case=case):
        case.save()


def test_its_time_can_be_known_before_anything_is_written(cast: Cast, case: Case) -> None:
    with act("case.edit", actor=cast.chadi, case=case) as done:
        at, number = done.at, done.pk
        case.save()
    row = case.history.first()
    assert (row.history_date, row.act_id) == (at, number)
    assert Act.objects.get(pk=number).at == at


def test_an_act_that_writes_no_row_has_its_number_and_time_too(cast: Cast) -> None:
    with act("report.read", actor=cast.chadi) as done:
        pass
    assert Act.objects.get(pk=done.pk).at == done.at
