"""A capture out of one answer and the redirects that led to it, kept as they came.

How a capture ends:

- SUCCEEDED: the server answered 2xx, its whole body was kept, and where it is text, the text was read whole.
- PARTIAL: something was kept and `reason` says what is missing: the connection broke in the middle of the body, or
  the copy is whole but its text could not be read (damaged, too long, none to see without running the page's
  scripts).
- FAILED: there is no page. Refused, unreachable, or beyond a limit of ours: nothing is kept. An answer that is no 2xx
  is a failure too, since what the claim leans on is not in it; the answer itself is kept in the WACZ, because "404 on
  that day" is a fact worth having, but without a title or text that could be taken for the page's. So is a page that
  stands in front of the one that was asked for.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sources.archiving import wacz
from sources.archiving.blobs import digest_of
from sources.archiving.decoding import decoded
from sources.archiving.exchange import Exchange
from sources.archiving.extract import Extracted, extract
from sources.archiving.fetch import Fetched
from sources.archiving.limits import Limits
from sources.archiving.media import guessed, has_text, media_type
from sources.archiving.result import CaptureResult
from sources.archiving.walls import stands_there_instead
from sources.domain.captures import CaptureState, Handling, Reason, UnableToFetch
from sources.domain.details import Detail, Said


def as_it_came(
    url: str,
    captured_at: datetime,
    fetched: Fetched,
    limits: Limits,
    *,
    engine: str,
    engine_version: str,
    handling: tuple[Handling, ...] = (),
    sign: wacz.Sign | None = None,
) -> CaptureResult:
    """Raises UnableToFetch for a body that would grow too large when unpacked."""
    final = fetched.final
    extracted = read(final, limits)
    packed = wacz.pack(
        fetched.exchanges,
        title=extracted.title,
        text=extracted.text,
        software=f"Isnad {engine} engine {engine_version}",
        at=captured_at,
        sign=sign,
    )
    return CaptureResult(
        state=state_of(final.status, extracted.reason),
        url=url,
        captured_at=captured_at,
        reason=extracted.reason,
        detail="" if is_fine(final.status) else Detail(Said.STATUS, status=final.status),
        final_url=final.url,
        redirects=fetched.redirects,
        exchanges=fetched.exchanges,
        http_status=final.status,
        media_type=media_type(final.header("content-type") or guessed(final.body)),
        title=extracted.title,
        text=extracted.text,
        language=extracted.language,
        author=extracted.author,
        published=extracted.published,
        text_digest=digest_of(extracted.text.encode()) if extracted.text else "",
        body_digest=digest_of(final.body),
        wacz=packed.data,
        wacz_digest=digest_of(packed.data),
        wacz_bodies=packed.bodies,
        engine=engine,
        engine_version=engine_version,
        handling=handling,
    )


def read(final: Exchange, limits: Limits) -> Extracted:
    """Title and text, or why there are none. Raises UnableToFetch for a body that would grow too large."""
    body = _unpacked(final, limits)
    if not is_fine(final.status):
        return Extracted(reason=stands_there_instead(final, body.data) or http_reason(final.status))
    if body.reason:
        return Extracted(reason=body.reason)
    content_type = final.header("content-type") or guessed(body.data)
    if not has_text(media_type(content_type)):
        return Extracted(reason=final.cut)
    if instead := stands_there_instead(final, body.data):
        return Extracted(reason=instead)
    extracted = extract(body.data, content_type, limits)
    if final.cut:
        return replace(extracted, reason=final.cut)
    return extracted


def challenges(final: Exchange, limits: Limits) -> bool:
    """Whether it is a check for robots and not the page."""
    return stands_there_instead(final, _unpacked(final, limits).data) is not None


@dataclass(frozen=True, slots=True)
class _Body:
    """The final body as its author wrote it, or why it could not be unpacked."""

    data: bytes = b""
    reason: Reason | None = None


def _unpacked(final: Exchange, limits: Limits) -> _Body:
    try:
        return _Body(decoded(final.body, final.header("content-encoding") or "", limits.decompressed_bytes))
    except UnableToFetch as unable:
        if unable.reason is Reason.DECOMPRESSED_TOO_LARGE:
            raise
        return _Body(reason=final.cut or unable.reason)


def is_fine(status: int) -> bool:
    return 200 <= status < 300


def state_of(status: int, reason: Reason | None) -> CaptureState:
    if not is_fine(status) or reason is Reason.CHALLENGE_PAGE:
        return CaptureState.FAILED
    return CaptureState.PARTIAL if reason else CaptureState.SUCCEEDED


def http_reason(status: int) -> Reason:
    if status == 429:
        return Reason.HTTP_RATE_LIMITED
    if status in (401, 403, 407, 451):
        return Reason.HTTP_FORBIDDEN
    if status >= 500:
        return Reason.HTTP_SERVER_ERROR
    # A redirect that leads nowhere is no answer either.
    return Reason.HTTP_CLIENT_ERROR if status >= 400 else Reason.BAD_RESPONSE
