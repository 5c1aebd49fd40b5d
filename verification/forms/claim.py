"""The form a claim is written and edited in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from newsroom.domain import text
from newsroom.formfields import LanguageField, NameField, ProseField
from newsroom.models import Case, User
from newsroom.wording.languages import lazy_language_name
from sources.formfields import EdtfField
from sources.models import Source
from sources.picking import SourceField
from sources.wording.names import name_of
from verification.models import Claim, Risk

TRANSLATED_INTO = [code for code, _name in settings.LANGUAGES]


class ClaimForm(forms.Form):
    """A translation into the language of the statement itself is none: its field is hidden by the stylesheet."""

    statement = ProseField(
        label=_("Statement"),
        limit=text.NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One thing that is either so or not so, in the words that are to be checked."),
    )
    language = LanguageField(label=_("Language of the statement"))
    claimant = SourceField(
        label=_("Who claims it"),
        required=False,
        help_text=_("A source of this case or of the newsroom. Left empty: nobody in particular."),
    )
    happened = EdtfField(
        label=_("When it is said to have happened"),
        required=False,
        help_text=_(
            "As exactly as it is known: 2024-11-28, 2024-11, about then 2024-11-28~, "
            "from one day to another 2024-11-27/2024-11-30."
        ),
    )
    place = NameField(label=_("Where it is said to have happened"), required=False)
    risk = forms.ChoiceField(
        label=_("Risk"),
        choices=Risk.choices,
        initial=Risk.MEDIUM,
        help_text=_("The harm it would do to have it wrong."),
    )

    def __init__(self, *args: Any, user: User, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["claimant"].among(user, case)  # type: ignore[attr-defined]
        for code in TRANSLATED_INTO:
            self.fields[f"translation_{code}"] = ProseField(
                label=_("Statement in %(language)s") % {"language": lazy_language_name(code)},
                limit=text.NOTE,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )
        self.order_fields(["statement", "language", *(f"translation_{code}" for code in TRANSLATED_INTO)])

    def clean(self) -> None:
        """The translations as the claim keeps them, which is also how a conflict about them is told."""
        super().clean()
        self.cleaned_data["translations"] = self._translations()

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        return {
            "statement": given["statement"],
            "language": given["language"],
            "translations": given["translations"],
            "claimant_id": given["claimant"],
            "happened": given["happened"],
            "place": given["place"],
            "risk": given["risk"],
        }

    def in_words(self, name: str, value: Any) -> Any:
        """A value as the notice of a conflict shows it."""
        if name == "claimant" and value:
            return name_of(Source.objects.get(pk=value))
        return value

    def _translations(self) -> dict[str, str]:
        own = self.cleaned_data.get("language", "").split("-")[0]
        typed = {code: self.cleaned_data.get(f"translation_{code}", "") for code in TRANSLATED_INTO}
        return {code: written for code, written in typed.items() if written and code != own}


class EditClaimForm(ClaimForm):
    """Translations into languages that the form does not ask for stay as they are."""

    reason = ProseField(
        label=_("Why it is changed"), limit=1_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, claim: Claim, **options: Any) -> None:
        self.claim = claim
        super().__init__(*args, case=claim.case, initial=_as_it_stands(claim), **options)

    def values(self) -> dict[str, Any]:
        return {
            **super().values(),
            "reason": self.cleaned_data["reason"],
            "version": self.cleaned_data["version"],
        }

    def _translations(self) -> dict[str, str]:
        others = {tag: text for tag, text in self.claim.translations.items() if tag not in TRANSLATED_INTO}
        return {**others, **super()._translations()}


def _as_it_stands(claim: Claim) -> dict[str, Any]:
    names = ("statement", "language", "claimant", "happened", "place", "risk", "version")
    translated = {f"translation_{code}": claim.translations.get(code, "") for code in TRANSLATED_INTO}
    return {**{name: getattr(claim, name) for name in names}, **translated}
