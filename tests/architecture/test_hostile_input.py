"""Whatever is sent, to whatever route: an answer a person can read, never an error of the server.

Forms are read off the pages, so that a new field is attacked the day it appears.

There are some thousand requests, so nothing is done in each that one of them shows for all: one world and one sign-in
for each route, the frame around the pages only where it is attacked itself, and no value twice where a page cannot tell
the difference, which is looked for and not believed.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import lxml.html
import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from audit.queries import story
from tests.architecture.test_matrix import TABLE
from tests.world import World

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
NO_SUCH_REFERENCE = (
    "C-99999999999999999999",
    "S-0",
    "E-0",
    "C-٩٩٩٩٩٩",
    "S-" + "9" * 3_000,
    "x",
    "\x00",
    "..",
    "a\u202eb",
)
NO_SUCH_KEY = (0, 2**31, 2**63, 10**30)
ODD_FORM = b"%FF=%FF&statement=%00&version=%ED%A0%80"
JSON = b'{"statement": ["x"], "version": {}}'
# None of them is a form, so what a view sees of each is a form with nothing in it, or Django refuses it before.
NO_FORMS = (
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
    ("text/plain; charset=rot13", b"\xff\xfe"),
)

Fields = list[tuple[str, str]]

FRAME = """{% block title %}{% endblock %}{% block scripts %}{% endblock %}{% block breadcrumbs %}{% endblock %}
{% block tabs %}{% endblock %}{% block page_class %}{% endblock %}{% include "components/messages.html" %}
{% block content %}{% endblock %}{% block rail %}{% endblock %}"""
WITH_FRAME: list[dict[str, Any]] = settings.TEMPLATES
# As django-template-partials sets them up, with another frame before them.
LOADERS = [
    ("django.template.loaders.locmem.Loader", {"base.html": FRAME}),
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
PARTIALS = ("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", LOADERS)])
WITHOUT_FRAME = [{**WITH_FRAME[0], "APP_DIRS": False, "OPTIONS": {**WITH_FRAME[0]["OPTIONS"], "loaders": [PARTIALS]}}]
FEW = 3  # acts on a page of the record: the rows are the same whatever is sent


class Visitor(Client):
    """Django's client keeps every template of an answer and its context, for tests that look at them."""

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))  # type: ignore[attr-defined]  # the stubs leave it out


@dataclass
class Attacked:
    world: World
    clients: dict[str, Visitor]
    forms: dict[str, dict[str, Fields]] = field(default_factory=dict)  # on the page of a route, by where they lead


@pytest.fixture(scope="module")
def attacked(world: World) -> Iterator[Attacked]:
    with ExitStack() as around:
        made = Attacked(world, {route: client_of(route, world) for route in TABLE})
        around.enter_context(patch.dict(story.read.__kwdefaults__, size=FEW))
        made.forms = {route: forms(made.clients[route], url) for route, url in addresses(world, "GET")}
        around.enter_context(override_settings(TEMPLATES=WITHOUT_FRAME))
        yield made


def test_a_hostile_query_is_answered(attacked: Attacked) -> None:
    failed = []
    for route, url in addresses(attacked.world, "GET"):
        names = {*QUERIED, *(name for fields in attacked.forms[route].values() for name, _ in fields)}
        for value in IN_A_QUERY:
            said = answer(attacked.clients[route], "GET", f"{url}?{urlencode(dict.fromkeys(names, value))}")
            if said.status_code >= 500:
                failed.append((route, value[:40], said.status_code))
            if not reads_the_query(said):
                break
    assert not failed


def test_a_hostile_query_in_the_frame_is_answered(attacked: Attacked) -> None:
    """The bar shows what was looked for; it is the same around every page."""
    with override_settings(TEMPLATES=WITH_FRAME):
        for value in IN_A_QUERY:
            said = answer(attacked.clients["profile"], "GET", f"{reverse('profile')}?{urlencode({'q': value})}")
            assert said.status_code == HTTPStatus.OK
            assert b'<header class="bar">' in said.content


def test_a_hostile_address_leads_nowhere(attacked: Attacked) -> None:
    failed = []
    for route, row in TABLE.items():
        for value in (*NO_SUCH_REFERENCE, *NO_SUCH_KEY):
            good = row.path(attacked.world)
            try:
                urls = [reverse(route, args=[*good[:at], value, *good[at + 1 :]]) for at in range(len(good))]
            except NoReverseMatch:
                continue
            method = "GET" if row.get else "POST"
            answers = {url: answer(attacked.clients[route], method, url).status_code for url in urls}
            failed += [(url[:80], status) for url, status in answers.items() if status != HTTPStatus.NOT_FOUND]
    assert not failed


def test_a_hostile_body_is_answered(attacked: Attacked) -> None:
    typed = {url: fields for found in attacked.forms.values() for url, fields in found.items()}
    failed = []
    for route, url in addresses(attacked.world, "POST"):
        client = attacked.clients[route]
        for what, body in attacks(typed.get(url, [])):
            if (status := answer(client, "POST", url, body).status_code) >= 500:
                failed.append((route, what, status))
        failed += [(route, kind, status) for kind, status in sent_no_form(client, url) if status >= 500]
    assert not failed


def attacks(typed: Fields) -> Iterator[tuple[str, bytes]]:
    """(what it is, body): one field at a time, each with a share of the values; twice, missing, long."""
    names = list(dict.fromkeys(name for name, _ in typed))
    for number, hostile in enumerate(names):
        for value in HOSTILE[number % SHARE :: SHARE]:
            changed = [(name, value if name == hostile else was.encode()) for name, was in typed]
            yield f"{hostile}: {value[:30]!r}", urlencode(changed).encode()
    for hostile in names:
        yield f"no {hostile}", urlencode([each for each in typed if each[0] != hostile]).encode()
    yield "twice", urlencode([*typed, *((name, "-1") for name in names)]).encode()
    yield "a megabyte", urlencode([(name, "x" * (1_000_000 // (len(names) or 1))) for name in names]).encode()
    yield "an odd form", ODD_FORM


def sent_no_form(client: Visitor, url: str) -> Iterator[tuple[str, int]]:
    """All kinds of it where the view reads the body or files by itself; one, which is an empty form, elsewhere."""
    said = answer(client, "POST", url, JSON, "application/json")
    yield "application/json", said.status_code
    if reads_the_body(said) or url.endswith(("/upload/", reverse("profile"))):
        yield from ((kind, answer(client, "POST", url, body, kind).status_code) for kind, body in NO_FORMS)


def reads_the_query(said: Any) -> bool:
    """`GET` is parsed when somebody looks at it."""
    return "GET" in vars(said.wsgi_request)


def reads_the_body(said: Any) -> bool:
    """Of what is no form Django reads nothing."""
    return hasattr(said.wsgi_request, "_body")


def forms(client: Visitor, url: str) -> dict[str, Fields]:
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


def client_of(route: str, world: World) -> Visitor:
    """Signed in as whoever may do most on this route."""
    row = TABLE[route]
    name = min(row.only) if row.only else "chadi" if row.in_case else "hana"
    client = Visitor(raise_request_exception=False)
    client.force_login(getattr(world.cast, name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def answer(client: Visitor, method: str, url: str, body: bytes = b"", kind: str = FORM) -> Any:
    """The answer; what the request wrote is undone, so that the next one finds the same world."""
    with transaction.atomic():
        said: Any = client.generic(method, url, body, kind)
        transaction.set_rollback(True)
    return said
