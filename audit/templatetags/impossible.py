"""`{{ entry.recorded_at|moment }}`: a moment in the reader's way of writing it, or that it is a time that cannot be."""

from datetime import date as day
from datetime import datetime

from django import template
from django.template.defaultfilters import date

from audit.impossible import in_words, is_possible

register = template.Library()


@register.filter
def cannot_be(at: day | None) -> bool:
    return isinstance(at, day) and not is_possible(at)


@register.filter
def moment(at: datetime | None) -> str:
    return in_words(at) if at and cannot_be(at) else date(at, "DATETIME_FORMAT")
