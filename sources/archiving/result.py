"""What a capture gives back, by whichever engine it was made."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from sources.archiving.exchange import Exchange
from sources.archiving.pieces import Body
from sources.domain.captures import CaptureState, Handling, Missing, Reason

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
    author: str = ""  # as the page says, like the date of its publication
    published: str = ""
    text_digest: str = ""  # of the text in UTF-8
    body_digest: str = ""  # of the final body as sent, still compressed
    wacz: bytes = b""
    wacz_digest: str = ""
    wacz_bodies: tuple[Body, ...] = ()  # the runs of `wacz` that other captures may hold too
    engine: str = "http"
    engine_version: str = ""
    viewport: bytes = b""  # pictures are JPEG
    viewport_digest: str = ""
    fullpage: bytes = b""
    fullpage_digest: str = ""
    missing: tuple[Missing, ...] = ()  # what the page asked for and did not get
    handling: tuple[Handling, ...] = ()  # what was done to the page, in order
    banner: str = ""  # the rule by which its consent banner was known

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
