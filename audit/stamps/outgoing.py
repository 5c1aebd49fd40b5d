"""What this room needs from the outside, and no way to it: a room above connects the guarded one.

outgoing.connect(ask)      # once, in that room's AppConfig.ready
outgoing.ask(Question("POST", url, body=request, content_type="application/timestamp-query"))
"""

from dataclasses import dataclass, field
from typing import Protocol

from audit.stamps.states import Failure, UnableToStamp

MOST_BYTES = 64 * 1024  # of an answer; a token with its certificates has four to eight thousand


@dataclass(frozen=True, slots=True)
class Question:
    """One request. `limit` is the most an answer may have, in bytes. Redirects are never followed."""

    method: str
    url: str
    body: bytes = b""
    content_type: str = ""
    accept: str = "*/*"
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # may hold a key
    limit: int = MOST_BYTES


@dataclass(frozen=True, slots=True)
class Answer:
    """`wait`: seconds that Retry-After asks for, or none."""

    status: int
    body: bytes
    media_type: str = ""
    wait: float = 0


class Outgoing(Protocol):
    """Asks, within a deadline, and raises `UnableToStamp` where there is no answer."""

    def __call__(self, question: Question) -> Answer: ...


_connected: list[Outgoing] = []


def connect(way: Outgoing) -> None:
    _connected[:] = [way]


def ask(question: Question) -> Answer:
    if not _connected:
        raise UnableToStamp(Failure.UNREACHABLE, "nothing connects this process to the outside")
    return _connected[0](question)


def accepted(answer: Answer) -> bytes:
    """The body of an answer that is a plain 200. Raises UnableToStamp."""
    if answer.status == 429:
        raise UnableToStamp(Failure.RATE_LIMITED, "HTTP status 429", wait=answer.wait)
    if answer.status != 200:
        raise UnableToStamp(Failure.ANSWER_NOT_OK, f"HTTP status {answer.status}", wait=answer.wait)
    return answer.body
