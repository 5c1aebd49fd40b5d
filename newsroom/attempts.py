"""What became of an action that a form asked for: what was typed is kept, and what is wrong is said where it stands."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from newsroom.versions import Stale

T = TypeVar("T")


def attempt(form: forms.BaseForm, action: Callable[..., T], **values: Any) -> T | None:
    """Call `action`; None when it refused, and then `form` says why.

    A `Stale` is kept on the form (`form.stale`) for `components/conflict.html`, which shows what changed meanwhile;
    sending the form again from there decides for what was typed. A `Denied` is no matter of the form and passes.
    """
    try:
        return action(**values)
    except Stale as stale:
        form.stale = stale  # type: ignore[attr-defined]  # read by the conflict notice
        form.add_error(None, ValidationError("", code="stale"))
    except ValidationError as refused:
        _say(form, refused)
    return None


def _say(form: forms.BaseForm, refused: ValidationError) -> None:
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        where = name if name in form.fields else None
        for error in errors:
            form.add_error(where if name != NON_FIELD_ERRORS else None, error)
