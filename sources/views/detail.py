"""A source: who or what it is, how it is graded, what stands behind it, what it carried."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from newsroom import permits
from newsroom.loading import load
from newsroom.requests import DeskRequest
from newsroom.wording.languages import language_name
from sources.forms.captures import CaptureForm
from sources.forms.relations import AffiliateForm, AssessForm, DeriveForm
from sources.models import Source, SourceKind
from sources.panels import on_sources
from sources.queries.detail import profile_of
from sources.queries.watched import watched
from sources.wording.names import name_of

MAY = {
    "edit": "source.edit",
    "share": "source.share",
    "assess": "source.assess",
    "relate": "source.relate",
    "request": "capture.request",
    "upload": "capture.upload",
    "start_watch": "watch.start",
    "change_watch": "watch.change",
}


@require_GET
def detail(request: DeskRequest, ref: str) -> HttpResponse:
    found = Source.objects.by_reference(ref).select_related("case", "publisher", "created_by")
    source = load(found.prefetch_related("case__memberships"), request.user)
    context = {
        "source": source,
        "is_work": SourceKind(source.kind).is_work,
        "profile": profile_of(request.user, source),
        "other_names": [name for name in source.names if name != name_of(source)],
        "language": language_name(source.language),
        "watched": watched(request.user, source),
        "panels": on_sources.of(request.user, source),
        "may": {name: permits.allows(request.user, act, source) for name, act in MAY.items()},
        "capture_form": CaptureForm(),
        "assess_form": AssessForm(),
        "affiliate_form": AffiliateForm(user=request.user, source=source, prefix="affiliate"),
        "derive_form": DeriveForm(user=request.user, source=source, prefix="derive"),
        "section": "sources",
    }
    return render(request, "sources/source_detail.html", context)
