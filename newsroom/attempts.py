"""What became of an action that a form asked for: what was typed is kept, and what is wrong is said where it stands."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from newsroom.versions import ChangedField, Stale
from newsroom.wording.languages import language_name


def attempt(form: forms.BaseForm, action: Callable[..., Any], **values: Any) -> Any:
    """Call `action`; None when it refused, and then `form` says why.

    When somebody else was faster, `form.conflict` holds what `components/conflict.html` shows, and the form carries the
    new version: sending it again decides for what was typed. A `Denied` is no matter of the form and passes.
    """
    try:
        return action(**values)
    except Stale as stale:
        _show_conflict(form, stale)
    except ValidationError as refused:
        _show_errors(form, refused)
    return None


def _show_conflict(form: forms.BaseForm, stale: Stale) -> None:
    # Read by the template; a form has no place of its own for it.
    form.conflict = {  # type: ignore[attr-defined]
        "who": stale.who,
        "at": stale.at,
        "fields": [row for change in stale.changes for row in _side_by_side(form, change)],
    }
    typed: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    typed[form.add_prefix("version")] = stale.current.version
    form.data = typed
    form.add_error(None, ValidationError(_("Somebody else changed this meanwhile. See above."), code="stale"))


def _side_by_side(form: forms.BaseForm, change: ChangedField) -> list[dict[str, Any]]:
    field = form.fields.get(change.name)
    label = str(field.label) if field and field.label else change.label.capitalize()
    yours = form.cleaned_data.get(change.name, "")
    if isinstance(change.now, dict):
        return _by_language(label, change, yours or {})
    return [
        {
            "label": label,
            "theirs": _in_words(form, change.name, change.now),
            "yours": _in_words(form, change.name, yours),
        }
    ]


def _by_language(label: str, change: ChangedField, yours: dict[str, str]) -> list[dict[str, Any]]:
    """Translations, each that changed by itself."""
    return [
        {
            "label": f"{label} ({language_name(tag)})",
            "theirs": change.now.get(tag, ""),
            "yours": yours.get(tag, ""),
            "language": tag,
        }
        for tag in sorted({*change.before, *change.now})
        if change.before.get(tag) != change.now.get(tag)
    ]


def _in_words(form: forms.BaseForm, name: str, value: Any) -> Any:
    """A choice by its label; a form whose values say nothing to people has `in_words(name, value)`."""
    if hasattr(form, "in_words"):
        value = form.in_words(name, value)
    choices = dict(getattr(form.fields.get(name), "choices", ()))
    return choices.get(value, value)


def _show_errors(form: forms.BaseForm, refused: ValidationError) -> None:
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        for error in errors:
            form.add_error(name if name in form.fields else None, error)
