"""The history of a source, without the acts in cases the reader may not know of."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from newsroom.loading import load
from newsroom.requests import DeskRequest
from newsroom.views.record import record
from sources.models import Source
from sources.queries.record import acts_on


@require_GET
def of_source(request: DeskRequest, ref: str) -> HttpResponse:
    source = load(Source.objects.by_reference(ref).select_related("case"), request.user)
    context = record(request, acts_on(source, request.user), about=source)
    context |= {"source": source, "section": "sources"}
    return render(request, "sources/source_history.html", context)
