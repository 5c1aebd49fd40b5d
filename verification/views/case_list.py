"""The cases a person may know of, with how far their claims are."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from newsroom import permits
from newsroom.models import Case
from newsroom.requests import DeskRequest
from verification.models import ClaimState

PER_PAGE = 25
SETTLED = [ClaimState.DECIDED, ClaimState.PUBLISHED, ClaimState.CLOSED]


@require_GET
def listing(request: DeskRequest) -> HttpResponse:
    cases = (
        Case.objects.visible_to(request.user)
        .select_related("policy", "created_by")
        .annotate(claim_count=Count("claims"), settled_count=Count("claims", filter=Q(claims__state__in=SETTLED)))
        .order_by("-created_at", "-id")
    )
    page = Paginator(cases, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_create": permits.allows(request.user, "case.create"), "section": "cases"}
    return render(request, "verification/case_list.html", context)
