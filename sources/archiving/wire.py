"""The socket layer under httpcore: addresses from the guard, one deadline, limits, a copy of all that passed.

Limits stand here and not above, because a limit that waits for a parser to return is no limit.
"""

import re
import socket
import ssl
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpcore
from cryptography import x509

from sources.archiving.blobs import digest_of
from sources.archiving.guard import Deadline, Guard
from sources.archiving.limits import Limits
from sources.domain.captures import Reason, UnableToFetch
from sources.domain.details import Detail, Said

END_OF_HEAD = re.compile(rb"\n\r?\n")


@dataclass(frozen=True, slots=True)
class Tls:
    """What was agreed and shown when the connection was made. The chain and the name were verified before."""

    version: str
    cipher: str
    certificate_digest: str  # of its DER form
    subject: str = ""
    issuer: str = ""
    valid_from: str = ""  # ISO 8601
    valid_until: str = ""


class Purse:
    """The bytes that all connections of one capture may receive together."""

    def __init__(self, size: int) -> None:
        self._size = self._left = size
        self._lock = threading.Lock()

    def spend(self, amount: int) -> None:
        with self._lock:
            self._left -= amount
        if self._left < 0:
            raise UnableToFetch(Reason.CAPTURE_TOO_LARGE, Detail(Said.MORE_BYTES_IN_ALL, most=self._size))


class Wire(httpcore.NetworkStream):
    """One connection. `sent` and `received` hold its bytes in the clear."""

    def __init__(
        self, sock: socket.socket, address: str, deadline: Deadline, limits: Limits, purse: Purse | None = None
    ) -> None:
        self._sock = sock
        self.address = address
        self._deadline = deadline
        self._limits = limits
        self._purse = purse
        self.sent = bytearray()
        self.received = bytearray()
        self.in_head = True  # until whoever parses says otherwise
        self.ended = False
        self.tls: Tls | None = None

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._sock.settimeout(self._deadline.remaining())
        try:
            data = self._sock.recv(min(max_bytes, self._room()))
        except TimeoutError as error:
            raise self._deadline.passed() from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        self.ended = not data
        self.received += data
        if self._purse is not None:
            self._purse.spend(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._sock.settimeout(self._deadline.remaining())
        try:
            self._sock.sendall(buffer)
        except TimeoutError as error:
            raise self._deadline.passed() from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error
        self.sent += buffer

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self._sock.settimeout(self._deadline.remaining())
        try:
            self._sock = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except TimeoutError as error:
            raise self._deadline.passed() from error
        except ssl.SSLCertVerificationError as error:
            said = Detail(Said.CERTIFICATE, host=server_hostname or "", message=error.verify_message)
            raise UnableToFetch(Reason.TLS_FAILED, said) from error
        except ssl.SSLError as error:
            said = Detail(Said.TLS, host=server_hostname or "", message=error.reason or "")
            raise UnableToFetch(Reason.TLS_FAILED, said) from error
        except OSError as error:
            raise UnableToFetch(Reason.CONNECTION_LOST, Detail(Said.TLS_BROKEN)) from error
        self.tls = _facts(self._sock)
        return self

    def close(self) -> None:
        self._sock.close()

    def get_extra_info(self, info: str) -> Any:
        return None

    def _room(self) -> int:
        """How many bytes may still come: of heads until the last of them has been read, of the body from then on."""
        limits = self._limits
        room = limits.header_bytes + (0 if self.in_head else limits.body_bytes) - len(self.received)
        if room > 0:
            return room
        if self.in_head:
            raise UnableToFetch(Reason.HEADERS_TOO_LARGE, Detail(Said.MORE_BYTES, most=limits.header_bytes))
        raise UnableToFetch(Reason.BODY_TOO_LARGE, Detail(Said.MORE_BYTES, most=limits.body_bytes))


class Backend(httpcore.NetworkBackend):
    """Makes one connection, through the guard."""

    def __init__(self, guard: Guard, deadline: Deadline, purse: Purse | None = None) -> None:
        self._guard = guard
        self._deadline = deadline
        self._purse = purse
        self.wire: Wire | None = None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        sock, address = self._guard.connect(host, port, self._deadline)
        self.wire = Wire(sock, address, self._deadline, self._guard.limits, self._purse)
        return self.wire


def _facts(sock: ssl.SSLSocket) -> Tls:
    der = sock.getpeercert(binary_form=True) or b""
    cipher = sock.cipher()
    agreed = (sock.version() or "", cipher[0] if cipher else "", digest_of(der))
    try:
        certificate = x509.load_der_x509_certificate(der)
        names = certificate.subject.rfc4514_string(), certificate.issuer.rfc4514_string()
    except ValueError:  # OpenSSL trusts some certificates that a strict parser does not read
        return Tls(*agreed)
    return Tls(
        *agreed, *names, certificate.not_valid_before_utc.isoformat(), certificate.not_valid_after_utc.isoformat()
    )
