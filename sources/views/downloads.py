"""The files of a capture, handed out as files: never shown, never run, and only when they are what was captured."""

import logging
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from audit.stamps.states import StampKind
from newsroom.loading import load
from newsroom.requests import DeskRequest
from sources import archive
from sources.archiving.blobs import BlobAltered, BlobMissing, digest_of
from sources.models import Capture, CapturedText

log = logging.getLogger(__name__)


@require_GET
def wacz(request: DeskRequest, pk: UUID) -> HttpResponse:
    capture = load(Capture.objects.in_full(), request.user, pk=pk)
    if not capture.wacz_digest:
        raise Http404
    try:
        data = archive.store().get(capture.wacz_digest)
    except (BlobMissing, BlobAltered) as damage:
        return damaged(request, capture, damage)
    return _file(data, "application/wacz+zip", f"{file_name(capture)}.wacz")


@require_GET
def text(request: DeskRequest, pk: UUID) -> HttpResponse:
    capture = load(Capture.objects.in_full(), request.user, pk=pk)
    kept = CapturedText.objects.filter(pk=capture.pk).first()
    if kept is None:
        raise Http404
    data = kept.text.encode()
    if digest_of(data) != capture.text_digest:
        return damaged(request, capture, BlobAltered(capture.text_digest))
    return _file(data, "text/plain; charset=utf-8", f"{file_name(capture)}.txt")


@require_GET
def picture(request: DeskRequest, pk: UUID, which: str) -> HttpResponse:
    """A picture of the page, `viewport` or `fullpage`: shown in our pages, and a file everywhere else."""
    capture = load(Capture.objects.in_full(), request.user, pk=pk)
    digest = {"viewport": capture.viewport_digest, "fullpage": capture.fullpage_digest}.get(which)
    if not digest:
        raise Http404
    try:
        data = archive.store().get(digest)
    except (BlobMissing, BlobAltered) as damage:
        return damaged(request, capture, damage)
    return _file(data, "image/jpeg", f"{file_name(capture)}-{which}.jpg")


@require_GET
def stamp(request: DeskRequest, pk: UUID, stamp: int) -> HttpResponse:
    """A receipt, as the programs read it that check it without us: `openssl ts -verify`, `ots verify`."""
    capture = load(Capture.objects.in_full(), request.user, pk=pk)
    kept = capture.stamps.filter(pk=stamp).exclude(receipt=b"").first()
    if kept is None:
        raise Http404
    is_token = kept.kind == StampKind.RFC3161
    media_type, ending = ("application/timestamp-reply", "tsr") if is_token else ("application/octet-stream", "ots")
    return _file(bytes(kept.receipt), media_type, f"{file_name(capture)}-{kept.who}.{ending}")


def file_name(capture: Capture) -> str:
    """Where from, when, which: `example.org-20261123T120500Z-1a2b3c4d`, and `-refused-404` for what is no page."""
    host = urlsplit(capture.final_url).hostname or "capture"
    at = f"{capture.captured_at:%Y%m%dT%H%M%SZ}" if capture.captured_at else "undated"
    refused = "" if capture.is_kept else f"-refused-{capture.http_status}"
    return f"{host.replace(':', '_')}-{at}-{capture.wacz_digest.partition(':')[2][:8]}{refused}"


def _file(data: bytes, media_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {
        "Content-Disposition": disposition or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(data, content_type=media_type, headers=headers)


def damaged(request: DeskRequest, capture: Capture, damage: Exception) -> HttpResponse:
    missing = isinstance(damage, BlobMissing)
    log.error("The archive's file of capture %s is %s.", capture.pk, "missing" if missing else "altered")
    context = {"capture": capture, "missing": missing, "section": "sources"}
    return render(request, "sources/capture_damaged.html", context, status=HTTPStatus.INTERNAL_SERVER_ERROR)
