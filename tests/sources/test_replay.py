"""The replay origin, as a stranger asks it: without a signed address it has nothing, with one no more than a copy."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from config import replay_settings
from sources import archive
from sources.archiving.pieces import Body
from sources.replay import addresses
from sources.replay.addresses import OPENED_WITHIN, READ_WITHIN, Ticket
from tests.settings import ROOT

DESK = "http://desk.example"
COPY = bytes(range(256)) * 1000
GOOD = "?embed=replayonly"


@pytest.fixture(autouse=True)
def program(settings: Settings, tmp_path: Path) -> None:
    """This process answers as the replay program does."""
    settings.ARCHIVE_ROOT = str(tmp_path)
    for name in ("ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "ALLOWED_HOSTS", "DEBUG"):
        setattr(settings, name, getattr(replay_settings, name))


@pytest.fixture(params=["whole", "in pieces"])
def ticket(request: pytest.FixtureRequest) -> Ticket:
    bodies = [] if request.param == "whole" else [Body(((100, 70_000), (70_105, 90_000)))]
    return Ticket(archive.store().put_apart(COPY, bodies), framed_by=DESK, language="en")


@pytest.fixture
def client(ticket: Ticket) -> Client:
    return at(ticket)


def at(ticket: Ticket) -> Client:
    return Client(headers={"host": urlsplit(addresses.origin(ticket.digest)).netloc})


def viewer(ticket: Ticket, query: str = GOOD) -> str:
    return f"/-/view/{addresses.sign(ticket)}/{query}"


def document(ticket: Ticket) -> str:
    return f"/-/document/{addresses.sign(ticket)}/"


def copy(ticket: Ticket) -> str:
    return f"/-/copy/{addresses.sign(ticket)}.wacz"


def test_it_works(client: Client, ticket: Ticket) -> None:
    page = client.get(viewer(ticket))
    assert page.status_code == HTTPStatus.OK
    assert "<replay-app-main" in page.content.decode()
    assert b"".join(client.get(copy(ticket))) == COPY


def test_the_page_may_be_framed_by_the_desk_alone_and_reach_its_own_origin_alone(
    client: Client, ticket: Ticket
) -> None:
    policy = client.get(viewer(ticket))["Content-Security-Policy"].split("; ")
    assert f"frame-ancestors {DESK}" in policy
    assert {"default-src 'none'", "frame-src 'self'", "sandbox allow-scripts allow-same-origin"} <= set(policy)
    assert not [part for part in policy if "http" in part and not part.startswith("frame-ancestors")]


@pytest.mark.parametrize(
    "path", ["/-/ui.js", "/-/sw.js", "/sw.js", "/-/nothing", "/", "/w/api/coll-index", "/accounts/"]
)
def test_every_answer_carries_the_headers_and_no_cookie(client: Client, path: str) -> None:
    client.cookies["sessionid"] = "of the desk"
    answer = client.get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Origin-Agent-Cluster"] == "?1"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies


@pytest.mark.parametrize(
    "path", ["/", "/cases/", "/healthz", "/accounts/login/", "/static/css/base.css", "/-/../sw.js"]
)
def test_there_is_no_application(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert answer.content == b""


def test_a_document_has_a_player_of_its_own_with_still_fewer_rights(client: Client, ticket: Ticket) -> None:
    page = client.get(document(ticket))
    assert 'data-source="/-/copy/' in page.content.decode()
    assert "/-/document.js" in page.content.decode()
    policy = page["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"} <= set(policy)
    assert "sandbox allow-scripts allow-same-origin" in policy
    assert not [part for part in policy if part.startswith("frame-src") or "unsafe" in part]
    assert page["Connection-Allowlist"] == "(response-origin);redirects=allow"
    assert client.get(document(ticket) + "?file=https://elsewhere.example").status_code == HTTPStatus.NOT_FOUND
    alone = client.get(document(ticket), headers={"Sec-Fetch-Dest": "document"})
    assert alone.status_code == HTTPStatus.FORBIDDEN


def test_a_picture_has_a_player_that_shows_pictures_alone(client: Client, ticket: Ticket) -> None:
    page = client.get(f"/-/picture/{addresses.sign(ticket)}/")
    assert "/-/picture.js" in page.content.decode()
    policy = page["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "img-src blob:", "connect-src 'self'"} <= set(policy)
    assert not [part for part in policy if part.startswith(("frame-src", "font-src")) or "unsafe" in part]
    alone = client.get(f"/-/picture/{addresses.sign(ticket)}/", headers={"Sec-Fetch-Dest": "document"})
    assert alone.status_code == HTTPStatus.FORBIDDEN


def test_a_saved_page_is_the_file_itself_with_no_rights_at_all(client: Client, ticket: Ticket) -> None:
    place = f"/-/saved/{addresses.sign(ticket)}/"
    page: Any = client.get(place)
    assert b"".join(page) == COPY
    assert page["Content-Type"] == "text/html"
    assert page["Content-Security-Policy"].split("; ") == [
        "default-src 'none'",
        "style-src 'unsafe-inline' data:",
        "img-src data: blob:",
        "media-src data:",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "sandbox",
        f"frame-ancestors {ticket.framed_by}",
    ]
    assert page["Connection-Allowlist"] == "(response-origin);redirects=allow"
    alone = client.get(place, headers={"Sec-Fetch-Dest": "document"})
    assert alone.status_code == HTTPStatus.FORBIDDEN
    assert client.get(f"{place}?embed=replayonly").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("page", "media_type"),
    [
        ("<p>خبر".encode(), "text/html; charset=utf-8"),
        (b" " * 2_000_000 + "<p>خبر".encode(), "text/html; charset=utf-8"),
        ("<p>خبر".encode("cp1256"), "text/html"),
        (b" " * 2_000_000 + "<p>خبر".encode("cp1256"), "text/html"),
        ("<meta charset=windows-1256><p>خبر".encode("cp1256"), "text/html"),
        (b"<meta charset=windows-1256><p>news", "text/html"),
        ("\ufeff<p>خبر".encode("utf-16-le"), "text/html"),
        ("<p>خبر".encode()[:-1], "text/html"),
    ],
)
def test_a_saved_page_that_says_no_charset_is_read_as_its_text_was(
    client: Client, ticket: Ticket, page: bytes, media_type: str
) -> None:
    saved = replace(ticket, digest=archive.store().put(page))
    at = urlsplit(addresses.origin(saved.digest)).netloc
    answer = client.get(f"/-/saved/{addresses.sign(saved)}/", headers={"Host": at})
    assert answer["Content-Type"] == media_type


def test_an_uploaded_file_is_handed_to_players_and_is_nothing_by_itself(client: Client, ticket: Ticket) -> None:
    answer = client.get(f"/-/upload/{addresses.sign(ticket)}")
    assert b"".join(answer) == COPY
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert answer["Content-Disposition"] == "attachment"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert client.get(f"/-/upload/{addresses.sign(ticket)}x").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("legacy/build/pdf.min.mjs", "text/javascript; charset=utf-8"),
        ("legacy/build/pdf.worker.min.mjs", "text/javascript; charset=utf-8"),
        ("wasm/openjpeg.wasm", "application/wasm"),
        ("cmaps/UniJIS-UTF16-H.bcmap", "application/octet-stream"),
        ("standard_fonts/LiberationSans-Regular.ttf", "application/octet-stream"),
    ],
)
def test_what_a_document_is_drawn_with_is_served(client: Client, name: str, media_type: str) -> None:
    answer = client.get(f"/-/pdfjs/{name}")
    assert (answer.status_code, answer["Content-Type"]) == (HTTPStatus.OK, media_type)


@pytest.mark.parametrize("name", ["quickjs-eval.wasm", "../../../palette.css", "", "..", "legacy/build/pdf.mjs"])
def test_what_it_does_not_need_is_not(client: Client, name: str) -> None:
    """PDF.js brings an interpreter for the scripts of documents, too."""
    assert client.get(f"/-/pdfjs/{name}").status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"/-/pdfjs/wasm/{name}").status_code == HTTPStatus.NOT_FOUND


def test_an_address_that_nobody_signed_is_none(client: Client, ticket: Ticket) -> None:
    for token in ("x", addresses.sign(ticket) + "x", addresses.sign(ticket).replace(":", ":x", 1)):
        assert client.get(f"/-/view/{token}/{GOOD}").status_code == HTTPStatus.NOT_FOUND
        assert client.get(f"/-/copy/{token}.wacz").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("language", "said"), [("en", "This address is no longer good"), ("ar", "لم يعد هذا العنوان صالحا")]
)
def test_an_address_that_was_good_says_what_to_do(
    ticket: Ticket, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    ticket = Ticket(ticket.digest, DESK, language)
    url, now = viewer(ticket), time.time()
    monkeypatch.setattr(time, "time", lambda: now + OPENED_WITHIN + 2)
    answer = at(ticket).get(url)
    assert answer.status_code == HTTPStatus.GONE
    assert said in answer.content.decode()
    assert "<script" not in answer.content.decode()
    assert f"frame-ancestors {DESK}" in answer["Content-Security-Policy"]


def test_the_copy_can_be_read_a_while_longer_than_the_page_opened(
    client: Client, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, now = copy(ticket), time.time()
    monkeypatch.setattr(time, "time", lambda: now + OPENED_WITHIN + 2)
    assert client.get(url).status_code == HTTPStatus.OK
    monkeypatch.setattr(time, "time", lambda: now + READ_WITHIN + 2)
    assert client.get(url).status_code == HTTPStatus.NOT_FOUND


def test_each_copy_has_an_origin_of_its_own_and_is_nowhere_else(ticket: Ticket) -> None:
    other = Ticket(archive.store().put(COPY + b"!"), framed_by=DESK, language="en")
    assert addresses.origin(ticket.digest) != addresses.origin(other.digest)
    for url in (viewer(ticket), copy(ticket)):
        assert at(other).get(url).status_code == HTTPStatus.NOT_FOUND


def test_without_a_star_there_is_one_origin(ticket: Ticket, settings: Settings) -> None:
    settings.REPLAY_ORIGIN = "http://replay.localhost:8100"
    assert addresses.origin(ticket.digest) == settings.REPLAY_ORIGIN
    assert at(ticket).get(viewer(ticket)).status_code == HTTPStatus.OK


@pytest.mark.parametrize("host", ["a.b.localhost", "localhost", "127.0.0.1", "desk.example", "x.localhost.example"])
def test_it_answers_under_no_other_name(host: str) -> None:
    assert Client(headers={"host": host}).get("/sw.js").status_code in (
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.MISDIRECTED_REQUEST,
    )


def test_it_is_not_shown_outside_of_a_frame(client: Client, ticket: Ticket) -> None:
    answer = client.get(viewer(ticket), headers={"Sec-Fetch-Dest": "document"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "In a window of their own" in answer.content.decode()


@pytest.mark.parametrize("query", ["", "?embed=full", "?embed=replayonly&source=https://elsewhere.example/x.wacz"])
def test_the_player_takes_no_options_from_the_address(client: Client, ticket: Ticket, query: str) -> None:
    assert client.get(viewer(ticket, query)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("query", ["?injectScripts=/w/evil.js", "?serveIndex=1&root=x", "?allowProxyPaths=http://x"])
def test_the_worker_takes_no_options_that_a_page_could_give_it(client: Client, query: str) -> None:
    assert client.get("/sw.js").status_code == client.get("/sw.js?serveIndex=1").status_code == HTTPStatus.OK
    assert client.get(f"/sw.js{query}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("damage", ["altered", "missing"])
@pytest.mark.parametrize("player", [viewer, document])
def test_what_is_not_what_was_captured_is_not_shown(
    client: Client, ticket: Ticket, damage: str, player: Callable[[Ticket], str]
) -> None:
    path = max((path for _, path in archive.store().listing()), key=lambda path: path.stat().st_size)
    path.write_bytes(COPY[::-1]) if damage == "altered" else path.unlink()
    answer = client.get(player(ticket))
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "This copy is not shown" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=5-9", 5, 10),
        ("bytes=255990-", 255_990, 256_000),
        ("bytes=-10", 255_990, 256_000),
        ("bytes=255000-999999999", 255_000, 256_000),  # the end of what there is
        ("bytes=-999999999", 0, 256_000),
    ],
)
def test_a_part_is_that_part(client: Client, ticket: Ticket, asked: str, start: int, end: int) -> None:
    answer = client.get(copy(ticket), headers={"Range": asked})
    assert answer.status_code == HTTPStatus.PARTIAL_CONTENT
    assert b"".join(answer) == COPY[start:end]
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/256000"
    assert answer["Content-Length"] == str(end - start)


@pytest.mark.parametrize("asked", ["bytes=9-5", "bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=٥-٩"])
def test_what_is_no_range_is_answered_with_all(client: Client, ticket: Ticket, asked: str) -> None:
    answer = client.get(copy(ticket), headers={"Range": asked})
    assert (answer.status_code, answer["Content-Length"]) == (HTTPStatus.OK, "256000")


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=999999-1000000", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(client: Client, ticket: Ticket, asked: str) -> None:
    answer = client.get(copy(ticket), headers={"Range": asked})
    assert answer.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    assert answer["Content-Range"] == "bytes */256000"


def test_its_length_is_told_without_reading_it(client: Client, ticket: Ticket) -> None:
    answer = client.head(copy(ticket))
    assert (answer["Content-Length"], answer["Accept-Ranges"]) == ("256000", "bytes")


def test_the_program_has_no_database_and_no_application_to_find() -> None:
    """In a process of its own: this one has them."""
    asked = (
        "import config.replay_wsgi, sys; from django.conf import settings; from django.apps import apps;"
        "print(settings.SETTINGS_MODULE, settings.INSTALLED_APPS, list(apps.get_app_configs()),"
        " [name for name in sys.modules if name.startswith(('newsroom', 'audit', 'sources.models'))],"
        " [base['ENGINE'] for base in settings.DATABASES.values() if 'dummy' not in base['ENGINE']])"
    )
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told == "config.replay_settings [] [] [] []\n"
