"""Sooner when young, later when old, daily while it cannot be read: laws that hold for every page."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.rhythm import EARLIER, LONG, LONG_LOOKS, SELDOMEST, WHILE_UNREAD, Unread, interval, next_look

NOW = datetime(2026, 12, 9, 12, tzinfo=UTC)
ages = st.integers(0, 4_000 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
keys = st.integers().map(str)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (0 * HOUR, 3 * HOUR),
        (23 * HOUR, 3 * HOUR),
        (DAY, 12 * HOUR),
        (7 * DAY, 2 * DAY),
        (30 * DAY, 7 * DAY),
        (90 * DAY, 14 * DAY),
        (365 * DAY, 28 * DAY),
        (4_000 * DAY, 28 * DAY),
    ],
)
def test_the_table_of_the_document(age: timedelta, wait: timedelta) -> None:
    assert interval(age) == wait


@given(ages, ages)
def test_an_older_page_never_is_looked_at_sooner(one: timedelta, other: timedelta) -> None:
    younger, older = sorted((one, other))
    assert interval(younger) <= interval(older) <= SELDOMEST


@given(ages, keys)
def test_a_look_comes_in_time_and_never_at_once(age: timedelta, key: str) -> None:
    wait = next_look(NOW, fresh_at=NOW - age, key=key) - NOW
    assert interval(age) * (1 - EARLIER) <= wait <= interval(age)


@given(ages, ages, keys)
def test_a_change_never_makes_the_next_look_later(age: timedelta, since: timedelta, key: str) -> None:
    changed_at = max(NOW - age, NOW - since)
    assert next_look(NOW, fresh_at=changed_at, key=key) <= next_look(NOW, fresh_at=NOW - age, key=key)


@given(ages, ages, st.integers(1, 50), keys)
def test_a_page_that_cannot_be_read_never_is_looked_at_later(
    age: timedelta, since: timedelta, looks: int, key: str
) -> None:
    unread = Unread(NOW - since, looks)
    failing = next_look(NOW, fresh_at=NOW - age, unread=unread, key=key)
    assert failing <= next_look(NOW, fresh_at=NOW - age, key=key)
    assert unread.for_long(NOW) or failing - NOW <= WHILE_UNREAD


@given(st.integers(1, 28 * 24).map(lambda hours: timedelta(hours=hours)), ages, keys)
def test_what_a_person_asked_for_goes_before_age(fixed: timedelta, age: timedelta, key: str) -> None:
    wait = next_look(NOW, fresh_at=NOW - age, fixed=fixed, key=key) - NOW
    assert fixed * (1 - EARLIER) <= wait <= fixed


@given(keys)
def test_the_same_look_has_the_same_moment(key: str) -> None:
    assert next_look(NOW, fresh_at=NOW, key=key) == next_look(NOW, fresh_at=NOW, key=key)


def test_pages_that_were_added_together_are_not_asked_together() -> None:
    waits = sorted(next_look(NOW, fresh_at=NOW, key=str(number)) - NOW for number in range(100))
    assert waits[-1] - waits[0] > 3 * HOUR * EARLIER * 0.9
    assert len({wait.total_seconds() // 60 for wait in waits}) >= 15  # minutes of eighteen


@pytest.mark.parametrize(
    ("since", "looks", "long"),
    [
        # many looks in a bad hour
        (HOUR, 20, False),
        # a week, and only looked at twice: a page that is asked seldom
        (LONG, 2, False),
        (LONG, LONG_LOOKS - 1, False),
        (LONG - HOUR, LONG_LOOKS, False),
        (LONG, LONG_LOOKS, True),
    ],
)
def test_for_long_takes_time_and_looks(since: timedelta, looks: int, long: bool) -> None:
    assert Unread(NOW - since, looks).for_long(NOW) is long
