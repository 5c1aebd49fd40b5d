"""The archived text of a capture, to be read and quoted from: a passage becomes evidence where it stands."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from newsroom.loading import load, load_for
from newsroom.models import Case
from newsroom.requests import DeskRequest
from sources.domain.selecting import Selected, looked_for, selected
from sources.domain.texts import BESIDES, has_besides
from sources.models import Capture
from sources.views.playing import framed
from verification.forms.binding import BindForm
from verification.forms.claim import ClaimForm
from verification.forms.evidence import EvidenceForm
from verification.forms.reader import ReaderForm
from verification.models import Claim, Evidence
from verification.passages import Passage
from verification.queries import reader
from verification.queries.quotable import cases_for, claims_in
from verification.views.claim_forms import beginning


@require_GET
def read(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Selecting a passage asks for this page again, with what can be made of the passage beside the text."""
    capture = load(Capture.objects.in_full(), request.user, pk=pk)
    asked = ReaderForm(request.GET)
    wanted = asked.understood()
    text = reader.text_of(capture)
    chosen = _chosen(text, wanted)
    context: dict[str, Any] = {
        "capture": capture,
        "length": len(text),
        "besides": BESIDES if has_besides(text) else "",
        "form": asked,
        "wanted": wanted,
        "chosen": chosen,
        "looked_for": bool(wanted["quote"] or wanted["words"] or wanted["start"] is not None),
        "reading": reader.read(capture, text, request.user, page=wanted["page"] or "", at=wanted["at"], chosen=chosen),
        "cases": cases_for(request.user, capture),
        **framed(request, capture),
        "section": "sources",
    }
    if chosen is not None:
        context |= _making(request, Passage(capture, chosen), context["cases"], wanted)
    return render(request, "verification/reader.html", context)


def _chosen(text: str, wanted: dict[str, Any]) -> Selected | None:
    if wanted["quote"]:
        return looked_for(text, wanted["quote"], near=wanted["at"] or 0)
    if wanted["start"] is None or wanted["end"] is None:
        return None
    return selected(text, wanted["start"], wanted["end"], wanted["words"] or "")


def _making(request: DeskRequest, passage: Passage, cases: list[Case], wanted: dict[str, Any]) -> dict[str, Any]:
    """What the passage can become: the place of a quotation on record, evidence for a claim, a new claim; or else the
    claims there are to choose from."""
    made: dict[str, Any] = {"passage": passage}
    if wanted["evidence"]:
        accounts = Evidence.objects.by_reference(wanted["evidence"]).standing().select_related("claim__case")
        evidence = load_for("evidence.bind", accounts.filter(claim__case__in=cases), request.user)
        made["bound"] = evidence
        made["bind_form"] = BindForm.at(passage.place, evidence)
    elif wanted["claim"]:
        claims = Claim.objects.by_reference(wanted["claim"]).select_related("case")
        claim = load_for("evidence.add", claims.filter(case__in=cases), request.user)
        made["claim"] = claim
        made["evidence_form"] = EvidenceForm.quoting(claim.case, request.user, passage)
        made["action"] = reverse("evidence-add", args=[claim.reference])
    elif wanted["new"]:
        case = next((case for case in cases if case.slug == wanted["new"]), None)
        if case is None:
            raise Http404
        made["case"] = case
        made["claim_form"] = ClaimForm(user=request.user, case=case, initial=beginning(case, passage))
        made["action"] = reverse("claim-create", args=[case.slug])
    else:
        made["claims"] = claims_in(cases, wanted["q"] or "")
    return made
