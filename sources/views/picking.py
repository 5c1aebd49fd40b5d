"""What a picker offers while somebody writes: `?case=<slug>&q=<words>`."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from newsroom import permits
from newsroom.loading import load
from newsroom.models import Case
from newsroom.requests import DeskRequest
from sources.models import Source
from sources.queries.picking import LONGEST, offered


@require_GET
def pick(request: DeskRequest) -> HttpResponse:
    """Without a case: the newsroom's own sources. `name` is the id of the field that asks; its options carry it."""
    slug = request.GET.get("case", "")
    case = load(Case.objects, request.user, slug=slug) if slug else None
    words = request.GET.get("q", "").strip()[:LONGEST]
    context = {
        "found": offered(request.user, case, words),
        "words": words,
        "prefix": request.GET.get("name", ""),
        "may_create": permits.allows(request.user, "source.create", Source(case=case)),
    }
    return render(request, "sources/pick.html", context)
