"""`{{ entry.recorded_at|moment }}`: a moment in the reader's way of writing it, or that it is a time that cannot be."""

from datetime import datetime

from django import template
from django.template.defaultfilters import date
from django.utils.translation import gettext as _

from audit.impossible import is_possible

register = template.Library()


@register.filter
def cannot_be(at: datetime | None) -> bool:
    return isinstance(at, datetime) and not is_possible(at)


@register.filter
def moment(at: datetime | None) -> str:
    return _("a time that cannot be") if cannot_be(at) else date(at, "DATETIME_FORMAT")
