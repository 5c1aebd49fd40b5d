"""A case: its claims side by side."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from newsroom import permits
from newsroom.loading import load
from newsroom.models import Case
from newsroom.requests import DeskRequest
from verification.forms.case_claims import ClaimFilterForm
from verification.places import on_cases
from verification.queries.case_claims import found, recounting, rows_of

PER_PAGE = 50


@require_GET
def detail(request: DeskRequest, slug: str) -> HttpResponse:
    cases = Case.objects.select_related("policy").prefetch_related("memberships")
    case = load(cases, request.user, slug=slug)
    under_way = recounting(case)
    if request.headers.get("HX-Target") == "recounting":
        return render(request, "verification/case_detail.html#recounting", {"case": case, "recounting": under_way})
    filters = ClaimFilterForm(request.GET, case)
    wanted = filters.wanted()
    page = Paginator(found(case, wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "cases",
        "face": "claims",
        "case": case,
        "filters": filters,
        "wanted": wanted,
        "page": page,
        "rows": rows_of(page.object_list),
        "now": timezone.now(),
        "recounting": under_way,
        "panels": on_cases.of(request.user, case),
        "may_write": permits.allows(request.user, "claim.create", case),
        "may_edit": permits.allows(request.user, "case.edit", case),
    }
    return render(request, "verification/case_detail.html", context)
