"""Two captures beside each other."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from newsroom.loading import load
from newsroom.requests import DeskRequest
from sources.models import Capture
from sources.queries.comparing import pair
from sources.wording.comparing import facts


@require_GET
def compare(request: DeskRequest, pk: UUID, other: UUID) -> HttpResponse:
    if pk == other:
        raise Http404
    two = pair(*(load(Capture.objects.in_full(), request.user, pk=each) for each in (pk, other)))
    context = {"pair": two, "facts": facts(two), "capture": two.later, "section": "sources"}
    return render(request, "sources/capture_compared.html", context)
