"""Time stamps that a capture lacks: asked for by a person on its page, or for all older captures by a command."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audit import errands
from audit.models import Act
from audit.stamps.authorities import targets
from audit.stamps.states import Failure, StampState
from newsroom.models import Case
from newsroom.permits import Denied
from sources import stamping
from sources.actions import stamp_requests, stamps
from sources.models import Capture, CaptureStamp
from tests.authority import Authority, found
from tests.cast import Cast, assemble, open_case
from tests.services import Said, Service, serving
from tests.sources import make


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return found(tmp_path / "honest")


@pytest.fixture
def capture(cast: Cast, case: Case) -> Capture:
    """From before any authority was set up."""
    return make.capture(cast, make.source(cast, case), "نص")


@pytest.fixture
def service(authority: Authority, settings: Settings) -> Iterator[Service]:
    with serving(authority.answer) as service:
        settings.SERVICES_ALLOW = [service.address]
        yield service


def set_up(settings: Settings, service: Service, authority: Authority) -> None:
    settings.TIMESTAMP_AUTHORITIES = [f"{service.url}/tsr {authority.roots}"]


@pytest.fixture
def late(capture: Capture, service: Service, authority: Authority, settings: Settings) -> Capture:
    """A capture, and since then an authority."""
    set_up(settings, service, authority)
    return capture


def ask(cast: Cast, capture: Capture, **values: Any) -> int:
    return stamp_requests.ask(actor=cast.amal, capture_id=capture.pk, **values)


def worked(stamp: CaptureStamp) -> CaptureStamp:
    CaptureStamp.objects.filter(pk=stamp.pk).update(next_attempt_at=Now())
    stamping.make(stamp.pk, "here")
    stamp.refresh_from_db()
    return stamp


def client(person: Any) -> Client:
    made = Client()
    made.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def test_it_works(cast: Cast, late: Capture) -> None:
    page = client(cast.amal)
    assert "Ask for the missing time stamps" in page.get(late.get_absolute_url()).content.decode()
    said = page.post(reverse("capture-stamp-ask", args=[late.pk]), follow=True)
    assert said.redirect_chain == [(late.get_absolute_url(), 302)]
    assert "The authorities are being asked." in said.content.decode()
    assert "Ask for the missing time stamps" not in said.content.decode()
    assert worked(late.stamps.get()).state == StampState.STAMPED
    done = Act.objects.get(name="stamp.ask")
    assert (done.actor, done.case) == (cast.amal, late.case)


def test_it_is_not_offered_to_who_may_not(cast: Cast, late: Capture) -> None:
    assert "Ask for the missing" not in client(cast.omar).get(late.get_absolute_url()).content.decode()
    with pytest.raises(Denied):
        stamp_requests.ask(actor=cast.omar, capture_id=late.pk)
    assert client(cast.omar).post(reverse("capture-stamp-ask", args=[late.pk])).status_code == 403
    assert not CaptureStamp.objects.exists()


def test_a_stranger_finds_nothing(cast: Cast, restricted: Case) -> None:
    hidden = make.capture(cast, make.source(cast, restricted), "نص")
    assert client(cast.dana).post(reverse("capture-stamp-ask", args=[hidden.pk])).status_code == 404


def test_one_that_was_given_up_begins_again(cast: Cast, late: Capture, service: Service, authority: Authority) -> None:
    ask(cast, late)
    service.answer = lambda asked: Said(200, found(authority.folder.parent / "other", name="Other").reply(asked.body))
    stamp = worked(late.stamps.get())
    assert (stamp.state, stamp.reason) == (StampState.FAILED, Failure.NOT_TRUSTED)
    service.answer = authority.answer
    assert ask(cast, late) == 1
    stamp.refresh_from_db()
    assert (stamp.state, stamp.reason, stamp.attempts) == (StampState.QUEUED, "", 0)
    assert worked(stamp).state == StampState.STAMPED
    states = stamp.history.order_by("history_id").values_list("state", flat=True)
    assert list(states) == [StampState.QUEUED, StampState.FAILED, StampState.QUEUED, StampState.STAMPED]


def test_one_that_waits_for_its_next_turn_is_asked_now(cast: Cast, late: Capture, service: Service) -> None:
    ask(cast, late)
    service.answer = lambda asked: Said(503)
    stamp = worked(late.stamps.get())
    assert CaptureStamp.objects.filter(next_attempt_at__gt=Now()).exists()
    assert ask(cast, late) == 1
    assert CaptureStamp.objects.filter(next_attempt_at__lte=Now()).exists()
    assert (stamp.history.count(), Act.objects.filter(name="stamp.ask").count()) == (1, 1)


def test_who_has_answered_is_left_alone(cast: Cast, late: Capture) -> None:
    ask(cast, late)
    stamp = worked(late.stamps.get())
    token = bytes(stamp.receipt)
    assert ask(cast, late) == 0
    stamp.refresh_from_db()
    assert (bytes(stamp.receipt), stamp.state) == (token, StampState.STAMPED)
    said = client(cast.amal).post(reverse("capture-stamp-ask", args=[late.pk]), follow=True).content.decode()
    assert "Nobody is left to ask" in said


def test_one_no_longer_set_up_is_left_alone(cast: Cast, late: Capture, settings: Settings) -> None:
    ask(cast, late)
    settings.TIMESTAMP_AUTHORITIES = []
    assert worked(late.stamps.get()).reason == Failure.NOT_CONFIGURED
    assert ask(cast, late) == 0


def test_without_a_file_there_is_nothing_to_stamp(
    cast: Cast, case: Case, service: Service, authority: Authority, settings: Settings
) -> None:
    empty = make.capture(cast, make.source(cast, case), wacz=b"", wacz_digest="")
    set_up(settings, service, authority)
    with pytest.raises(ValidationError, match="no file"):
        ask(cast, empty)
    said = client(cast.amal).post(reverse("capture-stamp-ask", args=[empty.pk]), follow=True).content.decode()
    assert "there is nothing to stamp" in said


def stamp_captures(*options: str) -> str:
    out = StringIO()
    call_command("stamp_captures", *options, stdout=out)
    return out.getvalue().strip()


def test_the_command_asks_about_older_captures_once(cast: Cast, late: Capture, case: Case) -> None:
    assert stamp_captures() == "1 captures, 1 time stamps asked for."
    assert stamp_captures() == "0 captures, 0 time stamps asked for."
    stamp = worked(late.stamps.get())
    assert stamp.state == StampState.STAMPED
    done = Act.objects.get(name="stamp.ask")
    assert (done.actor_name, done.origin, done.case) == ("command line", "command stamp_captures", case)


def test_the_command_takes_failed_ones_only_when_told(cast: Cast, late: Capture, service: Service) -> None:
    stamp_captures()
    service.answer = lambda asked: Said(302, b"", {"Location": "https://elsewhere.example/"})
    stamp = late.stamps.get()
    stamps.fail(stamp_id=stamp.pk, owner=taken(stamp), failure=Failure.NOT_TRUSTED, detail="")
    assert stamp_captures() == "0 captures, 0 time stamps asked for."
    assert stamp_captures("--failed") == "1 captures, 1 time stamps asked for."


def taken(stamp: CaptureStamp) -> str:
    assert errands.take(CaptureStamp.objects.all(), stamp.pk, "a worker")
    return "a worker"


def test_the_command_for_one_case_and_for_a_few(cast: Cast, late: Capture) -> None:
    elsewhere = open_case(cast, "elsewhere")
    assert stamp_captures("--case", elsewhere.slug) == "0 captures, 0 time stamps asked for."
    assert stamp_captures("--at-most", "0") == "0 captures, 0 time stamps asked for."
    with pytest.raises(CommandError, match="no case"):
        stamp_captures("--case", "nowhere")


def test_the_command_says_that_nobody_is_set_up(cast: Cast) -> None:
    with pytest.raises(CommandError, match="TIMESTAMP_AUTHORITIES"):
        stamp_captures()


def both_ask(cast: Cast, capture: Capture) -> list[int | str]:
    together = Barrier(2, timeout=20)

    def asked(_: int) -> int | str:
        try:
            together.wait()
            return ask(cast, capture)
        except IntegrityError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        return sorted(threads.map(asked, range(2)), key=str)


@pytest.fixture
def raced(
    transactional_db: None, settings: Settings, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> tuple[Cast, Capture]:
    cast = assemble()
    capture = make.capture(cast, make.source(cast, open_case(cast)), "نص")
    settings.TIMESTAMP_AUTHORITIES = [f"https://tsa.example/tsr {authority.roots}"]
    monkeypatch.setattr(stamp_requests, "wake", lambda pk: None)  # another test's worker may still be there
    return cast, capture


def test_two_who_ask_at_once_have_asked_once(raced: tuple[Cast, Capture]) -> None:
    assert both_ask(*raced) == [0, 1]


def test_twin_without_the_lock_one_is_refused(raced: tuple[Cast, Capture], monkeypatch: pytest.MonkeyPatch) -> None:
    both_looked = Barrier(2, timeout=20)

    def when_both_looked() -> Any:
        both_looked.wait()
        return targets()

    monkeypatch.setattr(stamp_requests, "_locked", lambda pk: Capture.objects.select_related("case").get(pk=pk))
    monkeypatch.setattr(stamp_requests, "targets", when_both_looked)
    assert both_ask(*raced) == [1, "refused"]
