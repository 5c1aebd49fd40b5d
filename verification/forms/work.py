"""Forms of the desk's work: assign, review, rule, ask for a reply."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.domain.text import NOTE, RATIONALE
from newsroom.formfields import NameField, ProseField
from newsroom.models import User
from verification.models import Confidence, Duty, VerdictValue


class MomentInput(forms.DateTimeInput):
    """The browser's own picker; without one, a date and a time in ISO form."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class AssignForm(forms.Form):
    person = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    duty = forms.ChoiceField(label=_("Duty"), choices=Duty.choices, initial=Duty.REVIEW)
    due_at = forms.DateTimeField(label=_("Due"), required=False, widget=MomentInput())

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """`ground` is the digest of what the reviewer has in front of them. The page writes it anew each time it is shown,
    for it then shows what stands at that moment."""

    ground = forms.CharField(max_length=80)
    recommended = forms.ChoiceField(
        label=_("I recommend"), choices=VerdictValue.choices, widget=forms.RadioSelect, required=False
    )
    confidence = forms.ChoiceField(
        label=_("My confidence"), choices=Confidence.choices, widget=forms.RadioSelect, required=False
    )
    rationale = ProseField(
        label=_("Rationale"), limit=RATIONALE, help_text=_("What convinced you, or what is missing.")
    )


class RuleForm(forms.Form):
    ground = forms.CharField(max_length=80)
    verdict = forms.ChoiceField(label=_("Verdict"), choices=VerdictValue.choices, widget=forms.RadioSelect)
    rationale = ProseField(
        label=_("Rationale"), limit=RATIONALE, help_text=_("It stands on the claim with the verdict.")
    )
    override_reason = ProseField(
        label=_("Why against the policy"),
        limit=NOTE,
        required=False,
        help_text=_("Only for confirming while points of the policy are open. It stays on the claim for ever."),
    )


class ReplyRequestForm(forms.Form):
    addressee = NameField(label=_("Whom we asked"))
    means = NameField(label=_("How"), help_text=_("For example: email to the press office."))
    due_at = forms.DateTimeField(label=_("Answer asked for by"), required=False, widget=MomentInput())


class ReplyOutcomeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = ProseField(
        label=_("What came back"), limit=NOTE, help_text=_("The answer itself is added as evidence of its own.")
    )
