"""What became of a passage, in sentences: how it stood on one day and how on another, and nothing of what lay between.

Each says of both days what was seen on them. "Present" is said of the words somebody marked and of no others.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sources.domain.watching import Stood

AS_MARKED, ALTERED, ABSENT, STRUCK = Stood

_TURNS: Mapping[tuple[Stood, Stood], Promise] = {
    (AS_MARKED, ALTERED): _("Present on %(before)s, in other words on %(now)s."),
    (AS_MARKED, ABSENT): _("Present on %(before)s, absent on %(now)s."),
    (ALTERED, AS_MARKED): _("In other words on %(before)s, in the words marked on %(now)s."),
    (ALTERED, ALTERED): _("In other words on %(before)s, in different ones on %(now)s."),
    (ALTERED, ABSENT): _("In other words on %(before)s, absent on %(now)s."),
    (ABSENT, AS_MARKED): _("Absent on %(before)s, present again on %(now)s."),
    (ABSENT, ALTERED): _("Absent on %(before)s, present in other words on %(now)s."),
    (AS_MARKED, STRUCK): _("Present on %(before)s, struck through on %(now)s."),
    (ALTERED, STRUCK): _("In other words on %(before)s, struck through on %(now)s."),
    (ABSENT, STRUCK): _("Absent on %(before)s, struck through on %(now)s."),
    (STRUCK, AS_MARKED): _("Struck through on %(before)s, present again on %(now)s."),
    (STRUCK, ALTERED): _("Struck through on %(before)s, in other words on %(now)s."),
    (STRUCK, ABSENT): _("Struck through on %(before)s, absent on %(now)s."),
}
_SINCE: Mapping[tuple[Stood, Stood], Promise] = {
    (AS_MARKED, ALTERED): _("In other words on %(day)s."),
    (AS_MARKED, ABSENT): _("Absent on %(day)s."),
    (ALTERED, AS_MARKED): _("In the words marked again on %(day)s."),
    (ALTERED, ALTERED): _("In words different from these on %(day)s."),
    (ALTERED, ABSENT): _("Absent on %(day)s."),
    (ABSENT, AS_MARKED): _("In the words marked again on %(day)s."),
    (ABSENT, ALTERED): _("In other words on %(day)s."),
    **{(told, STRUCK): _("Struck through on %(day)s.") for told in (AS_MARKED, ALTERED, ABSENT)},
    (STRUCK, AS_MARKED): _("In the words marked again on %(day)s."),
    (STRUCK, ALTERED): _("In other words on %(day)s."),
    (STRUCK, ABSENT): _("Absent on %(day)s."),
}
_AGAIN: Mapping[tuple[Stood, Stood], Promise] = {
    (AS_MARKED, ALTERED): _("In the words marked on %(before)s, in these other words again on %(now)s."),
    (AS_MARKED, ABSENT): _("In the words marked on %(before)s, absent again on %(now)s."),
    (ALTERED, AS_MARKED): _("In other words on %(before)s, in the words marked again on %(now)s."),
    (ALTERED, ALTERED): _("In different words on %(before)s, in these again on %(now)s."),
    (ALTERED, ABSENT): _("In other words on %(before)s, absent again on %(now)s."),
    (ABSENT, AS_MARKED): _("Absent on %(before)s, in the words marked again on %(now)s."),
    (ABSENT, ALTERED): _("Absent on %(before)s, in these other words again on %(now)s."),
    (AS_MARKED, STRUCK): _("In the words marked on %(before)s, struck through again on %(now)s."),
    (ALTERED, STRUCK): _("In other words on %(before)s, struck through again on %(now)s."),
    (ABSENT, STRUCK): _("Absent on %(before)s, struck through again on %(now)s."),
    (STRUCK, AS_MARKED): _("Struck through on %(before)s, in the words marked again on %(now)s."),
    (STRUCK, ALTERED): _("Struck through on %(before)s, in these other words again on %(now)s."),
    (STRUCK, ABSENT): _("Struck through on %(before)s, absent again on %(now)s."),
}


def turned(before: Stood, now: Stood, days: tuple[str, str]) -> str:
    """How it stood on the first of the `days`, and how on the second, where that was something else."""
    return _said(_TURNS[before, now], before=days[0], now=days[1])


def since(told: Stood, now: Stood, day: str) -> str:
    """How it stands now, after it was `told` to stand in other words."""
    return _said(_SINCE[told, now], day=day)


def again(between: Stood, told: Stood, days: tuple[str, str]) -> str:
    """That it stands as it was `told` to, after it did not on the first of the `days`."""
    return _said(_AGAIN[between, told], before=days[0], now=days[1])


def _said(sentence: Promise, **values: Any) -> str:
    return str(sentence) % values
