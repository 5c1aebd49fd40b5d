"""The HTTP engine: one URL in, one capture out, whatever the other side does.

How a capture ends:

- SUCCEEDED: the server answered 2xx, its whole body was kept, and where it is text, the text was read whole.
- PARTIAL: something was kept and `reason` says what is missing: the connection broke in the middle of the body, or
  the copy is whole but its text could not be read (damaged, too long, none to see without running the page's
  scripts).
- FAILED: there is no page. Refused, unreachable, or beyond a limit of ours: nothing is kept. An answer that is no 2xx
  is a failure too, since what the claim leans on is not in it; the answer itself is kept in the WACZ, because "404 on
  that day" is a fact worth having, but without a title or text that could be taken for the page's.
"""

import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from sources.archiving import wacz
from sources.archiving.blobs import digest_of
from sources.archiving.decoding import decoded
from sources.archiving.extract import Extracted, extract, has_text
from sources.archiving.fetch import Exchange, Fetched, fetch
from sources.archiving.guard import Guard, Resolver, resolve_by_system
from sources.archiving.limits import Limits
from sources.domain.captures import CaptureState, Reason, UnableToFetch

_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}(?=\s*(?:;|$))")
ENGINE = "http"
ENGINE_VERSION = "1"
MOST_SECONDS = 3600  # that a server may make us wait


@dataclass(frozen=True, slots=True)
class CaptureResult:
    """A finished capture. Digests are written `sha256:<hex>`; sizes are bytes; empty where there is nothing to tell."""

    state: CaptureState
    url: str
    captured_at: datetime
    reason: Reason | None = None
    detail: str = ""  # plain English for the desk, beside the reason
    final_url: str = ""
    redirects: tuple[str, ...] = ()  # the URLs before the final one, in order
    exchanges: tuple[Exchange, ...] = ()
    http_status: int | None = None
    media_type: str = ""
    title: str = ""
    text: str = ""
    language: str = ""  # primary subtag: ar, en
    text_digest: str = ""  # of the text in UTF-8
    body_digest: str = ""  # of the final body as sent, still compressed
    wacz: bytes = b""
    wacz_digest: str = ""
    engine: str = ENGINE
    engine_version: str = ENGINE_VERSION

    @property
    def bytes(self) -> int:
        return len(self.wacz)

    @property
    def retry_after(self) -> timedelta:
        """How long the server wants to be left alone (RFC 9110, 10.2.3); nothing where it does not say, or not so."""
        said = (self.exchanges[-1].header("retry-after") or "").strip() if self.exchanges else ""
        if said.isascii() and said.isdigit():
            return timedelta(seconds=min(int(said[:9]), MOST_SECONDS))
        try:
            wait = parsedate_to_datetime(said).astimezone(UTC) - self.captured_at
        except (ValueError, OverflowError):
            return timedelta()
        return min(max(wait, timedelta()), timedelta(seconds=MOST_SECONDS))


def now() -> datetime:
    return datetime.now(UTC)


def capture(
    url: str,
    *,
    limits: Limits | None = None,
    allow: frozenset[tuple[str, int]] = frozenset(),
    clock: Callable[[], datetime] = now,
    resolve: Resolver = resolve_by_system,
    tls: ssl.SSLContext | None = None,
    sign: wacz.Sign | None = None,
) -> CaptureResult:
    """Capture `url`. Never raises over anything the URL or its server do; takes at most the limits' time.

    `allow` names the pairs of address and port that are open although not public (guard.read_exceptions).
    """
    limits = limits or Limits()
    captured_at = clock()
    try:
        fetched = fetch(url, Guard(limits, allow, resolve), clock=clock, tls=tls)
        body = _body(fetched.final, limits)
    except UnableToFetch as unable:
        return CaptureResult(
            CaptureState.FAILED, url, captured_at, unable.reason, unable.detail, redirects=unable.redirects
        )
    return _packed(url, captured_at, fetched, _read(fetched.final, body, limits), sign)


@dataclass(frozen=True, slots=True)
class _Body:
    """The final body as its author wrote it, or why it could not be unpacked."""

    data: bytes = b""
    reason: Reason | None = None


def _body(final: Exchange, limits: Limits) -> _Body:
    try:
        return _Body(decoded(final.body, final.header("content-encoding") or "", limits.decompressed_bytes))
    except UnableToFetch as unable:
        if unable.reason is Reason.DECOMPRESSED_TOO_LARGE:
            raise
        return _Body(reason=final.cut or unable.reason)


def _read(final: Exchange, body: _Body, limits: Limits) -> Extracted:
    if not 200 <= final.status < 300:
        return Extracted(reason=_http_reason(final.status))
    if body.reason:
        return Extracted(reason=body.reason)
    content_type = final.header("content-type") or _guessed(body.data)
    if not has_text(_media_type(content_type)):
        return Extracted(reason=final.cut)
    extracted = extract(body.data, content_type, limits)
    if final.cut:
        return Extracted(extracted.title, extracted.text, extracted.language, final.cut)
    return extracted


def _packed(
    url: str, captured_at: datetime, fetched: Fetched, extracted: Extracted, sign: wacz.Sign | None
) -> CaptureResult:
    final = fetched.final
    packed = wacz.pack(
        fetched.exchanges,
        title=extracted.title,
        text=extracted.text,
        software=f"Isnad {ENGINE} engine {ENGINE_VERSION}",
        at=captured_at,
        sign=sign,
    )
    return CaptureResult(
        state=_state(final, extracted.reason),
        url=url,
        captured_at=captured_at,
        reason=extracted.reason,
        detail=f"HTTP status {final.status}" if not 200 <= final.status < 300 else "",
        final_url=final.url,
        redirects=fetched.redirects,
        exchanges=fetched.exchanges,
        http_status=final.status,
        media_type=_media_type(final.header("content-type") or _guessed(final.body)),
        title=extracted.title,
        text=extracted.text,
        language=extracted.language,
        text_digest=digest_of(extracted.text.encode()) if extracted.text else "",
        body_digest=digest_of(final.body),
        wacz=packed,
        wacz_digest=digest_of(packed),
    )


def _state(final: Exchange, reason: Reason | None) -> CaptureState:
    if not 200 <= final.status < 300:
        return CaptureState.FAILED
    return CaptureState.PARTIAL if reason else CaptureState.SUCCEEDED


def _http_reason(status: int) -> Reason:
    if status == 429:
        return Reason.HTTP_RATE_LIMITED
    if status >= 500:
        return Reason.HTTP_SERVER_ERROR
    # A redirect that leads nowhere is no answer either.
    return Reason.HTTP_CLIENT_ERROR if status >= 400 else Reason.BAD_RESPONSE


def _media_type(content_type: str) -> str:
    """Type and subtype without parameters; empty where the header holds no such thing."""
    match = _MEDIA_TYPE.match(content_type.strip().lower())
    return match[0] if match else ""


def _guessed(data: bytes) -> str:
    """For a server that does not say: markup is HTML, what has zero bytes is no text, the rest is."""
    start = data[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<p", b"<div")):
        return "text/html"
    return "application/octet-stream" if b"\0" in data[:1024] else "text/plain"
