"""The pages of the replay origin, each with a player in it, and the copies that those read."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_safe

from sources import archive
from sources.archiving.blobs import BlobAltered, BlobMissing
from sources.archiving.charsets import is_utf_8_unsaid
from sources.replay import addresses
from sources.replay.headers import Directives, policy
from sources.replay.ranges import part_of

log = logging.getLogger(__name__)

# The player sets styles on its elements and draws data: pictures. It may speak to its own origin and to nobody else;
# and so may, through the frame it makes, the archived page: frame-src holds it inside when it wants to go elsewhere.
VIEWER = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("worker-src", "'self'"),
    ("style-src", "'self' 'unsafe-inline'"),
    ("img-src", "'self' data: blob:"),
    ("font-src", "'self' data:"),
    ("connect-src", "'self' data:"),
    ("frame-src", "'self'"),
    ("base-uri", "'self'"),
    ("form-action", "'none'"),
    ("sandbox", "allow-scripts allow-same-origin"),
)
# PDF.js sets styles through the object model only, and frames nothing: a document has no pages to lead to.
DOCUMENT = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("worker-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "blob: data:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
    ("sandbox", "allow-scripts allow-same-origin"),
)
PICTURE = tuple((name, "blob:" if name == "img-src" else rights) for name, rights in DOCUMENT if name != "font-src")
# A page that somebody saved is shown by the browser itself, with what stands in the file and nothing else: no script
# runs, nothing is fetched, and it has the origin of nobody.
SAVED = (
    ("default-src", "'none'"),
    ("style-src", "'unsafe-inline' data:"),
    ("img-src", "data: blob:"),
    ("media-src", "data:"),
    ("font-src", "data:"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
    ("sandbox", ""),
)
REFUSED = (("default-src", "'none'"), ("style-src", "'self'"), ("sandbox", ""))


@require_GET
def viewer(request: HttpRequest, token: str) -> HttpResponseBase:
    """ReplayWeb.page with one copy in it."""
    source = reverse("replay-copy", args=[token])
    asked = ({"embed": "replayonly"}, {"embed": "replayonly", "source": source})
    return _opened(request, token, partial(_player, request, token, "replay/viewer.html", VIEWER), asked)


@require_GET
def document(request: HttpRequest, token: str) -> HttpResponseBase:
    """PDF.js with one document in it, out of a copy or uploaded: no browser shows a PDF inside a sandbox."""
    return _opened(request, token, partial(_player, request, token, "replay/document.html", DOCUMENT))


@require_GET
def picture(request: HttpRequest, token: str) -> HttpResponseBase:
    """A picture out of a copy, or one that was uploaded."""
    return _opened(request, token, partial(_player, request, token, "replay/picture.html", PICTURE))


@require_GET
def saved(request: HttpRequest, token: str) -> HttpResponseBase:
    """A page saved as HTML that was uploaded: the file itself."""

    def shown(ticket: addresses.Ticket) -> HttpResponseBase:
        # A charset that is said here would count for more than the page's own word.
        store = archive.store()
        media_type = "text/html; charset=utf-8" if is_utf_8_unsaid(store.parts(ticket.digest)) else "text/html"
        answer = part_of(partial(store.open, ticket.digest), request, media_type)
        answer["Content-Security-Policy"] = policy([*SAVED, ("frame-ancestors", ticket.framed_by)])
        return answer

    return _opened(request, token, shown)


def _opened(
    request: HttpRequest,
    token: str,
    shown: Callable[[addresses.Ticket], HttpResponseBase],
    asked: Sequence[dict[str, str]] = ({},),
) -> HttpResponseBase:
    """What is shown of a copy, which is read from end to end before: it is what was captured."""
    try:
        ticket = addresses.read(token, within=addresses.OPENED_WITHIN)
    except addresses.AddressExpired as late:
        return _refused(request, late.ticket, "expired", HTTPStatus.GONE)
    except addresses.AddressInvalid as error:
        raise Http404 from error
    if not _belongs_here(request, ticket):
        raise Http404
    # At the top of a window nobody could keep a page from leading the reader, and what it has read, elsewhere.
    if request.headers.get("Sec-Fetch-Dest", "iframe") != "iframe":
        return _refused(request, ticket, "alone", HTTPStatus.FORBIDDEN)
    if request.GET.dict() not in asked:
        raise Http404
    try:
        archive.store().verify(ticket.digest)
    except (BlobMissing, BlobAltered):
        log.exception("A copy that was asked for is not what was captured.")
        return _refused(request, ticket, "damaged", HTTPStatus.INTERNAL_SERVER_ERROR)
    answer = shown(ticket)
    # Nothing is left from the last time: no index that an archived page may have tampered with, no worker of its own.
    answer["Clear-Site-Data"] = '"storage"'
    return answer


def _player(
    request: HttpRequest, token: str, template: str, directives: Directives, ticket: addresses.Ticket
) -> HttpResponse:
    places = {"source": reverse("replay-copy", args=[token]), "file": reverse("replay-upload", args=[token])}
    return _page(request, ticket, template, places, directives)


@require_safe
def copy(request: HttpRequest, token: str) -> HttpResponseBase:
    """The WACZ, in the parts that the player asks for."""
    return _file(request, token, "application/wacz+zip")


@require_safe
def upload(request: HttpRequest, token: str) -> HttpResponseBase:
    """A file that was uploaded, for a player of ours: here it is never shown by itself, whatever it is."""
    return _file(request, token, "application/octet-stream")


def _file(request: HttpRequest, token: str, media_type: str) -> HttpResponseBase:
    try:
        ticket = addresses.read(token, within=addresses.READ_WITHIN)
    except (addresses.AddressExpired, addresses.AddressInvalid) as error:
        raise Http404 from error
    if not _belongs_here(request, ticket):
        raise Http404
    try:
        answer = part_of(partial(archive.store().open, ticket.digest), request, media_type)
    except (BlobMissing, BlobAltered) as error:
        raise Http404 from error
    answer["Content-Disposition"] = "attachment"
    return answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=HTTPStatus.NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _belongs_here(request: HttpRequest, ticket: addresses.Ticket) -> bool:
    """Whether the copy is played from this origin: a page of another one shall not read it with a borrowed address."""
    return urlsplit(addresses.origin(ticket.digest)).netloc == request.get_host()


def _refused(request: HttpRequest, ticket: addresses.Ticket, why: str, status: HTTPStatus) -> HttpResponse:
    answer = _page(request, ticket, "replay/refused.html", {"why": why}, REFUSED)
    answer.status_code = status
    return answer


def _page(
    request: HttpRequest, ticket: addresses.Ticket, template: str, context: dict[str, str], directives: Directives
) -> HttpResponse:
    with translation.override(ticket.language):
        answer = render(request, template, context)
    answer["Content-Security-Policy"] = policy([*directives, ("frame-ancestors", ticket.framed_by)])
    return answer
