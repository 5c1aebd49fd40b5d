"""One page over HTTP, byte for byte, redirects included: what was sent, what came back, from which address, when.

No cookies, no proxy variables, no Referer, nobody's name. Every hop is parsed and guarded like the first one. Our own
limits end a fetch; a body that the *server* cut short is kept and marked, since nothing better can be had at that
moment.
"""

import functools
import ssl
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import httpcore

from sources.archiving.guard import Deadline, Guard
from sources.archiving.wire import END_OF_HEAD, Backend, Tls, Wire
from sources.domain.captures import Reason, UnableToFetch
from sources.domain.urls import Url, join, parse

USER_AGENT = "Mozilla/5.0 (compatible; PageArchiver/1.0)"
REDIRECTS = frozenset({301, 302, 303, 307, 308})

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Asking:
    """What a request says beside its address."""

    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = (
        ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
        ("Accept-Encoding", "gzip, deflate"),
    )
    body: bytes = b""


FOR_THE_PAGE = Asking()


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. `request` and `response` are the bytes as they went over the (decrypted) wire."""

    url: str
    requested_at: datetime
    address: str
    tls: Tls | None
    request: bytes
    response: bytes
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes  # of the response, without chunk framing, still content-encoded
    cut: Reason | None = None  # why the body is not whole

    def facts(self) -> dict[str, Any]:
        """What is worth showing beside a capture, ready for JSON. The bytes themselves are in the WACZ."""
        return {
            "url": self.url,
            "requested_at": self.requested_at.isoformat(),
            "address": self.address,
            "status": self.status,
            "bytes": len(self.response),
            "cut": self.cut,
            "tls": asdict(self.tls) if self.tls else None,
        }

    def header(self, name: str) -> str | None:
        """The first header of that name. Bytes that are no UTF-8 are read as Latin-1, as browsers do."""
        for key, value in self.headers:
            if key.lower() == name.lower().encode():
                try:
                    return value.decode()
                except UnicodeDecodeError:
                    return value.decode("latin-1")
        return None


@dataclass(frozen=True, slots=True)
class Fetched:
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
        for exchange in _exchanges(parse(url), guard, clock, tls or trusted_authorities()):
            exchanges.append(exchange)
    except UnableToFetch as unable:
        unable.redirects = tuple(exchange.url for exchange in exchanges)
        raise
    return Fetched(tuple(exchanges))


def _exchanges(here: Url, guard: Guard, clock: Clock, tls: ssl.SSLContext) -> Iterator[Exchange]:
    deadline = Deadline(guard.limits.deadline)
    seen: set[str] = set()
    while True:
        exchange = exchange_with(here, guard, deadline, clock(), tls)
        yield exchange
        location = exchange.header("location")
        if exchange.status not in REDIRECTS or location is None:
            return
        seen.add(exchange.url)
        here = join(here, location)
        if str(here) in seen:
            raise UnableToFetch(Reason.REDIRECT_LOOP, f"back to {here}")
        if len(seen) > guard.limits.redirects:
            raise UnableToFetch(Reason.TOO_MANY_REDIRECTS, f"more than {guard.limits.redirects}")


@functools.cache
def trusted_authorities() -> ssl.SSLContext:
    context = httpcore.default_ssl_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def exchange_with(
    url: Url, guard: Guard, deadline: Deadline, now: datetime, tls: ssl.SSLContext, asking: Asking = FOR_THE_PAGE
) -> Exchange:
    """One request and its answer, wherever that may lead. Raises UnableToFetch."""
    origin = httpcore.Origin(url.scheme.encode(), url.host.encode(), url.port)
    request = httpcore.Request(
        asking.method,
        httpcore.URL(scheme=origin.scheme, host=origin.host, port=url.port, target=url.target.encode()),
        headers=[
            ("Host", url.authority),
            ("User-Agent", USER_AGENT),
            *asking.headers,
            *([("Content-Length", str(len(asking.body)))] if asking.body else []),
            ("Connection", "close"),
        ],
        content=asking.body or None,
    )
    backend = Backend(guard, deadline)
    with httpcore.HTTPConnection(origin, ssl_context=tls, network_backend=backend) as connection:
        response, wire = _head(connection, request, backend)
        address, body, cut = wire.address, *_body(response, wire, guard)
        return Exchange(
            url=str(url),
            requested_at=now,
            address=address,
            tls=wire.tls,
            request=bytes(wire.sent),
            response=_as_received(bytes(wire.received), response, len(body)),
            status=response.status,
            headers=tuple(response.headers),
            body=body,
            cut=cut,
        )


def _head(
    connection: httpcore.HTTPConnection, request: httpcore.Request, backend: Backend
) -> tuple[httpcore.Response, Wire]:
    try:
        response = connection.handle_request(request)
    except (httpcore.ProtocolError, httpcore.NetworkError) as error:
        raise UnableToFetch(_fault(backend.wire), str(error)) from error
    assert backend.wire is not None  # noqa: S101 - a response came through it
    backend.wire.in_head = False
    if response.status < 200:
        raise UnableToFetch(Reason.BAD_RESPONSE, f"status {response.status} to a plain request")
    return response, backend.wire


def _body(response: httpcore.Response, wire: Wire, guard: Guard) -> tuple[bytes, Reason | None]:
    limit = guard.limits.body_bytes
    declared = next((value for name, value in response.headers if name.lower() == b"content-length"), b"0")
    if int(declared) > limit:
        raise UnableToFetch(Reason.BODY_TOO_LARGE, f"{int(declared)} bytes; the limit is {limit}")
    body = bytearray()
    try:
        for part in response.iter_stream():
            body += part
            if len(body) > limit:
                raise UnableToFetch(Reason.BODY_TOO_LARGE, f"more than {limit} bytes")
    except (httpcore.ProtocolError, httpcore.NetworkError):
        return bytes(body), _fault(wire)
    return bytes(body), None


def _fault(wire: Wire | None) -> Reason:
    """Broken off, or wrong? Only a stream that goes on can break the rules."""
    broken_off = wire is None or wire.ended or not wire.received
    return Reason.CONNECTION_LOST if broken_off else Reason.BAD_RESPONSE


def _as_received(received: bytes, response: httpcore.Response, body_length: int) -> bytes:
    """The answer alone: without interim 1xx heads before it and, where its length is stated, bytes beyond its end."""
    start = 0
    while True:
        end = END_OF_HEAD.search(received, start)
        if end is None:
            return received[start:]
        status_line = received[start : end.start()].split(b"\n", 1)[0].split()
        if not (len(status_line) > 1 and status_line[1].startswith(b"1")):
            break
        start = end.end()
    chunked = any(name.lower() == b"transfer-encoding" for name, _ in response.headers)
    return received[start:] if chunked else received[start : end.end() + body_length]
