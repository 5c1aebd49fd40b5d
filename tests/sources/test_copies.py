"""Copies elsewhere: asked for by a person, answered by an archive that speaks the real protocols."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.test import Client
from pytest_django import Settings

from audit import errands
from newsroom.models import Case
from newsroom.permits import Denied
from sources import copying
from sources.actions import copies
from sources.domain.copies import CopyFailure, CopyKind, CopyState
from sources.models import Capture, ExternalCopy
from tests.archives import Archive
from tests.cast import Cast
from tests.services import Said, Service, serving
from tests.sources import make

ALL = ExternalCopy.objects.all


@pytest.fixture
def archive() -> Archive:
    return Archive()


@pytest.fixture
def service(archive: Archive, settings: Settings) -> Iterator[Service]:
    with serving(archive.answer) as service:
        archive.base = service.url
        settings.IA_URL, settings.IA_TIMEMAP_URL = service.url, f"{service.url}/web/timemap/link/"
        settings.IA_ACCESS_KEY, settings.IA_SECRET_KEY = "access", "secret"
        settings.SERVICES_ALLOW = [service.address]
        yield service


@pytest.fixture
def capture(cast: Cast, case: Case, service: Service) -> Capture:
    return make.capture(cast, make.source(cast, case), "نص")


def asked(copy: ExternalCopy) -> ExternalCopy:
    """As it is after a worker has asked once more."""
    ALL().filter(pk=copy.pk).update(next_attempt_at=Now())
    copying.make(copy.pk, "here")
    copy.refresh_from_db()
    return copy


def save(cast: Cast, capture: Capture, **values: Any) -> ExternalCopy:
    return copies.ask(actor=cast.amal, capture_id=capture.pk, kind=CopyKind.SAVE, **values)


def test_it_works(cast: Cast, capture: Capture, archive: Archive) -> None:
    archive.pending = 1
    copy = save(cast, capture)
    assert not archive.saved
    assert asked(copy).state == CopyState.ASKED
    assert archive.saved == [capture.requested_url]
    assert asked(copy).state == CopyState.ASKED
    assert asked(copy).state == CopyState.FOUND
    assert copy.memento_url == f"{archive.base}/web/20261127141500/{capture.requested_url}"
    assert copy.memento_at == datetime(2026, 11, 27, 14, 15, tzinfo=UTC)
    assert copy.next_attempt_at is None
    said = [(row.act.name, row.act.actor_name, row.act.on_behalf_of) for row in copy.history.order_by("history_id")]
    assert said == [
        ("capture.copy", "Amal", None),
        ("capture.copy_answer", "copy worker", cast.amal),
        ("capture.copy_answer", "copy worker", cast.amal),
    ]


def test_the_key_is_in_no_row(cast: Cast, capture: Capture) -> None:
    copy = asked(asked(save(cast, capture)))
    assert "secret" not in str([*ALL().values(), *copy.history.values()])


def test_copies_that_are_there(cast: Cast, capture: Capture, archive: Archive) -> None:
    """The nearest to our own capture, of 23 November, is shown; the first and the last are kept beside it."""
    copy = asked(copies.ask(actor=cast.amal, capture_id=capture.pk, kind=CopyKind.LOOK_UP))
    assert (copy.state, copy.known) == (CopyState.FOUND, 3)
    assert copy.memento_at == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert "2020-01-02" in copy.answer


def test_none_known_is_an_answer(cast: Cast, service: Service) -> None:
    other = make.capture(cast, make.source(cast), "نص", url="https://other.example/")
    copy = asked(copies.ask(actor=cast.amal, capture_id=other.pk, kind=CopyKind.LOOK_UP))
    assert (copy.state, copy.known, copy.memento_url) == (CopyState.NONE, 0, "")


def test_an_address_with_a_question_mark_is_looked_up_whole(cast: Cast, service: Service) -> None:
    other = make.capture(cast, make.source(cast), "نص", url="https://news.example/page?id=5&lang=ar")
    asked(copies.ask(actor=cast.amal, capture_id=other.pk, kind=CopyKind.LOOK_UP))
    assert service.asked[-1].path == "/web/timemap/link/https://news.example/page?id=5&lang=ar"


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        (Said(200, b"<html>"), CopyFailure.ANSWER_MALFORMED),
        (Said(200, b"[1]"), CopyFailure.ANSWER_MALFORMED),
        (Said(200, b"{}"), CopyFailure.ANSWER_MALFORMED),
        (Said(200, b" " * 600_000), CopyFailure.ANSWER_TOO_LARGE),
        (Said(302, b"", {"Location": "/login"}), CopyFailure.SERVICE_ERROR),
        (Said(401), CopyFailure.KEYS_REFUSED),
        (Said(429, b"", {"Retry-After": "7200"}), CopyFailure.RATE_LIMITED),
        (Said(502), CopyFailure.SERVICE_ERROR),
        (Said(200, b'{"status": "error", "status_ext": "error:user-session-limit"}'), CopyFailure.RATE_LIMITED),
        (Said(200, b'{"status": "error", "status_ext": "error:blocked-url"}'), CopyFailure.PAGE_NOT_SAVED),
    ],
)
def test_what_goes_wrong(cast: Cast, capture: Capture, service: Service, said: Said, failure: CopyFailure) -> None:
    service.answer = lambda asked: said
    copy = asked(save(cast, capture))
    assert (copy.retry_reason or copy.reason) == failure
    assert copy.state == (CopyState.QUEUED if failure.may_pass else CopyState.FAILED)
    if said.status == 429:
        assert ALL().filter(next_attempt_at__gt=Now() + timedelta(minutes=110)).exists()


@pytest.mark.parametrize(
    ("said", "english", "arabic"),
    [
        (Said(401), "HTTP status 401", "رمز HTTP هو 401"),
        (Said(200, b"nonsense"), "its answer is no JSON", "ليس جوابه بصيغة JSON"),
        (Said(200, b"[]"), "its answer is no JSON object", "ليس جوابه كائنا بصيغة JSON"),
        (Said(200, b"{}"), "it names no job", "لا يسمّي مهمة"),
    ],
)
def test_what_went_wrong_is_told_in_the_language_of_the_reader(
    cast: Cast, capture: Capture, service: Service, said: Said, english: str, arabic: str
) -> None:
    service.answer = lambda _asked: said
    copy = save(cast, capture)
    ALL().update(attempts=errands.MOST_ATTEMPTS - 1)
    copy = asked(copy)
    assert copy.state == CopyState.FAILED
    client = Client()
    client.force_login(cast.amal, backend="allauth.account.auth_backends.AuthenticationBackend")
    for language, words in (("ar", arabic), ("en", english)):  # the last one stays for the tests that follow
        page = client.get(capture.get_absolute_url(), headers={"Accept-Language": language})
        assert words in re.sub(r"</?bdi[^>]*>|[\u2066-\u2069]", "", page.content.decode())


def test_the_page_could_not_be_saved(cast: Cast, capture: Capture, archive: Archive) -> None:
    archive.ends = {"status": "error", "status_ext": "error:not-found", "message": "The page is not there."}
    copy = asked(asked(save(cast, capture)))
    assert (copy.state, copy.reason) == (CopyState.FAILED, CopyFailure.PAGE_NOT_SAVED)
    assert copy.detail == "error:not-found: The page is not there."


def test_a_job_that_never_ends(cast: Cast, capture: Capture, archive: Archive) -> None:
    archive.pending = 99
    copy = asked(save(cast, capture))
    ALL().update(asked_at=Now() - timedelta(hours=3))
    assert asked(copy).reason == CopyFailure.NEVER_FINISHED


def test_asked_again_while_it_is_under_way_is_the_same_question(cast: Cast, capture: Capture) -> None:
    assert save(cast, capture) == save(cast, capture)
    done = asked(asked(save(cast, capture)))
    assert save(cast, capture) != done


def test_without_keys_nobody_is_asked_to_save(cast: Cast, capture: Capture, settings: Settings) -> None:
    settings.IA_SECRET_KEY = ""
    with pytest.raises(ValidationError, match="No keys"):
        save(cast, capture)


def test_there_is_nothing_to_ask_for_without_an_address(cast: Cast, case: Case, service: Service) -> None:
    """A scan of a letter that somebody uploaded."""
    capture = make.upload(cast, make.source(cast, case), url="")
    for kind in CopyKind:
        with pytest.raises(ValidationError, match="of no address"):
            copies.ask(actor=cast.amal, capture_id=capture.pk, kind=kind)
    assert not ALL().exists()


def test_who_may_not(cast: Cast, capture: Capture) -> None:
    with pytest.raises(Denied):
        copies.ask(actor=cast.omar, capture_id=capture.pk, kind=CopyKind.LOOK_UP)
    assert not ALL().exists()


def test_of_a_restricted_case_only_by_somebody_who_knows_what_it_gives_away(
    cast: Cast, restricted: Case, service: Service
) -> None:
    capture = make.capture(cast, make.source(cast, restricted), "نص")
    for kind in CopyKind:
        with pytest.raises(ValidationError, match="restricted"):
            copies.ask(actor=cast.amal, capture_id=capture.pk, kind=kind)
    assert not ALL().exists()
    assert asked(save(cast, capture, aware=True)).state == CopyState.ASKED


def test_by_itself_only_where_the_newsroom_wants_it_and_never_of_a_restricted_case(
    cast: Cast, case: Case, restricted: Case, service: Service, settings: Settings
) -> None:
    make.capture(cast, make.source(cast, case), "نص")
    assert not ALL().exists()
    settings.IA_AUTOMATIC = True
    make.capture(cast, make.source(cast, restricted), "نص")
    assert not ALL().exists()
    public = make.capture(cast, make.source(cast, case), "نص")
    newsroom = make.capture(cast, make.source(cast), "نص")
    assert {copy.capture for copy in ALL()} == {public, newsroom}
    assert {copy.asked_by for copy in ALL()} == {None}
    assert not service.asked
