"""Forms about people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.domain import text
from newsroom.formfields import NameField, ProseField
from newsroom.models import Role, User
from newsroom.models.user import LANGUAGES


class PersonForm(forms.Form):
    name = NameField(label=_("Name"))
    role = forms.ChoiceField(label=_("Role in the newsroom"), choices=Role.choices)
    is_active = forms.BooleanField(
        label=_("Active"),
        required=False,
        initial=True,
        help_text=_("Who is not active cannot sign in. What they did stays theirs."),
    )


class NewPersonForm(PersonForm):
    email = forms.EmailField(label=_("Email"), help_text=_("They sign in with it and set their password through it."))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    field_order = ("email", "name", "role", "language")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        del self.fields["is_active"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Somebody has this address already."), code="unique")
        return email


class CloseForm(forms.Form):
    pseudonym = NameField(
        label=_("Pseudonym"), help_text=_("What this person is called from now on, wherever the name stood.")
    )
    reason = ProseField(label=_("Why"), limit=text.NOTE, help_text=_("It stays on record. Leave the name out of it."))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_seen(self) -> bool:
        """Whether what is sent now was shown first, under this very pseudonym."""
        return bool(self.cleaned_data["seen"] == self.cleaned_data["pseudonym"])

    @property
    def typed(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("pseudonym", "reason")}

    def show(self) -> None:
        """The next time it is sent, it was seen."""
        self.data = {**self.data.dict(), "seen": self.cleaned_data["pseudonym"]}  # type: ignore[attr-defined]  # a QueryDict


class ProfileForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=LANGUAGES,
        help_text=_("Of mail to you, and of pages on a device where you have not chosen one."),
    )
