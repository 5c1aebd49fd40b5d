"""Look a quotation on record up in the captures of its carrier, see in what it differs, and bind it in one step."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom import permits
from newsroom.attempts import attempt
from newsroom.loading import load
from newsroom.requests import DeskRequest
from sources.domain.selecting import looked_for
from sources.models import Capture
from verification.actions import binding
from verification.forms.binding import BindForm
from verification.models import Evidence
from verification.passages import Place
from verification.queries.chains import chain_of
from verification.queries.copies import SHOWN, copies_of
from verification.queries.reader import text_of
from verification.views.evidence import address_of
from verification.wording.chains import chain_sentence

AROUND = 160
"""Characters of the text that are shown before and after the words."""


@require_http_methods(["GET", "POST"])
def bind(request: DeskRequest, reference: str) -> HttpResponse:
    related = ("claim__case", "source", "excerpt__capture")
    found = Evidence.objects.by_reference(reference).select_related(*related).prefetch_related("hops__source")
    evidence = load(found, request.user)
    may_bind = permits.allows(request.user, "evidence.bind", evidence) and evidence.withdrawn_at is None
    form = None
    if request.method == "POST":
        permits.require(request.user, "evidence.bind", evidence)
        form = BindForm(request.POST)
        if form.is_valid() and attempt(
            form, binding.bind, actor=request.user, evidence_id=evidence.pk, **form.values()
        ):
            messages.success(request, _("Bound: whoever reads the claim can look where the words stand."))
            return redirect(address_of(evidence))
    copies = list(copies_of(evidence).defer("redirects", "exchanges")[:SHOWN])
    copy = _wanted(request.GET.get("capture", ""), copies)
    text = text_of(copy) if copy else ""
    place = looked_for(text, evidence.quotation)
    context: dict[str, Any] = {
        "evidence": evidence,
        "claim": evidence.claim,
        "case": evidence.claim.case,
        "sentence": chain_sentence(chain_of(evidence)),
        "copies": copies,
        "copy": copy,
        "place": place,
        "before": text[max(0, place.start - AROUND) : place.start] if place else "",
        "after": text[place.end : place.end + AROUND] if place else "",
        "refused": form,
        "form": BindForm.at(Place(copy.pk, place.start, place.end), evidence) if copy and place else None,
        "is_here": copy is not None and place is not None and _is_bound_to(evidence, copy, place.start, place.end),
        "may_bind": may_bind,
        "section": "cases",
    }
    return render(request, "verification/evidence_bind.html", context)


def _wanted(asked: str, copies: list[Capture]) -> Capture | None:
    """The copy that is asked for, or else the latest."""
    try:
        number = UUID(asked)
    except ValueError:
        return copies[0] if copies else None
    return next((copy for copy in copies if copy.pk == number), copies[0] if copies else None)


def _is_bound_to(evidence: Evidence, copy: Capture, start: int, end: int) -> bool:
    excerpt = evidence.excerpt
    return excerpt is not None and (excerpt.capture_id, excerpt.start, excerpt.end) == (copy.pk, start, end)
