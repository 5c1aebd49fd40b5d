"""One connection of the browser to our proxy: what it asks for is asked through the recording, TLS ends here.

An answer reaches the browser only when all of it has come and was found to be within the limits. One that did not
come is a 502 without a body: the page sees that it failed, and the recording says why. WebSockets are refused: their
frames have no place in a WARC, so they would be the one thing that a page was told and nobody can read later.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import h11

from sources.archiving.browser.recording import Recording, Refused
from sources.archiving.browser.wanted import wanted
from sources.archiving.exchange import Asked, Exchange
from sources.domain.captures import Reason, UnableToFetch
from sources.domain.details import Detail, Said
from sources.domain.urls import as_asked

TLS_RECORD = b"\x16"  # how a handshake begins
# Between two neighbours only, or about the connection; what is beyond our limits to unpack is not asked for.
_BETWEEN_NEIGHBOURS = {b"connection", b"proxy-connection", b"keep-alive", b"upgrade", b"transfer-encoding"}
NOT_SENT_ON = _BETWEEN_NEIGHBOURS | {b"host", b"te", b"expect", b"proxy-authorization", b"content-length"}
NOT_SENT_ON |= {b"accept-encoding"}
NOT_SENT_BACK = _BETWEEN_NEIGHBOURS | {b"content-length", b"trailer", b"proxy-authenticate", b"alt-svc"}
ENCODINGS = (b"Accept-Encoding", b"gzip, deflate")
FAILED = h11.Response(status_code=502, headers=[(b"Content-Length", b"0"), (b"Cache-Control", b"no-store")])
# Of all answers the one after which a browser shows what it showed before.
STAY = h11.Response(status_code=204, headers=[])
_NO_BODY = frozenset({204, 304})


@dataclass(slots=True)
class Tunnel:
    """What the browser believes to be connected to: an authority, once CONNECT named it, and whether by TLS."""

    sock: socket.socket
    scheme: str = ""
    authority: str = ""
    http: h11.Connection = field(init=False)

    def __post_init__(self) -> None:
        self.http = h11.Connection(h11.SERVER, max_incomplete_event_size=256 * 1024)


def relay(sock: socket.socket, recording: Recording, pretender: ssl.SSLContext) -> None:
    """Serve `sock` until the browser hangs up. `pretender` is the server's side of TLS towards the browser."""
    with suppress(OSError, h11.ProtocolError):
        tunnel = Tunnel(sock)
        for request, body in _requests(tunnel, recording.limits.upload_bytes):
            if request.method == b"CONNECT":
                tunnel = _opened(tunnel, request, pretender)
                for inner, inner_body in _requests(tunnel, recording.limits.upload_bytes):
                    _answer(tunnel, inner, inner_body, recording)
                return
            _answer(tunnel, request, body, recording)


def _requests(tunnel: Tunnel, most: int) -> Iterator[tuple[h11.Request, bytes | None]]:
    """Each request with its body; None instead of a body that is too large."""
    http = tunnel.http
    request, body = None, bytearray()
    while True:
        event = http.next_event()
        if event is h11.NEED_DATA:
            http.receive_data(tunnel.sock.recv(65536))
        elif isinstance(event, h11.Request):
            request, body = event, bytearray()
            if request.method == b"CONNECT":
                yield request, b""
                return
        elif isinstance(event, h11.Data):
            body += event.data if len(body) <= most else b""
        elif isinstance(event, h11.EndOfMessage) and request is not None:
            yield request, bytes(body) if len(body) <= most else None
            if http.our_state is not h11.DONE:
                return
            http.start_next_cycle()
        else:
            return


def _opened(tunnel: Tunnel, request: h11.Request, pretender: ssl.SSLContext) -> Tunnel:
    """The inside of a tunnel: TLS, or in the clear as for ws://. Nothing is connected before a request is read."""
    tunnel.sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    authority = request.target.decode("latin-1")
    if tunnel.sock.recv(1, socket.MSG_PEEK) != TLS_RECORD:
        return Tunnel(tunnel.sock, "http", authority)
    return Tunnel(pretender.wrap_socket(tunnel.sock, server_side=True), "https", authority)


def _answer(tunnel: Tunnel, request: h11.Request, body: bytes | None, recording: Recording) -> None:
    try:
        answer = recording.ask(_asked(tunnel, request, body, recording))
    except Refused:
        _send(tunnel, STAY if recording.has_ended else FAILED, b"")
        return
    if answer is recording.file:
        _send(tunnel, STAY, b"")
        return
    headers = [(name, value) for name, value in answer.headers if name.lower() not in NOT_SENT_BACK]
    if answer.method == "HEAD":
        headers += [(name, value) for name, value in answer.headers if name.lower() == b"content-length"]
    elif answer.status not in _NO_BODY:
        headers.append((b"Content-Length", str(len(answer.body)).encode()))
    _send(tunnel, h11.Response(status_code=answer.status, headers=headers, reason=_phrase(answer)), answer.body)


def _asked(tunnel: Tunnel, request: h11.Request, body: bytes | None, recording: Recording) -> Asked:
    """Raises Refused, after it was written down, for what is never asked."""
    target = request.target.decode("latin-1")
    scheme, authority = tunnel.scheme, tunnel.authority
    if not scheme:
        outer = urlsplit(target)
        scheme, authority = outer.scheme, outer.netloc
        target = target[len(f"{scheme}://{authority}") :] or "/"
    shown = f"{scheme}://{authority}{target}"
    headers = request.headers.raw_items()
    try:
        url = as_asked(scheme, authority, target)
        if any(name.lower() == b"upgrade" for name, _ in headers):
            shown = str(url).replace("http", "ws", 1)
            raise UnableToFetch(Reason.WEBSOCKET_REFUSED, Detail(Said.GOES_ON))
        if body is None:
            raise UnableToFetch(Reason.BODY_TOO_LARGE, Detail(Said.MORE_BYTES_SENT, most=recording.limits.upload_bytes))
    except UnableToFetch as unable:
        recording.miss(shown, unable.reason, unable.detail, wanted(shown, headers))
        raise Refused from unable
    sent = [(name, value) for name, value in headers if name.lower() not in NOT_SENT_ON]
    if body:
        sent.append((b"Content-Length", str(len(body)).encode()))
    return Asked(url, (*sent, ENCODINGS), request.method.decode("ascii"), body)


def _phrase(answer: Exchange) -> bytes:
    line = answer.response.partition(b"\r\n")[0].split(b" ", 2)
    return line[2] if len(line) > 2 else b""


def _send(tunnel: Tunnel, head: h11.Response, body: bytes) -> None:
    http = tunnel.http
    parts = [http.send(head)]
    if body and head.status_code not in _NO_BODY:
        parts.append(http.send(h11.Data(data=body)))
    parts.append(http.send(h11.EndOfMessage()))
    tunnel.sock.sendall(b"".join(part or b"" for part in parts))
