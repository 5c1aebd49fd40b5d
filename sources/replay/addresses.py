"""The address under which one person may open one capture for a short while.

The application, which knows who may see what, signs it; the replay program trusts the signature and nothing else.
`REPLAY_ORIGIN` may hold a `*`: then each capture is played from an origin of its own, and what a page leaves behind in
the browser (or does to the player) can reach no other capture.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.crypto import salted_hmac

OPENED_WITHIN = 5 * 60  # seconds from the signature until the player is loaded
READ_WITHIN = 60 * 60  # and until the last byte of the copy is asked for
QUERY = "embed=replayonly"  # the player without its own bars, which speak English only


class AddressInvalid(Exception):
    """Nobody here signed this."""


class AddressExpired(Exception):
    """It was good once."""

    def __init__(self, ticket: "Ticket") -> None:
        super().__init__(ticket.digest)
        self.ticket = ticket


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is signed. `framed_by`: the origin whose pages may show it. `language`: the reader's, for what we say."""

    digest: str
    framed_by: str
    language: str


def address(ticket: Ticket, url: str, at: datetime) -> str:
    """Where the copy is played, opened at the page `url` as it was at `at`."""
    # What stands behind the # stays in the browser.
    return f"{origin(ticket.digest)}/-/view/{sign(ticket)}/?{QUERY}#{_place(url, at, view='pages')}"


def file_address(ticket: Ticket, player: str, url: str = "", at: datetime | None = None) -> str:
    """Where `player` (document, picture, saved) shows what the copy holds under `url`; without one, the file itself."""
    place = f"#{_place(url, at)}" if at else ""
    return f"{origin(ticket.digest)}/-/{player}/{sign(ticket)}/{place}"


def _place(url: str, at: datetime, **more: str) -> str:
    return urlencode(more | {"url": url, "ts": at.astimezone(UTC).strftime("%Y%m%d%H%M%S")}, quote_via=quote)


def sign(ticket: Ticket) -> str:
    return _signer().sign_object([ticket.digest, ticket.framed_by, ticket.language])


def read(token: str, *, within: int) -> Ticket:
    """Raises AddressInvalid, or AddressExpired more than `within` seconds after it was signed."""
    try:
        ticket = Ticket(*_signer().unsign_object(token))
    except (BadSignature, ValueError, TypeError) as error:
        raise AddressInvalid from error
    try:
        _signer().unsign(token, max_age=within)
    except SignatureExpired as error:
        raise AddressExpired(ticket) from error
    return ticket


def origin(digest: str) -> str:
    """Where the copy of that digest is played: the same for everybody, and for no other copy where there is a `*`."""
    label = salted_hmac("isnad.replay.origin", digest, algorithm="sha256").hexdigest()[:32]
    return settings.REPLAY_ORIGIN.replace("*", label)


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="isnad.replay")
