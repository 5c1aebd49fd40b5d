"""What is said in a piece of evidence, and on what terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.domain import text
from newsroom.formfields import LanguageField, ProseField
from verification.models import Attribution, Basis, Credibility, Evidence, Stance


class AccountForm(forms.Form):
    """`reason` and `version` only when something on record is corrected."""

    stance = forms.ChoiceField(label=_("What it does to the claim"), choices=Stance.choices, widget=forms.RadioSelect)
    quotation = ProseField(
        label=_("Quotation"),
        limit=text.QUOTATION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Word for word as it stands in the carrier."),
    )
    quotation_language = LanguageField(label=_("Language of the quotation"), required=False)
    translation = ProseField(
        label=_("Translation"), limit=text.QUOTATION, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    translation_language = LanguageField(label=_("Language of the translation"), required=False)
    basis = forms.ChoiceField(
        label=_("How the last of them knows"),
        choices=Basis.choices,
        initial=Basis.UNKNOWN,
        help_text=_("Only who witnessed, recorded or said it themselves closes a chain. What nobody said stays open."),
    )
    attribution = forms.ChoiceField(
        label=_("Attribution"),
        choices=Attribution.choices,
        initial=Attribution.ON_THE_RECORD,
        help_text=_("On what terms it may be told."),
    )
    credibility = forms.TypedChoiceField(
        label=_("Credibility"), choices=Credibility.choices, coerce=int, initial=Credibility.UNJUDGED
    )
    reason = ProseField(
        label=_("Why it is changed"),
        limit=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stays on record beside the change."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, corrects: Evidence | None = None, **options: Any) -> None:
        standing = _standing(corrects) if corrects else {}
        super().__init__(*args, **{"initial": standing, **options})
        self.others = _other_translations(corrects) if corrects else {}
        if corrects is None:
            del self.fields["reason"], self.fields["version"]

    def account(self) -> dict[str, Any]:
        """The values as `verification.actions.evidence` takes them, but for the chain."""
        values = dict(self.cleaned_data)
        language, translation = values.pop("translation_language"), values.pop("translation")
        values["quotation_translations"] = self.others | ({language: translation} if translation else {})
        values["quotation_language"] = values["quotation_language"] or "ar"
        return values

    def clean(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        if values.get("translation") and not values.get("translation_language"):
            self.add_error("translation_language", _("Say in which language the translation is."))
        return values


def _standing(evidence: Evidence) -> dict[str, Any]:
    names = ("stance", "quotation", "quotation_language", "basis", "attribution", "credibility", "version")
    language, translation = next(iter(evidence.quotation_translations.items()), ("en", ""))
    shown = {"translation": translation, "translation_language": language}
    return {name: getattr(evidence, name) for name in names} | shown


def _other_translations(evidence: Evidence) -> dict[str, str]:
    """The form shows one translation; whoever corrects it does not drop the others."""
    return dict(list(evidence.quotation_translations.items())[1:])
