"""Add a piece of evidence to a claim, correct it, withdraw it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom.attempts import attempt
from newsroom.loading import load_for
from newsroom.requests import DeskRequest
from newsroom.versions import Stale
from verification.actions import evidence as actions
from verification.forms.evidence import EvidenceForm
from verification.forms.withdrawal import WithdrawalForm
from verification.models import Claim, Evidence
from verification.passages import Passage, passage_in
from verification.queries.chains import chain_of
from verification.wording.chains import chain_sentence

PAGE = "verification/evidence_form.html"


@require_http_methods(["GET", "POST"])
def add(request: DeskRequest, reference: str) -> HttpResponse:
    claims = Claim.objects.by_reference(reference).select_related("case")
    claim = load_for("evidence.add", claims, request.user)
    passage = passage_in(request.POST or request.GET, request.user)
    form = _form(request, claim, passage=passage)
    place = passage.place if passage else None
    if _saving(request) and (added := _attempt(form, actions.add, actor=request.user, claim_id=claim.pk, place=place)):
        messages.success(request, _("The evidence stands with its chain."))
        return redirect(added.excerpt or address_of(added))
    return _page(request, claim, form, passage=passage)


@require_http_methods(["GET", "POST"])
def edit(request: DeskRequest, reference: str) -> HttpResponse:
    evidence = _load("evidence.edit", request, reference)
    if evidence.withdrawn_at is not None:
        messages.warning(request, _("This evidence was withdrawn. It stays on record as it was."))
        return redirect(address_of(evidence))
    form = _form(request, evidence.claim, evidence)
    if _saving(request) and _attempt(form, actions.edit, actor=request.user, evidence_id=evidence.pk):
        messages.success(request, _("Corrected. What it was before stays in its history."))
        return redirect(address_of(evidence))
    return _page(request, evidence.claim, form, evidence)


@require_http_methods(["GET", "POST"])
def withdraw(request: DeskRequest, reference: str) -> HttpResponse:
    evidence = _load("evidence.withdraw", request, reference)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid() and attempt(
        form, actions.withdraw, actor=request.user, evidence_id=evidence.pk, reason=form.cleaned_data["reason"]
    ):
        messages.success(request, _("Withdrawn. It stays on record with your reason."))
        return redirect(address_of(evidence))
    context = {"form": form, "evidence": evidence, "claim": evidence.claim, "case": evidence.claim.case}
    sentence = chain_sentence(chain_of(evidence))
    return render(request, "verification/evidence_withdraw.html", context | {"sentence": sentence, "section": "cases"})


def address_of(evidence: Evidence) -> str:
    """Where it stands: on its claim's page."""
    return f"{reverse('claim-detail', args=[evidence.claim.reference])}#evidence-{evidence.pk}"


def _load(act: str, request: DeskRequest, reference: str) -> Evidence:
    found = Evidence.objects.by_reference(reference).select_related("claim__case", "source")
    return load_for(act, found.prefetch_related("hops__source"), request.user)


def _saving(request: DeskRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") == "save"


def _form(
    request: DeskRequest, claim: Claim, evidence: Evidence | None = None, passage: Passage | None = None
) -> EvidenceForm:
    if request.method == "GET" and passage is not None:
        return EvidenceForm.quoting(claim.case, request.user, passage)
    if request.method == "GET":
        return EvidenceForm.begun(claim.case, request.user, evidence)
    read = EvidenceForm.sent if _saving(request) else EvidenceForm.redrawn
    return read(claim.case, request.user, evidence, request.POST)


def _attempt(form: EvidenceForm, action: Any, **values: Any) -> Evidence | None:
    if not form.is_valid():
        return None
    try:
        saved: Evidence = action(**values, **form.values())
        return saved
    except Stale as stale:
        form.stale(stale)
    except ValidationError as refused:
        form.refuse(refused)
    return None


def _page(
    request: DeskRequest,
    claim: Claim,
    form: EvidenceForm,
    evidence: Evidence | None = None,
    passage: Passage | None = None,
) -> HttpResponse:
    about = {"claim": claim, "case": claim.case, "evidence": evidence, "passage": passage}
    context = {"form": form, "action": request.path, "section": "cases", **about}
    template = f"{PAGE}#account" if request.htmx else PAGE
    return render(request, template, context)
