"""Our own table of addresses beside that of ssrfguard, a guard made by others from the same registries.

What it refuses, we refuse. We refuse more: whatever only translates to another address is nobody's web server.
"""

import random
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from ssrfguard import DEFAULT_DENIED, Policy
from ssrfguard.errors import SSRFGuardError

from sources.archiving.guard import Deadline, Guard, is_public
from sources.archiving.limits import Limits
from sources.domain.captures import UnableToFetch
from sources.domain.urls import parse

STRICTER = [ip_network(net) for net in ("2002::/16", "64:ff9b::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "::/96")]
URLS = """
http://127.0.0.1/ http://0x7f000001/ http://0177.0.0.1/ http://2130706433/ http://127.1/ http://[::1]/ http://[::]/
http://[::ffff:10.0.0.1]/ http://[64:ff9b::a00:1]/ http://[fe80::1%25eth0]/ http://user@news.example/ http://a\\b/
http://169.254.169.254/ http://10.0.0.1:8080/ ftp://news.example/ gopher://news.example/ file:///etc/passwd
http://news.example:22/ http://news.example:0/ http://news.example:99999/ http:///nowhere http://①②⑦.0.0.1/
""".split()  # noqa: SIM905

UNTIL_IT_LOOKS_UP = ["http://0x7f000001/"]


def edges() -> Iterator[str]:
    """The first and last address of each block they know, and their neighbours on both sides."""
    for block in DEFAULT_DENIED.blocks:
        for at in (block.network.network_address, block.network.broadcast_address):
            kind = type(at)
            for number in (int(at) - 1, int(at), int(at) + 1):
                if 0 <= number < 1 << at.max_prefixlen:
                    yield str(kind(number))


def anywhere(count: int) -> Iterator[str]:
    chance = random.Random(4)
    for _ in range(count):
        yield str(IPv4Address(chance.getrandbits(32)))
        yield str(IPv6Address(1 << 125 | chance.getrandbits(125)))  # of the part that is given out


def test_whatever_it_refuses_we_refuse() -> None:
    theirs = Policy()
    assert not [at for at in (*edges(), *anywhere(20_000)) if is_public(at) and not theirs.permits_address(at)]


def test_what_only_we_refuse_is_known() -> None:
    theirs = Policy()
    only_ours = [at for at in anywhere(20_000) if theirs.permits_address(at) and not is_public(at)]
    assert not [at for at in only_ours if not any(IPv6Address(at) in net for net in STRICTER)]


@pytest.mark.parametrize("url", URLS)
def test_urls_that_nobody_should_follow(url: str) -> None:
    with pytest.raises(UnableToFetch):
        _asked_for(url)


def test_of_those_it_refuses_all_that_it_can_tell_without_a_look_up() -> None:
    """So the list above is no list of our own tastes."""
    assert [url for url in URLS if not _refused_by_theirs(url)] == UNTIL_IT_LOOKS_UP


def _refused_by_theirs(url: str) -> bool:
    try:
        Policy().check_url(url)
    except SSRFGuardError:
        return True
    return False


def _asked_for(url: str) -> None:
    """As a capture does it, with a name server that knows nothing but a public address."""
    ours = parse(url)
    resolve = (lambda host, port: [host]) if _is_address(ours.host) else (lambda host, port: ["93.184.215.14"])
    Guard(Limits(), resolve=resolve).addresses_of(ours.host, ours.port, Deadline(1))


def _is_address(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()
