"""A form field that holds a source: written by name, chosen from what is offered, or registered on the spot.

    form.fields["source"].among(user, case)

Without script the number of a source ("S-000012") does it; static/js/picker.js turns the field into a combobox.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from newsroom.models import Case, User
from sources.models import Source
from sources.wording.names import name_of


class SourcePicker(forms.TextInput):
    """Two controls: the words one sees, posted as `<name>_words`, and the chosen source behind them, as `<name>`."""

    case: Case | None = None
    chosen: Source | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        return str(data.get(name) or ""), str(data.get(f"{name}_words") or "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_words" not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        place = {"case": self.case.slug} if self.case else {}
        context = {
            "name": name,
            "attrs": self.build_attrs(self.attrs, attrs),
            **self._shown(value),
            "options_url": f"{reverse('source-pick')}?{urlencode(place)}",
            "create_url": f"{reverse('source-create')}?{urlencode(place)}",
        }
        return render_to_string("sources/picker.html", context)

    def _shown(self, value: Any) -> dict[str, Any]:
        source = value if isinstance(value, Source) else self.chosen
        if source is not None:
            return {"pk": source.pk, "words": name_of(source)}
        return {"pk": "", "words": value[1] if isinstance(value, tuple) else ""}


class SourceField(forms.Field):
    """Cleans to the id of a source that `user` may use in `case`, or to None where it may be left out.

    `initial` is a Source or None, so that showing a form asks the database nothing.
    """

    widget = SourcePicker
    default_error_messages = {
        "unknown": _("Choose a source from the list, or write its number, such as S-000012."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._usable = Source.objects.none()

    def among(self, user: User, case: Case | None) -> None:
        self._usable = Source.objects.visible_to(user).usable_in(case)
        self.widget.case = case

    def clean(self, value: Any) -> int | None:
        pk, words = value if isinstance(value, tuple) else ("", "")
        if not pk and not words.strip():
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        found = self._usable.filter(pk=int(pk)) if _is_id(pk) else self._usable.by_reference(words.strip())
        self.widget.chosen = found.first()
        if self.widget.chosen is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return int(self.widget.chosen.pk)

    def has_changed(self, initial: Any, data: Any) -> bool:
        pk, words = data if isinstance(data, tuple) else ("", "")
        return str(pk or words) != str(initial.pk if initial else "")


def _is_id(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= 18
