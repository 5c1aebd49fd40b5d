"""The ledger: what was signed and when, to take away; and whether everything still fits."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from audit.models import Checkpoint, VerificationRun
from audit.verifying.findings import Finding
from audit.verifying.remarks import Remark
from audit.wording.findings import sentence
from audit.wording.remarks import remark_sentence
from newsroom import permits
from newsroom.actions import ledger as actions
from newsroom.queries.ledger import ledger
from newsroom.queries.places import places
from newsroom.requests import DeskRequest


@require_http_methods(["GET", "POST"])
def overview(request: DeskRequest) -> HttpResponse:
    if request.method == "POST":
        return redirect("ledger-verification", actions.verify(actor=request.user).pk)
    named = permits.allows(request.user, "ledger.places")
    context = {"ledger": ledger(request.GET.get("page")), "named": named, "section": "history"}
    return render(request, "newsroom/ledger.html", context)


@require_GET
def verification(request: DeskRequest, pk: int) -> HttpResponse:
    """Asked for again by itself while it is under way, and loaded anew once it is not."""
    run = VerificationRun.objects.select_related("asked_by").filter(pk=pk).first()
    if run is None:
        raise Http404
    if request.htmx and not run.is_under_way:
        return HttpResponseClientRefresh()
    findings = [Finding.read(said) for said in run.report["findings"]] if run.report else []
    where = places(findings, request.user)
    named = permits.allows(request.user, "ledger.places")
    told = [(finding, sentence(finding, named=named), where.get(finding)) for finding in findings]
    more = sum(run.report["counts"].values()) - len(told) if run.report else 0
    remarks = [remark_sentence(Remark.read(said)) for said in run.report.get("remarks", ())] if run.report else []
    context = {"run": run, "findings": told, "more": more, "remarks": remarks, "section": "history"}
    template = "newsroom/_verification.html" if request.htmx else "newsroom/ledger_verification.html"
    return render(request, template, context)


@require_GET
def checkpoint(request: DeskRequest, size: int) -> HttpResponse:
    """The signed note, letter by letter, to be kept where nobody here can reach it."""
    made = Checkpoint.objects.filter(pk=size).first()
    if made is None:
        raise Http404
    answer = HttpResponse(made.note, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"checkpoint-{made.size}.txt") or ""
    return answer
