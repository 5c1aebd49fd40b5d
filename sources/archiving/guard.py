"""Where outgoing connections may lead: only to public addresses, checked once and connected to as checked.

`ipaddress.is_global` of Python 3.11 calls NAT64, 6to4, multicast, site-local and several metadata addresses public,
so the table is our own. For IPv6 it names what is public (2000::/3, all that IANA has given out) and takes the
special blocks out of that; embedded, mapped, translated, unique-local, link-local and multicast forms all lie
outside.

Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries, IPv4 and IPv6 address space, multicast (RFC 5771).
"""

import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sources.archiving.limits import Limits
from sources.domain.captures import Reason, UnableToFetch
from sources.domain.details import Detail, Said

Resolver = Callable[[str, int], Iterable[str]]

IPV6_PUBLIC = ipaddress.IPv6Network("2000::/3")
NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers; a cloud's metadata service at 100.100.100.200
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the platform service of Azure, on an otherwise public address
        "169.254.0.0/16",  # link-local; metadata services at 169.254.169.254
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # multicast tunnels (AMT)
        "192.88.99.0/24",  # 6to4 relays, deprecated
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "2001::/23",  # IETF protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)


class Deadline:
    """One point in time that every step of a capture looks at, so that no number of slow steps adds up."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def within(self, seconds: float) -> "Deadline":
        """The earlier one of this and `seconds` from now."""
        return Deadline(min(seconds, self.remaining()))

    def remaining(self) -> float:
        """Seconds left, more than none. Raises UnableToFetch once they are used up."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> UnableToFetch:
        return UnableToFetch(Reason.DEADLINE_PASSED, Detail(Said.SECONDS, seconds=f"{self._seconds:g}"))


def is_public(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if ip.version == 6 and (ip not in IPV6_PUBLIC or ip.scope_id is not None):
        return False
    return not any(ip.version == network.version and ip in network for network in NOT_PUBLIC)


def read_exceptions(text: str) -> frozenset[tuple[str, int]]:
    """`127.0.0.1:8123,[::1]:8123` as pairs of address and port. Raises ValueError naming the entry it cannot read.

    Only addresses, never names: what a name stands for is somebody else's decision.
    """
    pairs = set()
    for entry in filter(None, (part.strip() for part in text.split(","))):
        address, _, port = entry.rpartition(":")
        try:
            pairs.add((ipaddress.ip_address(address.strip("[]")).compressed, int(port)))
        except ValueError as error:
            raise ValueError(f"{entry!r} is not an address and a port, such as 127.0.0.1:8123") from error
    return frozenset(pairs)


def resolve_by_system(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True, slots=True)
class Guard:
    """`exceptions` are the pairs of address and port that may be reached although they are not public."""

    limits: Limits
    exceptions: frozenset[tuple[str, int]] = frozenset()
    resolve: Resolver = resolve_by_system

    def connect(self, host: str, port: int, deadline: Deadline) -> tuple[socket.socket, str]:
        """A socket connected to one of the addresses of `host`, all of them found to be allowed, and that address."""
        addresses = self.addresses_of(host, port, deadline)
        for address in addresses[:-1]:
            try:
                return self._connect_to(address, port, deadline), address
            except OSError:
                continue
        try:
            return self._connect_to(addresses[-1], port, deadline), addresses[-1]
        except TimeoutError as error:
            raise UnableToFetch(Reason.DEADLINE_PASSED, Detail(Said.NOT_TAKEN, host=host)) from error
        except OSError as error:
            said = Detail(Said.CONNECTING, host=host, port=port, message=error.strerror or "")
            raise UnableToFetch(Reason.CONNECTION_REFUSED, said) from error

    def addresses_of(self, host: str, port: int, deadline: Deadline) -> list[str]:
        """What `host` resolves to, looked up once. One answer that is not allowed spoils them all."""
        addresses = list(dict.fromkeys(self._look_up(host, port, deadline)))
        if not addresses:
            raise UnableToFetch(Reason.NAME_NOT_RESOLVED, Detail(Said.HOST, host=host))
        for address in addresses:
            self._check(host, address, port)
        return addresses

    def _check(self, host: str, address: str, port: int) -> None:
        if (address, port) in self.exceptions:
            return
        if not is_public(address):
            said = Said.HOST_INSIDE if host != address else Said.ADDRESS_INSIDE
            raise UnableToFetch(Reason.ADDRESS_NOT_PUBLIC, Detail(said, host=host, address=address))
        if port not in self.limits.ports:
            raise UnableToFetch(Reason.PORT_NOT_ALLOWED, Detail(Said.PORT, port=port))

    def _look_up(self, host: str, port: int, deadline: Deadline) -> list[str]:
        try:
            return [ipaddress.ip_address(host).compressed]
        except ValueError:
            pass
        # getaddrinfo knows no time limit; the thread is left to end by itself when it takes longer than we wait.
        answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(list(self.resolve(host, port)))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=deadline.remaining())
        except queue.Empty:
            raise UnableToFetch(Reason.NAME_NOT_RESOLVED, Detail(Said.HOST_SILENT, host=host)) from None
        if isinstance(answer, Exception):
            raise UnableToFetch(Reason.NAME_NOT_RESOLVED, Detail(Said.HOST, host=host)) from answer
        return answer

    def _connect_to(self, address: str, port: int, deadline: Deadline) -> socket.socket:
        sock = socket.create_connection((address, port), timeout=min(deadline.remaining(), self.limits.connect))
        peer = sock.getpeername()[0]
        if ipaddress.ip_address(peer) != ipaddress.ip_address(address):
            sock.close()
            raise UnableToFetch(Reason.ADDRESS_NOT_PUBLIC, Detail(Said.ANOTHER_PEER, address=address, peer=peer))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return sock
