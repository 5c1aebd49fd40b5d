"""Forms about a case. The actions decide; these keep what was typed and say what is wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.formfields import LanguageField, NameField
from newsroom.models import Case, Preset, Role, User, VerificationPolicy


class CaseForm(forms.Form):
    title = NameField(label=_("Title"))
    language = LanguageField(label=_("Language"), initial="ar", help_text=_("Most of its claims are written in it."))
    restricted = forms.BooleanField(
        label=_("Restricted to members"),
        required=False,
        help_text=_("For everybody else the case and all that is in it do not exist."),
    )


class NewCaseForm(CaseForm):
    slug = forms.SlugField(
        label=_("Short name"),
        max_length=80,
        help_text=_("Stands in the address of the case, for example aleppo-homs-2024. It stays as it is."),
        error_messages={"invalid": _("Use small Latin letters, digits and hyphens only.")},
    )
    preset = forms.ChoiceField(
        label=_("Verification policy"),
        choices=Preset.choices,
        initial=Preset.STANDARD,
        help_text=_("What the case asks for before a claim may be called confirmed. It can be changed later."),
    )
    field_order = ("title", "slug", "language", "preset", "restricted")

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if Case.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("This short name is taken. Choose another."), code="unique")
        return slug


class EditCaseForm(CaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class PolicyForm(forms.ModelForm):
    class Meta:
        model = VerificationPolicy
        fields = (
            "preset",
            "least_independent_lines",
            "least_reviews",
            "lone_anonymous",
            "four_eyes",
            "capture_every_url",
            "reply_required",
            "blind_reviews",
            "override_allowed",
        )


class MemberForm(forms.Form):
    """People who are not members yet; a member's role is changed by adding them again."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    role = forms.ChoiceField(
        label=_("Role in this case"), choices=Role.choices, help_text=_("Never above the role in the newsroom.")
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["person"].queryset = User.objects.active()  # type: ignore[attr-defined]
