"""The history of a source and of a capture, without the acts in cases the reader may not know of."""

import uuid

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from newsroom.loading import load
from newsroom.requests import DeskRequest
from newsroom.views.record import Record, answer
from sources.models import Capture, Source
from sources.queries.record import acts_on, acts_on_capture

reading = require_http_methods(["GET", "POST"])


@reading
def of_source(request: DeskRequest, ref: str) -> HttpResponseBase:
    found = Source.objects.by_reference(ref).select_related("case").prefetch_related("case__memberships")
    source = load(found, request.user)
    record = Record(acts_on(source, request.user), source.reference, source, source.case)
    return answer(request, "sources/source_history.html", record, {"source": source, "section": "sources"})


@reading
def of_capture(request: DeskRequest, pk: uuid.UUID) -> HttpResponseBase:
    capture = load(Capture.objects.in_full(), request.user, pk=pk)
    record = Record(acts_on_capture(capture, request.user), f"capture-{capture.pk}", capture, capture.case)
    context = {"capture": capture, "source": capture.source, "section": "sources"}
    return answer(request, "sources/capture_history.html", record, context)
