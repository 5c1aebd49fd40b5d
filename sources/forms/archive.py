"""What the lists of the archive can be narrowed by; it lives in the URL."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.models import Case, User
from sources.domain.captures import Reason
from sources.models import CAPTURE_STATES
from sources.queries.archive import MADE, NEWSROOM, SHOWN_PASSAGES, SHOWN_WATCHES
from sources.wording.captures import explained


class CaseFilterForm(forms.Form):
    case = forms.ChoiceField(label=_("Belongs to"), required=False)

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data)
        cases = Case.objects.visible_to(user).order_by("title").values_list("slug", "title")
        case: Any = self.fields["case"]
        case.choices = [("", _("any")), (NEWSROOM, _("the newsroom")), *cases]

    def wanted(self) -> dict[str, str]:
        """What was asked for; a value that no list offers narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CaptureFilterForm(CaseFilterForm):
    state = forms.ChoiceField(label=_("State"), required=False)
    reason = forms.ChoiceField(label=_("Reason"), required=False)
    made = forms.ChoiceField(label=_("Made"), required=False, choices=[("", _("any")), *MADE])

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data, user)
        state: Any = self.fields["state"]
        reason: Any = self.fields["reason"]
        state.choices = [("", _("any")), *CAPTURE_STATES]
        reason.choices = [("", _("any")), *((each.value, explained(each).short) for each in Reason)]


class WatchFilterForm(CaseFilterForm):
    show = forms.ChoiceField(label=_("Which"), required=False, choices=[("", _("any")), *SHOWN_WATCHES])


class PassageFilterForm(CaseFilterForm):
    show = forms.ChoiceField(label=_("Which"), required=False, choices=[("", _("any")), *SHOWN_PASSAGES])
