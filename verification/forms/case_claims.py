"""What a case's table is narrowed by. It lives in the URL, so a table can be sent to somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.models import Case, User
from verification.models import Assignment, ClaimState, Risk, VerdictValue
from verification.queries.case_claims import NOBODY, ORDERS, UNVERIFIED, Wanted

ANY = ("", _("any"))
EVIDENCE = [
    ("contested", _("contested")),
    ("single", _("single source")),
    ("policy", _("policy not met")),
    ("supported", _("only for")),
    ("contradicted", _("only against")),
    ("bare", _("none yet")),
]
LONGEST = 200


class ClaimFilterForm(forms.Form):
    q = forms.CharField(label=_("Words or number"), required=False, widget=forms.SearchInput(attrs={"dir": "auto"}))
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *ClaimState.choices], required=False)
    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=[ANY, (UNVERIFIED, _("Unverified")), *VerdictValue.choices], required=False
    )
    evidence = forms.ChoiceField(label=_("Corroboration"), choices=[ANY, *EVIDENCE], required=False)
    risk = forms.ChoiceField(label=_("Risk"), choices=[ANY, *Risk.choices], required=False)
    who = forms.ChoiceField(label=_("Who has it"), required=False)

    def __init__(self, data: Any, case: Case) -> None:
        super().__init__(data)
        self.fields["who"].choices = [ANY, (NOBODY, _("nobody")), *_holders(case)]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What the address asks for, as far as it can be understood: an old link still opens the table."""
        self.is_valid()
        sort = self.data.get("sort", "")
        return Wanted(
            text=self.cleaned_data.get("q", "")[:LONGEST],
            state=self.cleaned_data.get("state", ""),
            verdict=self.cleaned_data.get("verdict", ""),
            stands=self.cleaned_data.get("evidence", ""),
            risk=self.cleaned_data.get("risk", ""),
            person=self.cleaned_data.get("who", ""),
            sort=sort if sort.removeprefix("-") in ORDERS else "number",
        )


def _holders(case: Case) -> list[tuple[str, str]]:
    waiting = Assignment.objects.waiting().filter(claim__case=case)
    people = User.objects.filter(pk__in=waiting.values("person")).order_by("name", "pk")
    return [(str(person.pk), person.name) for person in people]
