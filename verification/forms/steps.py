"""Naming a source in a chain: one that is on record, or a new one described in place. Also a whole step with it.

These forms only carry what was typed; what is wrong with it is the action's to say, and is put back where it stands.
Fields that a person cannot see at the moment are never looked at.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.formfields import LanguageSelect
from newsroom.wording.languages import OFFERED, lazy_language_name
from sources.models import Source, SourceKind
from verification.actions.chain import NewSource, Step
from verification.models import HopKind

NEW = "new"
LONGEST_SEARCH = 300


def _typed(label: Any, widget: forms.Widget | None = None, **options: Any) -> forms.Field:
    return forms.Field(label=label, required=False, widget=widget or forms.TextInput(attrs={"dir": "auto"}), **options)


class SourcePick(forms.Form):
    """`pick` is a source's number, or `NEW`.

    Set by whoever has the record: the source `chosen`, the `options` offered, those `similar` to a new one, the pick
    `below` in the chain, and which part takes the `focus`: q, how, up, down or remove.
    """

    pick = _typed(_("Source"))
    q = _typed(_("Find a source"), forms.SearchInput(attrs={"dir": "auto", "autocomplete": "off"}))
    kind = _typed(_("What it is"), forms.Select(choices=[("", "---------"), *SourceKind.choices]))
    name = _typed(_("Name, or the description agreed with the source"))
    language = _typed(_("Language"), LanguageSelect(choices=[(tag, lazy_language_name(tag)) for tag in OFFERED]))
    protected = _typed(_("Protected: nothing here may say who it really is"), forms.CheckboxInput())
    url = _typed(_("Address"), forms.URLInput())

    options: list[Source] = []
    similar: list[Source] = []
    chosen: Source | None = None
    below: "SourcePick | None" = None
    focus = ""

    def typed(self, name: str) -> str:
        value = self[name].value()
        return "" if value is None else str(value)

    @property
    def number(self) -> int | None:
        """The number of the source picked, as long as it can be one."""
        pick = self.typed("pick")
        return int(pick) if pick.isascii() and pick.isdigit() and len(pick) < 10 else None

    @property
    def is_new(self) -> bool:
        return self.typed("pick") == NEW

    @property
    def words(self) -> str:
        return self.typed("q")[:LONGEST_SEARCH]

    def asked(self) -> int | NewSource | None:
        if not self.is_new:
            return self.number
        return NewSource(
            kind=self.typed("kind"),
            name=self.typed("name"),
            language=self.typed("language"),
            protected=bool(self["protected"].value()),
            url=self.typed("url"),
        )


class StepForm(SourcePick):
    """A hop: how the one below has it, and from whom."""

    how = _typed(_("The one above it"), forms.Select(choices=HopKind.choices), initial=HopKind.QUOTES)
    verified_relay = _typed(_("The desk checked the one above against this source"), forms.CheckboxInput())

    def step(self) -> Step:
        return Step(self.asked(), self.typed("how"), bool(self["verified_relay"].value()))
