"""The moment looked at and the one it is compared with. They live in the URL, so that a link to them stays valid."""

import re
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from audit.queries import moments

_clock = re.compile(r"[T ]\d\d(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?)?")
LONGEST_PLACE = 18  # digits that a number of PostgreSQL surely holds


class MomentField(forms.CharField):
    """A place in the ledger, which is exact, or a time or a day, which stands for the latest place by then."""

    default_error_messages = {
        "invalid": _("“%(typed)s” is no moment. Write a time like 2024-12-03 14:05, or a place in the ledger."),
        "to_come": _("The ledger does not reach to “%(typed)s” yet."),
    }

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        typed = super().to_python(value)
        if not typed:
            return None
        if typed.isdecimal():
            place = int(typed[: LONGEST_PLACE + 1])
            if len(typed) > LONGEST_PLACE or place > moments.now():
                raise forms.ValidationError(self.error_messages["to_come"], "to_come", {"typed": typed})
            return place
        if (time := _time(typed)) is None:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid", {"typed": typed})
        return moments.at_time(time)


class MomentForm(forms.Form):
    at = MomentField(label=_("Moment"), required=False)
    against = MomentField(label=_("Compared with"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.widget.attrs.update({"dir": "ltr", "placeholder": "2024-12-03 14:05", "autocomplete": "off"})


def _time(typed: str) -> datetime | None:
    """In the newsroom's time zone unless it says its own. A day stands for its end, and so do a minute and a second."""
    try:
        time = parse_datetime(typed.replace(" ", "T", 1))
        day = parse_date(typed) if time is None or len(typed) <= len("2024-12-03") else None
        if day is not None:
            time = datetime.combine(day, datetime.max.time())
        elif time is not None:
            time += _grain(typed) - timedelta.resolution
        return time if time is None or timezone.is_aware(time) else timezone.make_aware(time)
    except (ValueError, OverflowError):
        return None


def _grain(typed: str) -> timedelta:
    """What was left unsaid: moments are shown to the minute or to the second, and happened somewhere within."""
    said = _clock.search(typed)
    if said is None or said["minute"] is None:
        return timedelta(hours=1)
    if said["second"] is None:
        return timedelta(minutes=1)
    return timedelta(microseconds=int(10 ** (6 - min(len(said["fraction"] or ""), 6))))
