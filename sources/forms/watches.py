"""Have a page watched, looked at more or less often, or not any more: each with a reason that stays on record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.domain import text
from newsroom.formfields import ProseField
from sources.models import Rhythm

WHY: Any = {"limit": text.NOTE, "widget": forms.Textarea(attrs={"rows": 2}), "help_text": _("It stays on record.")}


class StartForm(forms.Form):
    every = forms.TypedChoiceField(
        label=_("How often"), choices=Rhythm.choices, coerce=int, initial=Rhythm.AUTOMATIC.value
    )
    reason = ProseField(label=_("Why"), **WHY)


class ChangeForm(StartForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class StopForm(forms.Form):
    reason = ProseField(label=_("Why"), **WHY)
    version = forms.IntegerField(widget=forms.HiddenInput)
