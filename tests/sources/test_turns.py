"""Whose turn it is: fair to who asks, polite to who is asked, and one question once."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models.functions import Now
from pytest_django import Settings

from newsroom.models import Case, User
from sources import queue, turns
from sources.actions import captures
from sources.models import Capture, HostRest
from tests.cast import Cast
from tests.sources import make

Take = Callable[[str], UUID | None]


@pytest.fixture(autouse=True)
def hurried(settings: Settings) -> None:
    """Without the pause, except where it is what is tested."""
    settings.CAPTURE_HOST_PAUSE = 0
    settings.ISNAD_CAPTURE_ALLOW = []


def ask(person: User | str, url: str) -> Capture:
    return captures.request(actor=person, url=url, wake=False)


def taken(times: int) -> list[str]:
    """The addresses that so many workers are given, one after the other."""
    found = [turns.take_next(f"worker {number}") for number in range(times)]
    return [Capture.objects.get(pk=pk).requested_url for pk in found if pk is not None]


def batch(person: User | str, size: int = 10) -> list[str]:
    return [ask(person, f"https://{number}.example/").requested_url for number in range(size)]


def test_a_batch_takes_turns_with_one_page_of_somebody_else(cast: Cast) -> None:
    first, second, *_ = batch(cast.amal)
    ask(cast.basim, "https://one.example/")
    assert taken(3) == [first, "https://one.example/", second]


def test_by_age_alone_the_one_page_would_come_last(cast: Cast) -> None:
    """The twin."""
    batch(cast.amal)
    ask(cast.basim, "https://one.example/")
    assert queue.due().order_by("requested_at")[10].requested_url == "https://one.example/"


def test_what_the_system_asks_for_takes_turns_as_a_person_does(cast: Cast) -> None:
    first, second, *_ = batch("a watch")
    ask(cast.basim, "https://one.example/")
    assert taken(3) == [first, "https://one.example/", second]


def test_of_one_host_so_many_at_once(cast: Cast) -> None:
    for number in range(4):
        ask(cast.amal, f"https://news.example/{number}")
    ask(cast.amal, "https://other.example/")
    assert taken(5) == ["https://news.example/0", "https://news.example/1", "https://other.example/"]
    Capture.objects.filter(requested_url="https://news.example/0").update(state="FAILED")
    assert taken(5) == ["https://news.example/2"]


def test_what_a_dead_worker_had_stands_in_nobodys_way(cast: Cast) -> None:
    for number in range(3):
        ask(cast.amal, f"https://news.example/{number}")
    taken(2)
    Capture.objects.filter(state="RUNNING").update(lease_expires_at=Now() - timedelta(seconds=1))
    assert taken(2) == ["https://news.example/0", "https://news.example/1"]


def test_between_two_beginnings_there_is_a_pause(cast: Cast, settings: Settings) -> None:
    settings.CAPTURE_HOST_PAUSE = 5
    for number in range(2):
        ask(cast.amal, f"https://news.example/{number}")
    assert len(taken(2)) == 1
    assert turns.until_next() == timedelta(seconds=5)
    Capture.objects.filter(state="RUNNING").update(taken_at=Now() - timedelta(seconds=6))
    assert turns.until_next() == timedelta()
    assert len(taken(2)) == 1
    assert turns.until_next() is None


def test_a_host_that_asked_to_be_left_alone_is(cast: Cast) -> None:
    turns.leave_alone("https://news.example:8443/any?page", timedelta(minutes=10))
    turns.leave_alone("https://news.example:8443/another", timedelta(minutes=1))
    assert HostRest.objects.filter(until__gt=Now() + timedelta(minutes=9)).count() == 1
    ask(cast.amal, "https://news.example:8443/page")
    ask(cast.amal, "https://news.example/page")  # another server
    assert taken(2) == ["https://news.example/page"]
    HostRest.objects.update(until=Now() - timedelta(seconds=1))
    assert taken(1) == ["https://news.example:8443/page"]


def test_addresses_of_our_own_need_no_politeness(cast: Cast, settings: Settings) -> None:
    settings.CAPTURE_HOST_PAUSE = 5
    settings.ISNAD_CAPTURE_ALLOW = ["127.0.0.1:8123"]
    for number in range(4):
        ask(cast.amal, f"http://127.0.0.1:8123/{number}")
    assert len(taken(4)) == 4


def race(take: Take, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many captures run at a host that takes one at once, when a second worker counts before the first has taken,
    and something new stands first in the line meanwhile.
    """
    ask(cast.amal, "https://news.example/first")
    chosen, may_take = threading.Event(), threading.Event()
    take_row = queue.take

    def slowly(capture_id: UUID, owner: str) -> bool:
        if owner == "slow":
            chosen.set()
            may_take.wait(10)
        return take_row(capture_id, owner)

    monkeypatch.setattr(queue, "take", slowly)
    workers = [threading.Thread(target=_closing, args=[take, name]) for name in ("slow", "quick")]
    workers[0].start()
    assert chosen.wait(10)
    ask(cast.basim, "https://news.example/second")
    Capture.objects.filter(requested_by=cast.basim).update(requested_at=Now() - timedelta(hours=1))
    workers[1].start()
    workers[1].join(0.5)
    may_take.set()
    for worker in workers:
        worker.join(10)
    return Capture.objects.filter(state="RUNNING").count()


def _closing(take: Take, owner: str) -> None:
    try:
        take(owner)
    finally:
        connection.close()


def test_two_that_count_at_once_do_not_both_find_room(
    transactional_db: None, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CAPTURES_PER_HOST = 1
    assert race(turns.take_next, cast, monkeypatch) == 1


def test_without_the_lock_both_do(
    transactional_db: None, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    settings.CAPTURES_PER_HOST = 1
    assert race(turns.take_unguarded, cast, monkeypatch) == 2


def test_asked_again_within_a_minute_it_is_the_same_even_when_it_is_done(cast: Cast, case: Case) -> None:
    source = make.source(cast, case)
    first = make.capture(cast, source, "نص")
    url = first.requested_url
    assert captures.request(actor=cast.basim, source_id=source.pk, url=url) == first
    assert captures.request(actor=cast.basim, url=url) != first  # not in this case
    assert captures.request(actor=cast.basim, source_id=source.pk, url=f"{url}/2") != first
    make.age(Capture.objects.all())
    assert captures.request(actor=cast.basim, source_id=source.pk, url=url) != first


def asked_at_once(monkeypatch: pytest.MonkeyPatch) -> int:
    """How many captures come of five people who ask for one address at the same moment."""
    start = threading.Barrier(5)

    def person(name: str) -> None:
        start.wait()
        try:
            captures.request(actor=name, url="https://news.example/", wake=False)
        finally:
            connection.close()

    people = [threading.Thread(target=person, args=[f"person {number}"]) for number in range(5)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return Capture.objects.count()


def test_asked_at_once_it_is_one(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked_at_once(monkeypatch) == 1


def test_without_the_lock_on_the_address_they_are_several(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin. Each looks before any has asked."""
    looked = threading.Barrier(5)
    monkeypatch.setattr(captures, "_lock_address", lambda address: None)
    look = captures._already_asked
    monkeypatch.setattr(captures, "_already_asked", lambda *place: (look(*place), looked.wait(10))[0])
    assert asked_at_once(monkeypatch) == 5


def test_a_living_worker_keeps_its_lease(transactional_db: None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr(queue, "RENEW_EVERY", timedelta(seconds=0.1))
    kept, let_go = ask(cast.amal, "https://a.example/"), ask(cast.amal, "https://b.example/")
    assert queue.take(kept.pk, "alive")
    assert queue.take(let_go.pk, "dead")
    with queue.renewed(kept.pk, "alive"):
        threading.Event().wait(1)
        assert not queue.take(kept.pk, "another")
        assert queue.take(let_go.pk, "another")  # the twin: nobody renewed it
