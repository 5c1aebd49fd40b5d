"""What is asserted of a source: its grades, who stands behind it, what it was made from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.domain import text
from newsroom.formfields import NameField, ProseField
from newsroom.models import User
from sources.models import AffiliationKind, DerivationKind, Reliability, Source, Standing
from sources.picking import SourceField

ROWS = forms.Textarea(attrs={"rows": 2})


class AssessForm(forms.Form):
    reliability = forms.ChoiceField(label=_("Reliability"), choices=Reliability.choices, initial=Reliability.F)
    topic = NameField(label=_("On the topic of"), required=False, help_text=_("Left empty: the source in general."))
    reason = ProseField(label=_("Why"), limit=text.NOTE, widget=ROWS)


class RelationForm(forms.Form):
    """`source` is the one whose page it stands on; the other one is picked."""

    def __init__(self, *args: Any, user: User, source: Source, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, SourceField):
                field.among(user, source.case)


class AffiliateForm(RelationForm):
    kind = forms.ChoiceField(label=_("How"), choices=AffiliationKind.choices, initial=AffiliationKind.BELONGS_TO)
    controller = SourceField(label=_("Whom"))
    basis = ProseField(label=_("On what basis"), limit=text.NOTE, required=False, widget=ROWS)


class DeriveForm(RelationForm):
    kind = forms.ChoiceField(label=_("How"), choices=DerivationKind.choices)
    upstream = SourceField(label=_("Which work"))
    basis = ProseField(label=_("On what basis"), limit=text.NOTE, required=False, widget=ROWS)
    verified_relay = forms.BooleanField(
        label=_("Checked against that work"),
        required=False,
        help_text=_("Somebody on the desk compared the two, so this step adds no risk of its own."),
    )


class RelayForm(forms.Form):
    verified = forms.BooleanField(label=_("Checked against the original"), required=False)
    reason = ProseField(label=_("What was compared, and what came of it"), limit=text.NOTE, widget=ROWS)
    version = forms.IntegerField(widget=forms.HiddenInput)


class StandingForm(forms.Form):
    standing = forms.ChoiceField(
        label=_("Standing"),
        choices=Standing.choices,
        help_text=_("A disputed one still counts, and is marked. A withdrawn one does not count, and stays on record."),
    )
    reason = ProseField(label=_("Why"), limit=text.NOTE, widget=ROWS)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ShareForm(forms.Form):
    reason = ProseField(
        label=_("Why"),
        limit=text.NOTE,
        required=False,
        widget=ROWS,
        help_text=_("Needed where the case is restricted."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
