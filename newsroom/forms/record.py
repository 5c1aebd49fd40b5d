"""What a page of the record is narrowed by. It lives in the URL, so that a stretch of it can be sent to somebody."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date
from django.utils.timezone import make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit import telling
from audit.models import Act
from newsroom.domain.text import search_key
from newsroom.models import User
from newsroom.queries.record import Subject

ANYBODY, ANYTHING = _("anybody"), _("anything")
LARGEST = 2**63 - 1
Find = Callable[[str], Subject | None]


class RecordForm(forms.Form):
    """Bound to the address. What cannot be understood is said, and stays in its field."""

    person = forms.ModelChoiceField(
        User.objects.order_by("name", "id"),
        label=_("Who"),
        required=False,
        empty_label=ANYBODY,
        error_messages={"invalid_choice": _("Nobody on the desk has the number in this address. Choose a person.")},
    )
    act = forms.ChoiceField(label=_("What"), required=False)
    since = forms.CharField(label=_("From"), required=False)
    until = forms.CharField(label=_("To"), required=False)
    thing = forms.CharField(label=_("Done to"), required=False)
    before = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, find: Find | None = None) -> None:
        """`find` gives the acts on a thing by its number (`C-000012`), or in a case; without, only one can be meant."""
        super().__init__(data)
        self.find = find
        if find is None:
            del self.fields["thing"]
        else:
            self.fields["thing"].widget.attrs.update({"dir": "ltr", "placeholder": "C-000012", "autocomplete": "off"})
        self.fields["act"].choices = [("", ANYTHING), *_acts()]  # type: ignore[attr-defined]  # it is a ChoiceField
        for name in ("since", "until"):
            self.fields[name].widget.attrs.update({"dir": "ltr", "placeholder": "2024-11-28", "autocomplete": "off"})
        self.fields["act"].error_messages["invalid_choice"] = _(
            "No act is called “%(value)s”. Choose one from the list."
        )

    def clean_since(self) -> date | None:
        return self._day("since")

    def clean_until(self) -> date | None:
        return self._day("until")

    def clean_thing(self) -> Subject | None:
        typed = self.cleaned_data["thing"].strip()
        found = self.find(search_key(typed)) if typed and self.find else None
        if typed and found is None:
            message = _(
                "You know of no claim, evidence or source with the number “%(typed)s”, and of no case at that address."
            )
            raise forms.ValidationError(message, params={"typed": typed})
        return found

    def clean_before(self) -> int | None:
        typed = self.cleaned_data["before"]
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and int(typed[:20]) <= LARGEST):
            raise forms.ValidationError(_("This address is not complete: go to the latest entries and on from there."))
        return int(typed)

    def full_clean(self) -> None:
        super().full_clean()
        for name in ("person", "act"):
            if name in self.errors:
                # A choice that does not exist stays in its field too: the person sees what was asked for.
                offered: Any = self.fields[name].widget
                offered.choices = [*offered.choices, (self.data[name], self.data[name])]

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("This is before the first day. Swap the two."))

    def narrowed(self, acts: "QuerySet[Act]") -> "QuerySet[Act]":
        """Days are days in the newsroom's time zone."""
        wanted = self.cleaned_data
        if person := wanted["person"]:
            acts = acts.filter(Q(actor=person) | Q(on_behalf_of=person))
        if subject := wanted.get("thing"):
            acts = acts.filter(pk__in=subject.trail.all().values("pk"))
        if wanted["act"]:
            acts = acts.filter(name=wanted["act"])
        if wanted["since"]:
            acts = acts.filter(at__gte=_midnight(wanted["since"]))
        if wanted["until"]:
            acts = acts.filter(at__lt=_midnight(wanted["until"] + timedelta(days=1)))
        return acts

    @property
    def is_narrow(self) -> bool:
        return any(self.data.get(name) for name in ("person", "act", "since", "until", "thing"))

    def _day(self, name: str) -> date | None:
        typed = self.cleaned_data[name].strip()
        if not typed:
            return None
        try:
            if (day := parse_date(search_key(typed))) and day < date.max:
                return day
        except ValueError:
            pass  # of the form of a day, and none of the calendar
        message = _("“%(typed)s” is no day of the calendar. Write one like 2024-11-28.")
        raise forms.ValidationError(message, params={"typed": typed})


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def _acts() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every act that has words, by the kind of thing it is done to."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    gap = {"who": "…", "what": "…"}
    for name, words in telling.known_acts().items():
        about = telling.about_named(name)
        groups[str(about._meta.verbose_name) if about else gettext("other")].append((name, str(words) % gap))
    return list(groups.items())
