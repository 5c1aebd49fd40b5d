"""What an address of the reader carries. What it does not understand it leaves out: the page is shown all the same."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.domain.text import QUOTATION
from sources.domain.selecting import WORDS_SENT


class ReaderForm(forms.Form):
    """`start`, `end` and `words` are what was selected; `quote` is what was typed or pasted, to be looked for.

    `claim` is the reference of the claim it becomes evidence for, `new` the case a new claim is written in; `q` looks
    for claims. `evidence` is the reference of what is to be bound to a passage. `page` and `at` turn the text.
    """

    start = forms.IntegerField(required=False)
    end = forms.IntegerField(required=False)
    words = forms.CharField(required=False, max_length=WORDS_SENT * 2, strip=False)
    quote = forms.CharField(
        required=False,
        max_length=QUOTATION,
        label=_("Find words in this text"),
        widget=forms.SearchInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    q = forms.CharField(
        required=False,
        label=_("Find a claim"),
        widget=forms.SearchInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    claim = forms.CharField(required=False)
    evidence = forms.CharField(required=False)
    new = forms.CharField(required=False)
    page = forms.CharField(required=False)
    at = forms.IntegerField(required=False)

    def understood(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
