"""Whatever is sent, to whatever route: an answer a person can read, never an error of the server.

Forms are read off the pages, so that a new field is attacked the day it appears.
"""

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlencode

import lxml.html
import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.architecture.test_matrix import TABLE
from tests.cast import Cast
from tests.world import World, build

FORM = "application/x-www-form-urlencoded"
LONE_SURROGATE = b"\xed\xa0\x80"
HOSTILE: tuple[bytes, ...] = (
    b"",
    b"\x00",
    LONE_SURROGATE,
    b"\xff\xfe",
    "\u202egnp.exe".encode(),
    "َ".encode() * 500,
    b"-1",
    b"0",
    "٣".encode(),
    str(2**31).encode(),
    str(10**30).encode(),
    b"1" * 5_000,
    b"1e400",
    b"NaN",
    b"2024-02-31",
    b"0000-00-00T99:99",
    b"9999-12-31T23:59:59-14:00",
    b"0001-01-01T00:00+14:00",
    b'{"a": [',
    b"[[1],{}]",
    b"http://a:b@[::1",
    b"https://news.example:99999999/\xd8\xa8",
    b"../../etc/passwd",
    b"E-000000",
    b"%",
)
SHARE = 8
IN_A_QUERY = (b"\x00", LONE_SURROGATE, b"-1", str(10**30).encode(), b"2024-02-31")
QUERIED = ("page", "q", "at", "before", "after", "case", "kind", "state", "verdict", "sort", "who", "since", "until")
NO_SUCH_REFERENCE = ("C-99999999999999999999", "S-0", "E-0", "C-٣", "S-" + "9" * 3_000, "x", "\x00", "..", "a\u202eb")
NO_SUCH_KEY = (0, 2**31, 2**63, 10**30)
ODD_BODIES = (
    ("application/json", b'{"statement": ["x"], "version": {}}'),
    (FORM, b"%FF=%FF&statement=%00&version=%ED%A0%80"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
    ("text/plain; charset=rot13", b"\xff\xfe"),
)

Fields = list[tuple[str, str]]


@pytest.fixture
def world(cast: Cast) -> World:
    return build(cast)


@pytest.fixture
def clients(world: World) -> dict[str, Client]:
    return {route: client_of(route, world) for route in TABLE}


def test_a_hostile_query_is_answered(world: World, clients: dict[str, Client]) -> None:
    failed = []
    for route, url in addresses(world, "GET"):
        names = {*QUERIED, *(name for fields in forms(clients[route], url).values() for name, _ in fields)}
        for value in IN_A_QUERY:
            if (status := answer(clients[route], "GET", f"{url}?{urlencode(dict.fromkeys(names, value))}")) >= 500:
                failed.append((route, value[:40], status))
    assert not failed


def test_a_hostile_address_leads_nowhere(world: World, clients: dict[str, Client]) -> None:
    failed = []
    for route, row in TABLE.items():
        for value in (*NO_SUCH_REFERENCE, *NO_SUCH_KEY):
            good = row.path(world)
            try:
                urls = [reverse(route, args=[*good[:at], value, *good[at + 1 :]]) for at in range(len(good))]
            except NoReverseMatch:
                continue
            method = "GET" if row.get else "POST"
            answers = {url: answer(clients[route], method, url) for url in urls}
            failed += [(url[:80], status) for url, status in answers.items() if status != HTTPStatus.NOT_FOUND]
    assert not failed


def test_a_hostile_body_is_answered(world: World, clients: dict[str, Client]) -> None:
    typed: dict[str, Fields] = {}
    for route, url in addresses(world, "GET"):
        typed |= forms(clients[route], url)
    failed = []
    for route, url in addresses(world, "POST"):
        for what, kind, body in attacks(typed.get(url, [])):
            if (status := answer(clients[route], "POST", url, body, kind)) >= 500:
                failed.append((route, what, status))
    assert not failed


def attacks(typed: Fields) -> Iterator[tuple[str, str, bytes]]:
    """(what it is, content type, body): one field at a time, each with a share of the values; twice, missing, long."""
    names = list(dict.fromkeys(name for name, _ in typed))
    for number, hostile in enumerate(names):
        for value in HOSTILE[number % SHARE :: SHARE]:
            changed = [(name, value if name == hostile else was.encode()) for name, was in typed]
            yield f"{hostile}: {value[:30]!r}", FORM, urlencode(changed).encode()
    for hostile in names:
        yield f"no {hostile}", FORM, urlencode([each for each in typed if each[0] != hostile]).encode()
    yield "twice", FORM, urlencode([*typed, *((name, "-1") for name in names)]).encode()
    yield "a megabyte", FORM, urlencode([(name, "x" * (1_000_000 // (len(names) or 1))) for name in names]).encode()
    yield from ((kind, kind, body) for kind, body in ODD_BODIES)


def forms(client: Client, url: str) -> dict[str, Fields]:
    """What each form on the page would send, by its address; a text field nobody filled in holds a word."""
    page = client.get(url)
    if "html" not in page.headers.get("Content-Type", "") or not page.content:
        return {}
    found: dict[str, Fields] = {}
    for form in lxml.html.fromstring(page.content.decode()).forms:
        values = [(name, form.fields[name]) for name in form.fields if name and name != "csrfmiddlewaretoken"]
        sent = [(name, value if isinstance(value, str) and value else "كلمة word") for name, value in values]
        found.setdefault((form.action or url).partition("?")[0], []).extend(sent)
    return found


def addresses(world: World, method: str) -> list[tuple[str, str]]:
    return [(name, reverse(name, args=row.path(world))) for name, row in TABLE.items() if row.least(method)]


def client_of(route: str, world: World) -> Client:
    """Signed in as whoever may do most on this route."""
    row = TABLE[route]
    name = min(row.only) if row.only else "chadi" if row.in_case else "hana"
    client = Client(raise_request_exception=False)
    client.force_login(getattr(world.cast, name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def answer(client: Client, method: str, url: str, body: bytes = b"", kind: str = FORM) -> int:
    """The answer's status; what the request wrote is undone, so that the next one finds the same world."""
    with transaction.atomic():
        status = client.generic(method, url, body, kind).status_code
        transaction.set_rollback(True)
    return status
