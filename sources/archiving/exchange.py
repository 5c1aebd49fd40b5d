"""One request and its answer, byte for byte: what was sent, what came back, from which address, when.

A body that the *server* cut short is kept and marked, since nothing better can be had at that moment. Our own limits
end an exchange with nothing kept.
"""

import functools
import re
import ssl
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

import httpcore

from sources.archiving.guard import Deadline, Guard
from sources.archiving.wire import END_OF_HEAD, Backend, Purse, Tls, Wire
from sources.domain.captures import Reason, UnableToFetch
from sources.domain.details import Detail, Said
from sources.domain.urls import Url

_RANGE = re.compile(rb"bytes 0-(?P<last>\d{1,18})/(?P<length>\d{1,18})")


@dataclass(frozen=True, slots=True)
class Exchange:
    """`request` and `response` are the bytes as they went over the (decrypted) wire."""

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
    method: str = "GET"

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

    @property
    def is_chunked(self) -> bool:
        """Whether the body stands in `response` between marks of its server's making (RFC 9112, 7.1)."""
        return any(name.lower() == b"transfer-encoding" for name, _ in self.headers)

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
class Asked:
    """What to send to `url`. Host and Connection are ours to say and not among `headers`."""

    url: Url
    headers: Sequence[tuple[bytes, bytes]]
    method: str = "GET"
    body: bytes = b""


@functools.cache
def trusted_authorities() -> ssl.SSLContext:
    context = httpcore.default_ssl_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def exchange(
    asked: Asked, guard: Guard, deadline: Deadline, now: datetime, tls: ssl.SSLContext, purse: Purse | None = None
) -> Exchange:
    """Send what is asked and read the answer, on a connection of its own. Raises UnableToFetch."""
    url = asked.url
    origin = httpcore.Origin(url.scheme.encode(), url.host.encode(), url.port)
    request = httpcore.Request(
        asked.method,
        httpcore.URL(scheme=origin.scheme, host=origin.host, port=url.port, target=url.target.encode()),
        headers=[(b"Host", url.authority.encode()), *asked.headers, (b"Connection", b"close")],
        content=asked.body or None,
    )
    backend = Backend(guard, deadline, purse)
    with httpcore.HTTPConnection(origin, ssl_context=tls, network_backend=backend) as connection:
        response, wire = _head(connection, request, backend)
        body, cut = _body(response, wire, guard.limits.body_bytes, asked.method)
        return Exchange(
            url=str(url),
            requested_at=now,
            address=wire.address,
            tls=wire.tls,
            request=bytes(wire.sent),
            response=_as_received(bytes(wire.received), response, len(body)),
            status=response.status,
            headers=tuple(response.headers),
            body=body,
            cut=cut or _in_part(response, asked),
            method=asked.method,
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
        raise UnableToFetch(Reason.BAD_RESPONSE, Detail(Said.INTERIM_STATUS, status=response.status))
    return response, backend.wire


def _body(response: httpcore.Response, wire: Wire, limit: int, method: str) -> tuple[bytes, Reason | None]:
    declared = next((value for name, value in response.headers if name.lower() == b"content-length"), b"0")
    if int(declared) > limit and method != "HEAD":
        raise UnableToFetch(Reason.BODY_TOO_LARGE, Detail(Said.MORE_BYTES_DECLARED, number=int(declared), most=limit))
    body = bytearray()
    try:
        for part in response.iter_stream():
            body += part
            if len(body) > limit:
                raise UnableToFetch(Reason.BODY_TOO_LARGE, Detail(Said.MORE_BYTES, most=limit))
    except (httpcore.ProtocolError, httpcore.NetworkError):
        return bytes(body), _fault(wire)
    return bytes(body), None


def _in_part(response: httpcore.Response, asked: Asked) -> Reason | None:
    """Whether a part was sent (RFC 9110, 15.3.7) to who had asked for all of it."""
    if response.status != HTTPStatus.PARTIAL_CONTENT or any(name.lower() == b"range" for name, _ in asked.headers):
        return None
    said = next((value for name, value in response.headers if name.lower() == b"content-range"), b"")
    whole = _RANGE.fullmatch(said)
    return None if whole and int(whole["last"]) + 1 == int(whole["length"]) else Reason.BAD_RESPONSE


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
