"""What a page says of its day, read where it has one meaning and left alone where it has not."""

from datetime import date

import pytest

from sources.domain.publication import day_said

THIRD = date(2026, 12, 3)


@pytest.mark.parametrize(
    "said",
    [
        "2026-12-03",
        "2026-12-03T10:00",
        "2026-12-03T10:00:00Z",
        "2026-12-03T10:00:00.123+0300",
        "2026-12-03 10:00:00 +03:00",
        # The day as it is written there, whatever day it was in Greenwich
        "2026-12-03T00:30:00+03:00",
        "2026/12/03",
        "Thu, 03 Dec 2026 10:00:00 GMT",
        "3 Dec 2026 10:00 +0300",
        "  2026-12-03\n",
    ],
)
def test_one_meaning(said: str) -> None:
    assert day_said(said) == THIRD


@pytest.mark.parametrize(
    "said",
    [
        "",
        "2026",  # half a date is no day
        "2026-12",
        "03/12/2026",  # December or March?
        "12-03-2026",
        "3 ديسمبر 2026",
        "December 3, 2026",
        "two days ago",
        "2026-13-03",
        "2026-02-30",
        "2026-12-03T25:00",
        "2026-12-03 or so",
        "0001-01-01T00:00:00",
        "1764756000",
        "Thu, 99 Dec 2026 10:00:00 GMT",
        "2026-12-03" * 9999,
    ],
)
def test_none_or_more_than_one(said: str) -> None:
    assert day_said(said) is None
