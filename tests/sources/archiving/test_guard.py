"""Which addresses are public, and that what was checked is what is connected to."""

import socket
import threading
from collections.abc import Iterator

import pytest

from sources.archiving.guard import Deadline, Guard, is_public, read_exceptions
from sources.archiving.limits import Limits
from sources.domain.captures import Reason, UnableToFetch

NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254
168.63.129.16 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.170
192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.168.255.255 192.175.48.1 198.18.0.1
198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 233.252.0.1 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1
::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1
100::1 100:0:0:1::1 200::1 1000::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:1::1 2001:2::1 2001:3::1
2001:4:112::1 2001:10::1 2001:20::1 2001:30::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 2620:4f:8000::1 3fff::1
3fff:fff::1 4000::1 5f00::1 fc00::1 fd00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 febf::1 fec0::1 feff::1 ff00::1
ff02::1 ff0e::1 2606:4700::1%eth0 nonsense 127.1 0177.0.0.1
""".split()  # noqa: SIM905

PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.215.14 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
168.63.129.15 168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0
192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 203.0.112.255 203.0.114.0 223.255.255.255
2001:200::1 2001:4860:4860::8888 2001:db7:ffff::1 2001:db9::1 2003::1 2400:cb00::1 2606:4700::1111 2620:4f:7fff::1
2620:4f:8001::1 2a00:1450:4001::1 3ffe::1 3fff:1000::1
""".split()  # noqa: SIM905


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.fixture
def listener() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_every_answer_is_checked() -> None:
    guard = Guard(Limits(), resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(UnableToFetch) as unable:
        guard.addresses_of("mixed.example", 80, Deadline(1))
    assert unable.value.reason is Reason.ADDRESS_NOT_PUBLIC


def test_a_name_is_looked_up_once_and_the_answer_is_what_is_connected_to(listener: int) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])  # a name whose second answer leads inside
    guard = Guard(Limits(), read_exceptions(f"127.0.0.1:{listener}"), lambda host, port: next(answers))
    sock, address = guard.connect("rebinding.example", listener, Deadline(5))
    with sock:
        assert sock.getpeername()[0] == address == "127.0.0.1"
    with pytest.raises(UnableToFetch) as unable:
        guard.connect("rebinding.example", listener, Deadline(5))
    assert unable.value.reason is Reason.ADDRESS_NOT_PUBLIC


@pytest.mark.parametrize("port", [1, 22, 25, 3306, 5432, 6379, 8000, 8123, 9200, 65535])
def test_other_ports_are_closed(port: int) -> None:
    with pytest.raises(UnableToFetch) as unable:
        Guard(Limits()).addresses_of("93.184.215.14", port, Deadline(1))
    assert unable.value.reason is Reason.PORT_NOT_ALLOWED


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_these_ports_are_open(port: int) -> None:
    assert Guard(Limits()).addresses_of("93.184.215.14", port, Deadline(1)) == ["93.184.215.14"]


def test_an_exception_opens_one_port_of_one_address() -> None:
    guard = Guard(Limits(), read_exceptions("127.0.0.1:8123"))
    assert guard.addresses_of("127.0.0.1", 8123, Deadline(1)) == ["127.0.0.1"]
    for address, port in [("127.0.0.1", 80), ("127.0.0.2", 8123), ("::1", 8123)]:
        with pytest.raises(UnableToFetch):
            guard.addresses_of(address, port, Deadline(1))


def test_exceptions_are_read_strictly() -> None:
    assert read_exceptions(" 127.0.0.1:8123, [::1]:80 ,") == {("127.0.0.1", 8123), ("::1", 80)}
    for wrong in ("localhost:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:web", "10.0.0.0/8:80"):
        with pytest.raises(ValueError, match="is not an address and a port"):
            read_exceptions(wrong)


def test_a_name_that_does_not_resolve() -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    def nothing(host: str, port: int) -> list[str]:
        return []

    for resolve in (nobody, nothing):
        with pytest.raises(UnableToFetch) as unable:
            Guard(Limits(), resolve=resolve).addresses_of("nowhere.example", 80, Deadline(1))
        assert unable.value.reason is Reason.NAME_NOT_RESOLVED
        assert unable.value.reason.may_pass


def test_a_look_up_that_takes_too_long() -> None:
    answered = threading.Event()

    def slow(host: str, port: int) -> list[str]:
        answered.wait(5)
        return ["93.184.215.14"]

    with pytest.raises(UnableToFetch) as unable:
        Guard(Limits(), resolve=slow).addresses_of("slow.example", 80, Deadline(0.1))
    assert unable.value.reason is Reason.NAME_NOT_RESOLVED
    answered.set()


def test_the_next_address_is_tried(listener: int) -> None:
    allow = read_exceptions(f"127.0.0.1:{listener},127.0.0.9:{listener}")
    guard = Guard(Limits(), allow, lambda host, port: ["127.0.0.9", "127.0.0.1"])  # nobody listens on the first
    sock, address = guard.connect("two.example", listener, Deadline(5))
    sock.close()
    assert address == "127.0.0.1"


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("inside.example", "inside.example is 10.0.0.1, which is not a public address"),
        ("10.0.0.1", "10.0.0.1 is not a public address"),
    ],
)
def test_what_stands_where_is_said_once(host: str, said: str) -> None:
    guard = Guard(Limits(), resolve=lambda host, port: ["10.0.0.1"])
    with pytest.raises(UnableToFetch) as refused:
        guard.addresses_of(host, 80, Deadline(5))
    assert refused.value.detail == said
