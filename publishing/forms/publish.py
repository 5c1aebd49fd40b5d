"""The form that publishes. The action decides; this keeps what was typed and says what is wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.domain.text import NOTE
from newsroom.formfields import ProseField


class PublishForm(forms.Form):
    """`seen` is the digest of what the editor has in front of them, `number` that of the release it would be. The page
    writes both anew each time it is shown, for it then shows what stands at that moment."""

    seen = forms.CharField(max_length=80)
    number = forms.IntegerField(min_value=1)
    address = forms.CharField(
        label=_("Where it appears"),
        required=False,
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("The address of the published text, where there is one already."),
    )
    note = ProseField(label=_("Note"), limit=NOTE, required=False, help_text=_("It stands with the release for good."))

    def __init__(self, *args: Any, corrects: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if corrects:
            note = self.fields["note"]
            note.required, note.label = True, _("What changed, and why")
            note.help_text = _("It stands with the correction for good, beside the release it corrects.")
