"""What would change a claim's numbers, and what they would be if something were otherwise. Nothing is written."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from newsroom.requests import DeskRequest
from verification.domain import corroboration as engine
from verification.forms.what_if import WhatIfForm
from verification.loading import load_claim
from verification.queries.corroboration import Weighed, weigh
from verification.wording.advice import suggestions
from verification.wording.shown import show


@require_GET
def advice(request: DeskRequest, reference: str) -> HttpResponse:
    """The claim's page asks for it once it stands there: trying every step takes the engine a moment."""
    claim = load_claim(request.user, reference)
    context = {"section": "cases", "claim": claim, "face": "advice", "suggestions": suggestions(claim, weigh(claim))}
    page = "verification/claim_advice.html"
    return render(request, f"{page}#advice" if request.htmx else page, context)


@require_GET
def what_if(request: DeskRequest, reference: str) -> HttpResponse:
    claim = load_claim(request.user, reference)
    weighed = weigh(claim)
    stated = {key: weighed.sources[key] for side in weighed.sides for line in side[1].lines for key in line.sources}
    form = WhatIfForm(request.GET or None, sources=stated)
    now, then = show(claim, weighed), None
    if form.is_valid():
        then = show(claim, _supposing(weighed, form.applied_to(weighed.ground)))
    context = {
        "section": "cases",
        "claim": claim,
        "face": "what-if",
        "form": form,
        "now": now,
        "then": then,
        "idle": then is not None and then.weighed.ground == weighed.ground,
    }
    return render(request, "verification/claim_what_if.html", context)


def _supposing(weighed: Weighed, ground: engine.Ground) -> Weighed:
    """An account that would also be in our hands from further up is named by the one that is."""
    evidence = {item.key: weighed.evidence[item.key.partition("+")[0]] for item in ground.evidence}
    return replace(weighed, ground=ground, result=engine.corroborate(ground), evidence=evidence)
