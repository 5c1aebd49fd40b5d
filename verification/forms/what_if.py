"""What the reader wants to suppose about one source of a claim."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.models import Source
from sources.wording.names import name_of
from verification.domain import advice
from verification.domain.corroboration import Ground
from verification.models import Basis


class AsIf(models.TextChoices):
    WITHDRAWN = "withdrawn", gettext_lazy("were withdrawn")
    VERIFIED = "verified", gettext_lazy("were checked against what it passes on")
    REACHED = "reached", gettext_lazy("were in our hands itself")
    FIRST_HAND = "first-hand", gettext_lazy("knew first-hand")
    TRACED = "traced", gettext_lazy("had it from the one chosen next")


_APPLY: dict[str, Callable[[Ground, str], Ground]] = {
    AsIf.WITHDRAWN: advice.without_source,
    AsIf.VERIFIED: advice.with_relays_verified,
    AsIf.REACHED: advice.reached_directly,
    AsIf.FIRST_HAND: advice.with_end_closed,
}


class WhatIfForm(forms.Form):
    """`sources` are those on the claim's lines, by their keys."""

    source = forms.ChoiceField(label=gettext_lazy("As if this source"))
    supposed = forms.ChoiceField(label=gettext_lazy("What would be so"), choices=AsIf.choices)
    upper = forms.ChoiceField(label=gettext_lazy("Had it from"), required=False)
    basis = forms.ChoiceField(label=gettext_lazy("And how that one knows"), choices=Basis.choices, required=False)

    def __init__(self, data: Any, *, sources: dict[str, Source]) -> None:
        super().__init__(data)
        named = sorted(((key, name_of(source)) for key, source in sources.items()), key=lambda each: each[1])
        self._choices("source", named)
        self._choices("upper", [("", _("nobody chosen")), *named])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("supposed") == AsIf.TRACED and not self.errors:
            if not values.get("upper"):
                self.add_error("upper", _("Choose from whom it would have it."))
            elif values["upper"] == values["source"]:
                self.add_error("upper", _("A source does not have it from itself. Choose another one."))
        return values

    def applied_to(self, ground: Ground) -> Ground:
        values = self.cleaned_data
        if values["supposed"] == AsIf.TRACED:
            basis = values["basis"] or Basis.UNKNOWN
            return advice.traced_to(ground, values["source"], values["upper"], basis=basis)
        return _APPLY[values["supposed"]](ground, values["source"])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
