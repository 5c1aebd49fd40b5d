from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.acts import NestedActError, UnrecordedWriteError, act, coming_from
from audit.models import Act, Entry
from newsroom.models import Case, Membership, Role, User
from tests.cast import Cast, assemble, open_case


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


def test_a_row_written_outside_of_an_act_is_refused_before_it_is_sent(cast: Cast, case: Case) -> None:
    case.title = "Aleppo"
    with act("case.members", actor=cast.chadi, case=case):
        member = Membership.objects.create(case=case, user=cast.amal, role=Role.RESEARCHER)
    with CaptureQueriesContext(connection) as sent:
        with pytest.raises(UnrecordedWriteError):
            case.save()
        with pytest.raises(UnrecordedWriteError):
            member.delete()
    assert not [each for each in sent.captured_queries if each["sql"].startswith(("UPDATE", "DELETE"))]


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


def test_an_act_is_one_statement_more(cast: Cast, case: Case, django_assert_num_queries: Callable[[int], Any]) -> None:
    """The row; then the act, the copy of the row in its history and the entry. Then comes the commit.

    Inside the transaction of a test a savepoint and its release stand for the commit.
    """
    with django_assert_num_queries(2 + 2), act("case.edit", actor=cast.chadi, case=case):
        case.save()


def test_history_is_of_the_row_as_it_stands_when_the_act_ends(cast: Cast, case: Case) -> None:
    """Neither what Python took for it nor what was on the way counts."""
    with act("case.edit", actor=cast.chadi, case=case) as done:
        case.title = "On the way"
        case.save()
        Case.objects.filter(pk=case.pk).update(title="Aleppo")
    assert [(row.title, row.history_type) for row in case.history.filter(act=done)] == [("Aleppo", "~")]


def test_what_a_savepoint_takes_back_was_not_written(cast: Cast, case: Case) -> None:
    before = Case.history.count()
    with act("case.edit", actor=cast.chadi, case=case) as done:
        with suppress(Broken), transaction.atomic():
            case.title = "Taken back"
            case.save()
            Membership.objects.create(case=case, user=cast.omar, role="READER")
            raise Broken
        case.refresh_from_db()
        case.save()
    assert Case.history.count() == before + 1
    assert case.history.get(act=done).title == "حلب وحمص 2024"
    assert not Membership.history.filter(act=done).exists()


def test_what_is_removed_is_on_record_as_it_last_stood(cast: Cast, case: Case) -> None:
    with act("case.member", actor=cast.chadi, case=case):
        member = Membership.objects.create(case=case, user=cast.omar, role="READER")
    number = member.pk
    with act("case.member", actor=cast.chadi, case=case) as done:
        member.delete()
    row = Membership.history.get(act=done)
    assert (row.id, row.user, row.role, row.history_type) == (number, cast.omar, "READER", "-")


def test_what_was_made_and_removed_in_one_act_leaves_nothing(cast: Cast, case: Case) -> None:
    with act("case.member", actor=cast.chadi, case=case) as done:
        Membership.objects.create(case=case, user=cast.omar, role="READER").delete()
    assert not Membership.history.filter(act=done).exists()
    assert b'"rows":[]' in bytes(Entry.objects.get(act=done).content)


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


class TestCommitting:
    """An act that is all of its transaction sends the COMMIT itself."""

    def test_what_cannot_be_appended_is_not_committed(self, transactional_db: None) -> None:
        cast = assemble()
        case = open_case(cast)

        def edit(on_behalf_of: User) -> None:
            with act("case.edit", actor=cast.chadi, case=case, on_behalf_of=on_behalf_of):
                case.title = "Homs"
                case.save()

        before = Act.objects.count()
        with pytest.raises(IntegrityError):
            edit(User(pk=10**6))
        assert (Act.objects.count(), Case.objects.get().title == "Homs") == (before, False)
        edit(cast.hana)
        assert (Act.objects.count(), Case.objects.get().title) == (before + 1, "Homs")

    def test_what_is_part_of_more_is_committed_with_it(self, transactional_db: None) -> None:
        cast = assemble()
        before = Act.objects.count()
        with suppress(Broken), transaction.atomic():
            open_case(cast)
            raise Broken
        assert (Act.objects.count(), Case.objects.count()) == (before, 0)

    def test_what_waits_for_the_commit_comes_after_it(self, transactional_db: None) -> None:
        cast = assemble()
        seen: list[int] = []

        def look() -> None:
            with ThreadPoolExecutor(1) as elsewhere:
                seen.append(elsewhere.submit(from_elsewhere).result())

        def from_elsewhere() -> int:
            try:
                return Act.objects.filter(name="case.look").count()
            finally:
                connection.close()

        with act("case.look", actor=cast.chadi):
            transaction.on_commit(look)
        assert seen == [1]
