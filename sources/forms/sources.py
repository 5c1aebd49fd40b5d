"""Forms about a source. The actions decide; these keep what was typed and say what is wrong."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from newsroom.domain import text
from newsroom.formfields import LanguageField, NameField, ProseField
from newsroom.models import User
from newsroom.wording.languages import language_name
from sources.formfields import EdtfField
from sources.models import Source, SourceKind
from sources.picking import SourceField
from sources.wording.names import name_of


class SourceForm(forms.Form):
    """`source` is the one being edited, or a blank one that says to which case it will belong."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "---------"), *SourceKind.choices])
    name = NameField(label=_("Name or descriptor"), help_text=_("For a protected source: as agreed with them."))
    language = LanguageField(label=_("Language of the name"), initial="ar")
    protected = forms.BooleanField(
        label=_("Protected source"),
        required=False,
        help_text=_("Nothing written here, not even the note, may say who this really is."),
    )
    publisher = SourceField(
        label=_("Published by"), required=False, help_text=_("The outlet or body it came out of, itself a source.")
    )
    url = forms.CharField(
        label=_("Address"), required=False, widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"})
    )
    published_at = EdtfField(
        label=_("Published"),
        required=False,
        help_text=_("For example 2024-11-28, 2024-12~ for about, or 2024-11-27/2024-11-30."),
    )
    note = ProseField(
        label=_("What is known of it"), required=False, limit=text.NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, user: User, source: Source, **options: Any) -> None:
        super().__init__(*args, **options)
        self.source = source
        self.fields["publisher"].among(user, source.case)  # type: ignore[attr-defined]
        self._other_names = {f"name_{tag}": tag for tag in self._languages()}
        for field, tag in self._other_names.items():
            label = _("Name in %(language)s") % {"language": language_name(tag)}
            self.fields[field] = NameField(label=label, required=False, initial=source.translations.get(tag))

    @property
    def other_names(self) -> list[forms.BoundField]:
        return [self[field] for field in self._other_names]

    def _languages(self) -> list[str]:
        """Those of the interface, and those it is named in already."""
        return list(dict.fromkeys([*dict(settings.LANGUAGES), *self.source.translations]))

    def clean(self) -> dict[str, Any]:
        """Gathers the names in other languages under `translations`; the original is not its own translation."""
        values = self.cleaned_data
        written = {tag: values.pop(field, "") for field, tag in self._other_names.items()}
        original = values.get("language")
        values["translations"] = {tag: name for tag, name in written.items() if name and tag != original}
        return values

    @property
    def facts(self) -> dict[str, Any]:
        """What the actions take."""
        values = dict(self.cleaned_data)
        return {"publisher_id": values.pop("publisher"), **values}

    def in_words(self, name: str, value: Any) -> Any:
        """A value as the notice of a conflict shows it."""
        if name == "publisher" and value:
            return name_of(Source.objects.get(pk=value))
        return value


class EditSourceForm(SourceForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewSourceForm(SourceForm):
    """`another` is asked for only where a source like this one is on record already."""

    another = forms.BooleanField(label=_("It is none of these"), required=False)
