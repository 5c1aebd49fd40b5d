from django import forms
from django.utils.translation import gettext_lazy as _


class CloseAlertForm(forms.Form):
    resolution = forms.CharField(
        label=_("What came of looking again"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("It stays on record with the alert."),
        required=False,  # the action says what is missing
    )
