"""All sources one may see, and those of one case."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from newsroom import permits
from newsroom.loading import load
from newsroom.models import Case
from newsroom.requests import DeskRequest
from sources.forms.listing import SourceFilterForm
from sources.models import Source
from sources.queries.listing import Wanted, table

PER_PAGE = 50


@require_GET
def listing(request: DeskRequest) -> HttpResponse:
    return _table(request, None)


@require_GET
def of_case(request: DeskRequest, slug: str) -> HttpResponse:
    return _table(request, load(Case.objects, request.user, slug=slug))


def _table(request: DeskRequest, case: Case | None) -> HttpResponse:
    filters = SourceFilterForm(request.GET, request.user, case)
    wanted = filters.wanted()
    context = {
        "case": case,
        "filters": filters,
        "active": wanted != Wanted(case=case.slug if case else ""),
        "page": Paginator(table(request.user, wanted), PER_PAGE).get_page(request.GET.get("page")),
        "may_create": permits.allows(request.user, "source.create", Source(case=case)),
        "section": "cases" if case else "sources",
        "face": "sources",
        "may_edit": case is not None and permits.allows(request.user, "case.edit", case),
    }
    return render(request, "sources/source_list.html", context)
