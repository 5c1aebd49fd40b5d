"""A claim as it stood at a moment, alone or beside another one."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit.models import Act
from newsroom.models import User
from newsroom.requests import DeskRequest
from newsroom.views.moments import Look, beside, look
from verification.loading import load_claim
from verification.queries.blindness import withheld_from
from verification.queries.claim_then import ClaimThen, chains_between, read_then
from verification.queries.record import acts_on
from verification.queries.rested_on import rested_on


@require_GET
def as_it_stood(request: DeskRequest, reference: str) -> HttpResponse:
    """The acts on the claim are the moments to choose from; what came in from elsewhere is found by typing a time."""
    user, claim = request.user, load_claim(request.user, reference)
    acts = acts_on(claim, user).all()
    looked = look(request, acts)
    context = {"section": "cases", "face": "as-it-stood", "claim": claim, **looked.context}
    if looked.at is not None:
        then = read_then(claim, looked.at, user)
        if then is None:
            looked.form.add_error("at", _("This claim was not yet written then."))
        else:
            other = read_then(claim, looked.against, user) if looked.against is not None else None
            context |= {"then": then} | _beside(looked, acts, then, other, user)
    return render(request, "verification/claim_as_it_stood.html", context)


def _beside(
    looked: Look, acts: "QuerySet[Act]", then: ClaimThen, other: ClaimThen | None, reader: User
) -> dict[str, Any]:
    """`earlier` and `later` are what was read at the two moments, of which the page shows one whole."""
    if looked.span is None or other is None:
        return {"nothing_to_compare": looked.against is not None}
    earlier, later = (then, other) if looked.span[0] == looked.at else (other, then)
    sources = earlier.leans_on | later.leans_on
    before, after = (
        [*one.rows, *rested_on(one.claim, sources, moment, reader)]
        for one, moment in zip((earlier, later), looked.span, strict=True)
    )
    history = reverse("claim-history", args=[then.claim.reference])
    told = {"about": then.claim, "withheld": partial(withheld_from, reader), "shown": (before, after)}
    found = beside(looked, acts, reader, history, **told, composed=chains_between(earlier, later))
    return {"earlier": earlier, "later": later, **found}
