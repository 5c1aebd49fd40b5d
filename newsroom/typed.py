"""What people typed, held to the text policy; a refusal becomes a ValidationError in their language.

A text in which nothing can be seen is no text: it comes back as "", and whether that will do is the field's affair.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from newsroom.domain import text
from newsroom.domain.languages import language_tag
from newsroom.wording.text import sentence


def clean_name(value: object, limit: int = text.NAME) -> str:
    """A name in its normal form."""
    typed = _typed(value)
    try:
        return "" if text.is_blank(typed) else text.name(typed, limit)
    except text.TextRefused as refused:
        raise ValidationError(sentence(refused), code=refused.reason.name.lower()) from refused


def clean_prose(value: object, limit: int) -> str:
    """A statement, quotation or the like, as typed."""
    typed = _typed(value)
    try:
        return "" if text.is_blank(typed) else text.prose(typed, limit)
    except text.TextRefused as refused:
        raise ValidationError(sentence(refused), code=refused.reason.name.lower()) from refused


def clean_language(value: object) -> str:
    """A language tag as it is customarily written."""
    typed = _typed(value).strip()
    tag = language_tag(typed) if typed else ""
    if tag is None:
        message = _("“%(tag)s” is no language tag. Write one like ar, en or ku-Arab.")
        raise ValidationError(message, code="language", params={"tag": typed})
    return tag


def _typed(value: object) -> str:
    return "" if value is None else str(value)
