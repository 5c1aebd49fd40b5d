"""Form fields of this room, which say what is wrong with a value and keep it in the form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import widgets

from sources.domain import dates
from sources.wording.dates import sentence


def clean_date(value: object) -> str:
    """An EDTF date or interval with European digits, or "" for nothing; a refusal is a ValidationError."""
    typed = "" if value is None else str(value).strip()
    try:
        return dates.parse(typed).text if typed else ""
    except dates.DateRefused as refused:
        raise ValidationError(sentence(refused), code=refused.reason.name.lower()) from refused


class EdtfField(forms.CharField):
    """A date, a time or an interval as people know it: "2024-11-28", "2024-12~", "2024-11-27/2024-11-30"."""

    def to_python(self, value: Any) -> str:
        return clean_date(value)

    def widget_attrs(self, widget: widgets.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "dir": "ltr", "autocomplete": "off"}
