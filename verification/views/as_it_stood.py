"""A claim's corroboration as it stood at a moment, out of the row history."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from audit.queries import feed
from newsroom.requests import DeskRequest
from verification.loading import load_claim
from verification.queries.ground_then import claim_then, weigh_then
from verification.queries.record import acts_on
from verification.wording.shown import show

MOMENTS = 50


class Moment(forms.DateTimeField):
    """What the field of a browser sends, and the whole of an act's time as a link carries it."""

    def to_python(self, value: Any) -> datetime | None:
        try:
            at = parse_datetime(str(value or "").replace(" ", "+"))
        except ValueError:
            at = None
        if at is not None:
            return at if timezone.is_aware(at) else timezone.make_aware(at)
        return super().to_python(value)


class MomentForm(forms.Form):
    at = Moment(
        label=gettext_lazy("At"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S"),
        error_messages={"invalid": gettext_lazy("This is no time. Write it as 2024-12-03 14:05.")},
    )


@require_GET
def as_it_stood(request: DeskRequest, reference: str) -> HttpResponse:
    """The acts on the claim are the moments to choose from; what came in from elsewhere is found by typing a time."""
    claim = load_claim(request.user, reference)
    form = MomentForm(request.GET or None)
    then = shown = None
    if form.is_valid():
        at = form.cleaned_data["at"]
        then = claim_then(claim, at)
        if then is None:
            form.add_error("at", _("This claim was not yet written then."))
        else:
            shown = show(claim, weigh_then(claim, at))
    context = {
        "section": "cases",
        "face": "as-it-stood",
        "claim": claim,
        "form": form,
        "then": then,
        "shown": shown,
        "at": form.cleaned_data.get("at") if form.is_valid() else None,
        "moments": feed.latest(acts_on(claim, request.user), limit=MOMENTS),
    }
    return render(request, "verification/claim_as_it_stood.html", context)
