"""What every page about a past moment has in common: which moment, which others there are, what it is compared with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from audit.models import Act, Entry
from audit.queries.between import between
from audit.queries.moments import Window, around
from newsroom.forms.moments import MomentForm
from newsroom.models import User
from newsroom.requests import DeskRequest


@dataclass(frozen=True)
class Look:
    """`at` is None where the address asks for what cannot be, and `form` then says why.

    What is compared reads from the earlier of the two to the later, whichever of them the page shows.
    """

    form: MomentForm
    window: Window
    at: int | None
    against: int | None

    @property
    def span(self) -> tuple[int, int] | None:
        """The two moments compared, the earlier first."""
        if self.at is None or self.against is None:
            return None
        return min(self.at, self.against), max(self.at, self.against)

    @property
    def context(self) -> dict[str, Any]:
        """For `components/moments.html` and what stands under it."""
        wanted = [place for place in (self.at, self.against) if place is not None]
        since, until = self.span or (None, None)
        times: dict[int | None, datetime] = dict(
            Entry.objects.filter(index__in=wanted).values_list("index", "recorded_at")
        )
        return {
            "form": self.form,
            "window": self.window,
            "at": self.at,
            "when": times.get(self.at),
            "since": since,
            "since_when": times.get(since),
            "until": until,
            "until_when": times.get(until),
        }


def look(request: DeskRequest, acts: "QuerySet[Act]") -> Look:
    """At the moment in the address, or at the latest. What it cannot be compared with keeps it from nobody."""
    form = MomentForm(request.GET)
    form.is_valid()
    if "at" in form.errors:
        return Look(form, around(acts), None, None)
    window = around(acts, form.cleaned_data["at"])
    return Look(form, window, window.at, form.cleaned_data.get("against"))


def beside(looked: Look, acts: "QuerySet[Act]", reader: User, history: str, **told: Any) -> dict[str, Any]:
    """For `components/compared.html`: what was done between the two moments. `history` is where all of it is read.

    The rest is what `audit.queries.between` takes.
    """
    if looked.span is None:
        return {}
    found = between(acts, *looked.span, reader=reader, **told)
    if found.done:
        history = f"{history}?before={found.done[0].told.act.pk + 1}"
    return {"compared": found, "history": history}
