"""The list of Django's message ids for months is held to Django's own."""

from django.utils import dates
from django.utils.translation import override

from newsroom.wording import calendar


def test_the_months_are_djangos() -> None:
    with override("en"):
        assert [str(name) for name in dates.MONTHS.values()] == calendar.MONTHS
        assert [str(name) for name in dates.MONTHS_3.values()] == calendar.SHORT_MONTHS
        assert [str(name) for name in calendar.ABBREVIATED_MONTHS] == [str(name) for name in dates.MONTHS_AP.values()]
        assert [str(name) for name in calendar.MONTHS_IN_DATES] == [str(name) for name in dates.MONTHS_ALT.values()]
