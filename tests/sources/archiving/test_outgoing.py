"""Conversations with services: guarded like pages, never redirected, never longer than who asks can use."""

import gzip
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_django import Settings

from audit.stamps import outgoing
from audit.stamps.outgoing import Question
from audit.stamps.states import Failure, UnableToStamp
from sources.archiving.guard import Guard
from sources.archiving.outgoing import Asking, Reply, converse
from sources.domain.captures import Reason, UnableToFetch
from tests.services import Said, Service, serving
from tests.sources.archiving.conftest import IMPATIENT, TIGHT
from tests.sources.archiving.hostile import HostileServer

POSTED = Asking("POST", (("X-A", "b"),), b"abc")


@pytest.fixture
def service() -> Iterator[Service]:
    with serving(lambda asked: Said(200, asked.body[::-1], {"Content-Type": "text/x; charset=x"})) as service:
        yield service


def allowing(address: str) -> Guard:
    host, _, port = address.rpartition(":")
    return Guard(TIGHT, frozenset({(host, int(port))}))


def asked(service: Service, path: str = "/", asking: Asking = POSTED) -> Reply:
    return converse(service.url + path, asking, allowing(service.address), limit=1000)


def test_it_works(service: Service) -> None:
    assert asked(service) == Reply(200, b"cba", "text/x", 0)
    (seen,) = service.asked
    assert (seen.method, seen.path, seen.body) == ("POST", "/", b"abc")
    assert seen.headers["x-a"] == "b"
    assert not {"cookie", "referer", "authorization"} & set(seen.headers)


def test_a_redirect_is_not_followed(service: Service) -> None:
    service.answer = lambda asked: Said(302, b"", {"Location": "/elsewhere"})
    assert asked(service).status == 302
    assert len(service.asked) == 1


def test_it_does_not_reach_inside(service: Service) -> None:
    with pytest.raises(UnableToFetch) as refusal:
        converse(service.url, Asking(), Guard(TIGHT), limit=1000)
    assert refusal.value.reason is Reason.ADDRESS_NOT_PUBLIC
    assert not service.asked


@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "gzip"}])
def test_no_more_is_read_than_can_be_used(service: Service, headers: dict[str, str]) -> None:
    body = b"x" * 5000
    service.answer = lambda asked: Said(200, gzip.compress(body) if headers else body, headers)
    with pytest.raises(UnableToFetch) as refusal:
        asked(service)
    assert refusal.value.reason in {Reason.BODY_TOO_LARGE, Reason.DECOMPRESSED_TOO_LARGE}


def test_half_an_answer_is_none(service: Service) -> None:
    service.answer = lambda asked: Said(200, b"half", {"Content-Length": "400"})
    with pytest.raises(UnableToFetch) as refusal:
        asked(service)
    assert refusal.value.reason is Reason.CONNECTION_LOST


@pytest.mark.parametrize(("said", "wait"), [("90", 90), ("9" * 30, 86_400), ("soon", 0), ("-1", 0)])
def test_how_long_it_wants_to_be_left_alone(service: Service, said: str, wait: float) -> None:
    service.answer = lambda asked: Said(429, b"", {"Retry-After": said})
    assert asked(service).wait == wait


def test_a_value_cannot_write_headers_of_its_own(service: Service) -> None:
    with pytest.raises(UnableToFetch) as refusal:
        asked(service, asking=Asking("GET", (("Authorization", "LOW a:b\r\nHost: inside"),)))
    assert refusal.value.reason is Reason.CHARACTER_NOT_ALLOWED


def test_slow_services_are_left(server: HostileServer) -> None:
    guard = replace(allowing(f"127.0.0.1:{server.port}"), limits=IMPATIENT)
    with pytest.raises(UnableToFetch) as refusal:
        converse(server.url("/silence"), Asking(), guard, limit=1000)
    assert refusal.value.reason is Reason.DEADLINE_PASSED


@pytest.mark.parametrize(
    ("url", "failure"),
    [
        ("http://10.0.0.7/tsr", Failure.NOT_ALLOWED),
        ("http://no-such-host.invalid/tsr", Failure.UNREACHABLE),
        ("ftp://tsa.example/", Failure.NOT_ALLOWED),
    ],
)
def test_the_lowest_room_is_connected_to_the_guard(url: str, failure: Failure) -> None:
    with pytest.raises(UnableToStamp) as refusal:
        outgoing.ask(Question("POST", url, b"x"))
    assert refusal.value.failure is failure


def test_an_answer_reaches_the_lowest_room(service: Service, settings: Settings) -> None:
    settings.SERVICES_ALLOW = [service.address]
    assert outgoing.accepted(outgoing.ask(Question("POST", service.url, b"abc"))) == b"cba"
    service.answer = lambda asked: Said(429, b"", {"Retry-After": "60"})
    with pytest.raises(UnableToStamp) as refusal:
        outgoing.accepted(outgoing.ask(Question("POST", service.url, b"abc")))
    assert (refusal.value.failure, refusal.value.wait) == (Failure.RATE_LIMITED, 60)
