"""Binding a quotation to a place in a capture, as the page that showed the place sends it."""

from typing import Any

from django import forms

from verification.models import Evidence
from verification.passages import Place


class BindForm(forms.Form):
    """`version` and `replaces` are what the page was made from; `capture`, `start` and `end` the place it showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False)
    capture = forms.UUIDField(widget=forms.HiddenInput)
    start = forms.IntegerField(widget=forms.HiddenInput)
    end = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def at(cls, place: Place, evidence: Evidence) -> "BindForm":
        return cls(
            initial={
                "version": evidence.version,
                "replaces": evidence.excerpt_id,
                "capture": place.capture_id,
                "start": place.start,
                "end": place.end,
            }
        )

    def values(self) -> dict[str, Any]:
        """What `verification.actions.binding.bind` takes."""
        given = self.cleaned_data
        place = Place(given["capture"], given["start"], given["end"])
        return {"version": given["version"], "replaces": given["replaces"], "place": place}
