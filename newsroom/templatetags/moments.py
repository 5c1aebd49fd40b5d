"""Times of moments: two acts of one minute are two moments."""

from datetime import datetime

from django import template
from django.template.defaultfilters import date

from audit.templatetags.impossible import cannot_be, moment

register = template.Library()


@register.filter
def to_the_second(at: datetime | None) -> str:
    """In the reader's way of writing it, which in either language ends with the minute."""
    if cannot_be(at):
        return moment(at)
    return f"{date(at, 'DATETIME_FORMAT')}{date(at, ':s')}"
