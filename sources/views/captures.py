"""Ask for a capture, follow it while it is made, and the captures of a case."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from newsroom import permits
from newsroom.attempts import attempt
from newsroom.loading import load, load_for
from newsroom.models import Case
from newsroom.requests import DeskRequest
from sources.actions import captures
from sources.forms.captures import CaptureForm
from sources.models import Capture, Source

ROWS = 50


@require_POST
def request_capture(request: DeskRequest, ref: str) -> HttpResponse:
    source = load_for("capture.request", Source.objects.by_reference(ref).select_related("case"), request.user)
    form = CaptureForm(request.POST)
    if form.is_valid():
        asked = attempt(form, captures.request, actor=request.user, source_id=source.pk, url=form.cleaned_data["url"])
        if asked:
            messages.success(request, _("A worker has been asked for it. You can leave this page."))
            return redirect(f"{source.get_absolute_url()}#captures")
    return render(request, "sources/capture_request.html", {"form": form, "source": source, "section": "sources"})


@require_GET
def state(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The state as it is now, for whoever waits: as a row of a list, or on the capture's own page.

    A row is asked for again while the work is under way; the page is loaded anew as soon as there is more to show.
    """
    capture = load(Capture.objects.in_full(), request.user, pk=pk)
    if request.htmx.target == "standing":
        if not capture.is_under_way:
            return HttpResponseClientRefresh()
        return render(request, "sources/_capture_standing.html", {"capture": capture})
    return render(request, "sources/_capture_row.html", {"capture": capture})


@require_GET
def of_case(request: DeskRequest, slug: str) -> HttpResponse:
    case = load(Case.objects, request.user, slug=slug)
    rows = Capture.objects.visible_to(request.user).filter(case=case).in_full()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    may_edit = permits.allows(request.user, "case.edit", case)
    context = {"case": case, "page": page, "section": "cases", "face": "captures", "may_edit": may_edit}
    return render(request, "sources/capture_list.html", context)
