"""What came of a capture, one face at a time: the page as it was, its picture, its text, and how it was fetched."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from newsroom import permits
from newsroom.loading import load
from newsroom.requests import DeskRequest
from newsroom.wording.languages import language_name
from sources import services
from sources.domain.reading import pieces
from sources.domain.texts import BESIDES, has_besides
from sources.models import Capture, CapturedText
from sources.queries.captures import beside
from sources.queries.proofs import proofs_of
from sources.queries.watched import looked_for_in
from sources.views.playing import Player, framed, player_of, replay_address
from sources.wording.exchanges import exchanges, missing

PIECES = 60  # of text on a page of it
ROWS = 100  # of what was fetched


@require_GET
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    capture = load(Capture.objects.in_full(), request.user, pk=pk)
    parts = parts_of(capture)
    part = request.GET.get("part", "")
    if part not in parts:
        part = parts[0] if parts else ""
    context = {
        "capture": capture,
        "parts": parts,
        "part": part,
        "language": language_name(capture.language) if capture.language else "",
        "others": beside(request.user, capture),
        "looked_for": looked_for_in(request.user, capture),
        "may_capture": capture.source is not None and permits.allows(request.user, "capture.request", capture.source),
        "proofs": proofs_of(capture),
        "may_stamp": permits.allows(request.user, "stamp.ask", capture),
        "may_copy": permits.allows(request.user, "capture.copy", capture),
        "may_save": services.can_ask_for_copies(),
        "section": "sources",
        **(FACES[part](request, capture) if part else {}),
    }
    return render(request, "sources/capture_detail.html", context)


def parts_of(capture: Capture) -> list[str]:
    """The faces this capture has, the one that is shown first being the first."""
    player = player_of(capture)
    has = {
        "replay": player in (Player.PAGE, Player.DOCUMENT, Player.SAVED),
        "picture": bool(player is Player.PICTURE or capture.viewport_digest or capture.fullpage_digest),
        "text": bool(capture.text_digest),
        "fetched": bool(capture.exchanges or capture.missing or capture.redirects),
    }
    return [part for part, there in has.items() if there]


def _replay(request: DeskRequest, capture: Capture) -> dict[str, Any]:
    return framed(request, capture)


def _picture(request: DeskRequest, capture: Capture) -> dict[str, Any]:
    """Those that a browser took of a page, or what was captured, where it is one."""
    return {"replay": replay_address(request, capture) if player_of(capture) is Player.PICTURE else ""}


def _text(request: DeskRequest, capture: Capture) -> dict[str, Any]:
    text = CapturedText.objects.filter(pk=capture.pk).values_list("text", flat=True).first() or ""
    page = Paginator(pieces(text), PIECES).get_page(request.GET.get("page"))
    return {"page": page, "length": len(text), "besides": BESIDES if has_besides(text) else ""}


def _fetched(request: DeskRequest, capture: Capture) -> dict[str, Any]:
    rows = [*missing(capture.missing), *exchanges(capture.exchanges)]
    return {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "answers": len(capture.exchanges),
    }


FACES: dict[str, Callable[[DeskRequest, Capture], dict[str, Any]]] = {
    "replay": _replay,
    "picture": _picture,
    "text": _text,
    "fetched": _fetched,
}
