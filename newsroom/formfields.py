"""Form fields that hold what people type to the text policy, and keep it in the form when it is refused.

No ``maxlength`` attribute is set: a browser would cut a pasted quotation short without a word.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import widgets

from newsroom.domain import text
from newsroom.typed import clean_language, clean_name, clean_prose
from newsroom.wording.languages import OFFERED, language_name, lazy_language_name


class NameField(forms.CharField):
    """A name on one line. Cleans to its normal form, or to "" where it may be left out."""

    def __init__(self, *, limit: int = text.NAME, **options: Any) -> None:
        self.limit = limit
        super().__init__(**{"strip": False, **options})
        self.validators.clear()  # the policy refuses NUL itself, and says where it stands

    def to_python(self, value: Any) -> str:
        return clean_name(value, self.limit)

    def widget_attrs(self, widget: widgets.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "dir": "auto"}


class ProseField(NameField):
    """What somebody wrote or said. Cleans to the text as typed, or to "" where it may be left out."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean_prose(value, self.limit)


class LanguageSelect(forms.Select):
    """The usual languages, and besides them the one the text already has."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        usual = list(self.choices)
        offered = {tag for tag, _label in usual}
        self.choices = [*usual, *((tag, language_name(tag)) for tag in value if tag and tag not in offered)]
        try:
            return super().optgroups(name, value, attrs)
        finally:
            self.choices = usual


class LanguageField(forms.ChoiceField):
    """A BCP 47 tag, chosen from the usual languages; another well-formed tag is accepted too."""

    widget = LanguageSelect

    def __init__(self, *, languages: Iterable[str] = OFFERED, **options: Any) -> None:
        choices = [("", "---------"), *((tag, lazy_language_name(tag)) for tag in languages)]
        super().__init__(**{**options, "choices": choices})

    def to_python(self, value: Any) -> str:
        return clean_language(value)

    def valid_value(self, value: Any) -> bool:
        return True  # to_python has refused whatever is no tag
