"""A reason that stands in no field of its own, but on the act."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from newsroom.domain import text
from newsroom.typed import clean_prose


def clean_reason(value: str, *, required: bool = True) -> str:
    """The reason as typed. Raises ValidationError on `reason`."""
    try:
        reason = clean_prose(value, text.NOTE)
    except ValidationError as refused:
        raise ValidationError({"reason": refused}) from refused
    if required and not reason:
        raise ValidationError({"reason": _("Say why: the reason stays on record.")})
    return reason
