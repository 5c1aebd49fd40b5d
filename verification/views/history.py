"""The history of a claim, of a piece of evidence, of a case, and the whole record as far as one may know of it."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from newsroom import permits
from newsroom.loading import load
from newsroom.models import Case
from newsroom.queries.record import acts_known_to
from newsroom.requests import DeskRequest
from newsroom.views.record import record
from verification.models import Claim, Evidence
from verification.queries.blindness import withheld_from
from verification.queries.record import acts_in, acts_on, acts_on_evidence


@require_GET
def of_claim(request: DeskRequest, reference: str) -> HttpResponse:
    claim = load(Claim.objects.by_reference(reference).select_related("case"), request.user)
    context = record(request, acts_on(claim, request.user), partial(withheld_from, request.user), about=claim)
    context |= {"claim": claim, "face": "history", "section": "cases"}
    return render(request, "verification/claim_history.html", context)


@require_GET
def of_evidence(request: DeskRequest, reference: str) -> HttpResponse:
    evidence = load(Evidence.objects.by_reference(reference).select_related("claim__case"), request.user)
    acts = acts_on_evidence(evidence, request.user)
    context = record(request, acts, partial(withheld_from, request.user), about=evidence)
    context |= {"evidence": evidence, "claim": evidence.claim, "section": "cases"}
    return render(request, "verification/evidence_history.html", context)


@require_GET
def of_case(request: DeskRequest, slug: str) -> HttpResponse:
    case = load(Case.objects.prefetch_related("memberships"), request.user, slug=slug)
    context = record(request, acts_in(case, request.user), partial(withheld_from, request.user))
    context |= {"case": case, "face": "history", "section": "cases"}
    context |= {"may_edit": permits.allows(request.user, "case.edit", case)}
    return render(request, "verification/case_history.html", context)


@require_GET
def whole_record(request: DeskRequest) -> HttpResponse:
    context = record(request, acts_known_to(request.user), partial(withheld_from, request.user))
    return render(request, "verification/audit_list.html", {**context, "section": "history", "of_everything": True})
