"""Questions to services by their protocols (time stamp authorities, calendars, other archives), through the guard.

The same socket layer, limits and table of addresses as for pages; other headers, a body, no redirects, and no more of
the answer than who asks can use. What was sent is not kept: it may hold a key.
"""

import ssl
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sources.archiving.decoding import decoded
from sources.archiving.exchange import Asked, exchange, trusted_authorities
from sources.archiving.fetch import USER_AGENT
from sources.archiving.guard import Deadline, Guard
from sources.domain.captures import Reason, UnableToFetch
from sources.domain.details import Detail, Said
from sources.domain.urls import parse

MOST_SECONDS = 24 * 3600  # that a service may make us wait


@dataclass(frozen=True, slots=True)
class Asking:
    """What a request says beside its address."""

    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = (("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate"))
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """`wait`: seconds that the service wants to be left alone, where it says so."""

    status: int
    body: bytes
    media_type: str
    wait: float


def converse(url: str, asking: Asking, guard: Guard, *, limit: int, tls: ssl.SSLContext | None = None) -> Reply:
    """Ask once, and read at most `limit` bytes, unpacked too. A redirect is an answer like others.

    Raises UnableToFetch, also where the answer breaks off: half of one is none.
    """
    for name, value in asking.headers:
        if not value.isascii() or not value.isprintable():
            raise UnableToFetch(Reason.CHARACTER_NOT_ALLOWED, Detail(Said.CHARACTER_IN_HEADER, header=name))
    guard = replace(guard, limits=replace(guard.limits, body_bytes=limit))
    deadline = Deadline(guard.limits.deadline)
    said = [("User-Agent", USER_AGENT), *asking.headers]
    if asking.body:
        said.append(("Content-Length", str(len(asking.body))))
    headers = [(name.encode(), value.encode()) for name, value in said]
    asked = Asked(parse(url), headers, asking.method, asking.body)
    answer = exchange(asked, guard, deadline, datetime.now(UTC), tls or trusted_authorities())
    if answer.cut:
        raise UnableToFetch(answer.cut, Detail(Said.ANSWER_CUT))
    return Reply(
        status=answer.status,
        body=decoded(answer.body, answer.header("content-encoding") or "", limit),
        media_type=(answer.header("content-type") or "").partition(";")[0].strip().lower(),
        wait=_seconds(answer.header("retry-after") or ""),
    )


def _seconds(said: str) -> float:
    """Services name seconds; a date is left to our own back-off."""
    said = said.strip()
    return float(min(int(said[:9]), MOST_SECONDS)) if said.isascii() and said.isdigit() else 0.0
