"""What people add to a claim in a few words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.domain import text
from newsroom.formfields import ProseField


class CommentForm(forms.Form):
    text = ProseField(
        label=_("Comment"),
        limit=text.NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("@ and a name calls on somebody."),
    )


class ReasonForm(forms.Form):
    reason = ProseField(
        label=_("Reason"),
        limit=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stays on record."),
    )
