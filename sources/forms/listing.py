"""What the table of sources is narrowed by. It lives in the URL, so a table can be sent to somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.models import Case, User
from sources.models import Reliability, SourceKind
from sources.queries.listing import NEWSROOM, UNGRADED, Wanted

ANY = ("", _("any"))
LONGEST = 200


class SourceFilterForm(forms.Form):
    """Of one case, or of all the person may see; then it can be narrowed to one of them."""

    q = forms.CharField(label=_("Name or number"), required=False, widget=forms.SearchInput(attrs={"dir": "auto"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *SourceKind.choices], required=False)
    grade = forms.ChoiceField(
        label=_("Grade"), choices=[ANY, (UNGRADED, _("none yet")), *Reliability.choices], required=False
    )
    protected = forms.ChoiceField(
        label=_("Protected"), choices=[ANY, ("yes", _("yes")), ("no", _("no"))], required=False
    )
    case = forms.ChoiceField(label=_("Belongs to"), required=False)
    publisher = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, user: User, case: Case | None) -> None:
        super().__init__(data)
        self.only = case
        if case is not None:
            del self.fields["case"]
            return
        cases = Case.objects.visible_to(user).order_by("title").values_list("slug", "title")
        self.fields["case"].choices = [ANY, (NEWSROOM, _("the newsroom")), *cases]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What the address asks for, as far as it can be understood: an old link still opens the table."""
        self.is_valid()
        asked = self.cleaned_data
        return Wanted(
            text=asked.get("q", "")[:LONGEST],
            kind=asked.get("kind", ""),
            grade=asked.get("grade", ""),
            protected=asked.get("protected", ""),
            case=self.only.slug if self.only else asked.get("case", ""),
            publisher=asked.get("publisher", ""),
        )
