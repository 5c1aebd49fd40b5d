from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.formfields import ProseField


class WithdrawalForm(forms.Form):
    """Nothing that has history is deleted: it is withdrawn, and says why."""

    reason = ProseField(
        label=_("Why it is withdrawn"),
        limit=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays on record beside the evidence, which nobody can change afterwards."),
    )
