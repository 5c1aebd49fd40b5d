"""Ask for a capture, follow it while it is made, and read what came of it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from newsroom import permits
from newsroom.attempts import attempt
from newsroom.loading import load, load_for
from newsroom.models import Case
from newsroom.requests import DeskRequest
from newsroom.wording.languages import language_name
from sources import services
from sources.actions import captures
from sources.domain.reading import pieces
from sources.forms.captures import CaptureForm
from sources.models import Capture, CapturedText, Source
from sources.queries.captures import beside
from sources.queries.proofs import proofs_of
from sources.queries.watched import sightings_in
from sources.replay.addresses import Ticket, address
from sources.wording.exchanges import exchanges

PER_PAGE = 60  # pieces of text
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
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    capture = load(Capture.objects.in_full(), request.user, pk=pk)
    text = CapturedText.objects.filter(pk=capture.pk).values_list("text", flat=True).first() or ""
    context = {
        "capture": capture,
        "exchanges": exchanges(capture.exchanges),
        "language": language_name(capture.language) if capture.language else "",
        "page": Paginator(pieces(text), PER_PAGE).get_page(request.GET.get("page")),
        "length": len(text),
        "others": beside(request.user, capture),
        "sightings": sightings_in(request.user, capture),
        "may_capture": capture.source is not None and permits.allows(request.user, "capture.request", capture.source),
        "proofs": proofs_of(capture),
        "may_copy": permits.allows(request.user, "capture.copy", capture),
        "may_save": services.can_ask_for_copies(),
        "section": "sources",
        "replay": _replay_address(request, capture),
    }
    return render(request, "sources/capture_detail.html", context)


def _replay_address(request: DeskRequest, capture: Capture) -> str:
    """Signed for this page and a few minutes: whoever is here was let in by `load`."""
    if not (capture.is_kept and capture.wacz_digest and capture.captured_at):
        return ""
    ours = request.build_absolute_uri("/").removesuffix("/")
    ticket = Ticket(capture.wacz_digest, framed_by=ours, language=get_language() or "")
    return address(ticket, capture.requested_url, capture.captured_at)


@require_GET
def of_case(request: DeskRequest, slug: str) -> HttpResponse:
    case = load(Case.objects, request.user, slug=slug)
    rows = Capture.objects.visible_to(request.user).filter(case=case).in_full()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    may_edit = permits.allows(request.user, "case.edit", case)
    context = {"case": case, "page": page, "section": "cases", "face": "captures", "may_edit": may_edit}
    return render(request, "sources/capture_list.html", context)
