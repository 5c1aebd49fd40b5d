"""What plays a capture on our pages, and under which address. Only ever in a frame of the replay origin."""

from enum import StrEnum
from typing import Any

from django.utils.translation import get_language

from newsroom.requests import DeskRequest
from sources.archiving.media import is_html, is_image, is_pdf
from sources.domain.uploads import FileKind
from sources.models import Capture, CaptureEngine
from sources.replay.addresses import Ticket, address, file_address


class Player(StrEnum):
    PAGE = "page"  # ReplayWeb.page
    DOCUMENT = "document"
    PICTURE = "picture"
    SAVED = "saved"  # the browser itself, without scripts


def player_of(capture: Capture) -> Player | None:
    """Pages, and what there is a player of ours for. Of what else is no page, scripts could show nothing."""
    if not capture.is_kept or not (capture.wacz_digest or capture.engine == CaptureEngine.UPLOAD):
        return None
    if is_pdf(capture.media_type):
        return Player.DOCUMENT
    if is_image(capture.media_type):
        return Player.PICTURE
    if capture.media_type == FileKind.HTML and not capture.wacz_digest:
        return Player.SAVED
    is_page = not capture.media_type or is_html(capture.media_type) or capture.media_type == FileKind.WACZ
    return Player.PAGE if is_page and capture.wacz_digest else None


def framed(request: DeskRequest, capture: Capture) -> dict[str, Any]:
    """What `sources/_replay_frame.html` takes."""
    player = player_of(capture)
    return {
        "replay": replay_address(request, capture),
        "document": player is Player.DOCUMENT,
        "saved": player is Player.SAVED,
    }


def replay_address(request: DeskRequest, capture: Capture) -> str:
    """Signed for this page and a few minutes: whoever is here was let in when the capture was loaded. Or empty."""
    player = player_of(capture)
    if player is None:
        return ""
    ours, language = request.build_absolute_uri("/").removesuffix("/"), get_language() or ""
    if not capture.wacz_digest:
        return file_address(Ticket(capture.upload.file_digest, framed_by=ours, language=language), player)
    ticket = Ticket(capture.wacz_digest, framed_by=ours, language=language)
    at = capture.captured_at or capture.requested_at
    if player is not Player.PAGE:
        return file_address(ticket, player, capture.final_url or capture.requested_url, at)
    # A WACZ that was made elsewhere holds its page under the address, and as of the time, that it says itself.
    is_ours = capture.engine != CaptureEngine.UPLOAD
    return address(ticket, _asked_first(capture) if is_ours else capture.final_url, at)


def _asked_first(capture: Capture) -> str:
    """As it went out and was recorded: `{` was typed, perhaps, and `%7B` asked for."""
    return str(capture.exchanges[0]["url"] if capture.exchanges else capture.requested_url)
