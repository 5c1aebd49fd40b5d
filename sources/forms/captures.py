"""Ask for a capture. The address is kept as typed, whatever is wrong with it; the action says what is."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CaptureForm(forms.Form):
    url = forms.CharField(
        label=_("Address to archive"),
        strip=True,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off"}),
    )
