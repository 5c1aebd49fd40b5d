"""One page over HTTP, redirects included, without a browser.

No cookies, no proxy variables, no Referer, nobody's name. Every hop is parsed and guarded like the first one.
"""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sources.archiving.exchange import Asked, Exchange, exchange, trusted_authorities
from sources.archiving.guard import Deadline, Guard
from sources.domain.captures import Reason, UnableToFetch
from sources.domain.details import Detail, Said
from sources.domain.urls import Url, join, parse

USER_AGENT = "Mozilla/5.0 (compatible; PageArchiver/1.0)"
HEADERS = (
    (b"User-Agent", USER_AGENT.encode()),
    (b"Accept", b"text/html,application/xhtml+xml,*/*;q=0.8"),
    (b"Accept-Encoding", b"gzip, deflate"),
)
REDIRECTS = frozenset({301, 302, 303, 307, 308})

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Fetched:
    """The way to one answer. Never empty."""

    exchanges: tuple[Exchange, ...]

    @property
    def final(self) -> Exchange:
        return self.exchanges[-1]

    @property
    def redirects(self) -> tuple[str, ...]:
        """The URLs that led to the final one, in order; empty when the first one answered."""
        return tuple(exchange.url for exchange in self.exchanges[:-1])


def fetch(url: str, guard: Guard, *, clock: Clock, tls: ssl.SSLContext | None = None) -> Fetched:
    """Follow `url` to its answer. `tls` replaces the usual trusted authorities. Raises UnableToFetch."""
    exchanges: list[Exchange] = []
    try:
        for each in _exchanges(parse(url), guard, clock, tls or trusted_authorities()):
            exchanges.append(each)
    except UnableToFetch as unable:
        unable.redirects = tuple(each.url for each in exchanges)
        raise
    return Fetched(tuple(exchanges))


def _exchanges(here: Url, guard: Guard, clock: Clock, tls: ssl.SSLContext) -> Iterator[Exchange]:
    deadline = Deadline(guard.limits.deadline)
    seen: set[str] = set()
    while True:
        answer = exchange(Asked(here, HEADERS), guard, deadline, clock(), tls)
        yield answer
        location = answer.header("location")
        if answer.status not in REDIRECTS or location is None:
            return
        seen.add(answer.url)
        here = join(here, location)
        if str(here) in seen:
            raise UnableToFetch(Reason.REDIRECT_LOOP, Detail(Said.BACK_TO, url=str(here)))
        if len(seen) > guard.limits.redirects:
            raise UnableToFetch(Reason.TOO_MANY_REDIRECTS, Detail(Said.MORE_REDIRECTS, most=guard.limits.redirects))
