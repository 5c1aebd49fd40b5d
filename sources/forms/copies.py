"""Ask another archive. Whoever asks in a restricted case says that they know what asking gives away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sources.domain.copies import CopyKind


class CopyForm(forms.Form):
    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in CopyKind], widget=forms.HiddenInput)
    aware = forms.BooleanField(label=_("I know that the archive learns this address"), required=False)

    def __init__(self, *args: Any, restricted: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not restricted:
            del self.fields["aware"]
