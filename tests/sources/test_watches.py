"""A watch is begun, changed and stopped by people with a reason, and by the system where nobody has to be asked."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from newsroom.models import Case
from newsroom.permits import Denied
from newsroom.versions import Stale
from sources.actions import watches
from sources.actions.watches import WATCH
from sources.models import Rhythm, Source, StoppedBy, Watch, WatchReason
from tests.cast import Cast
from tests.sources import make

URL = "https://news.example/page"


@pytest.fixture
def source(cast: Cast, case: Case) -> Source:
    return make.source(cast, case, url=URL)


def start(actor: Any, source: Source, **values: Any) -> Watch:
    values = {"reason": "", **values} if isinstance(actor, str) else {"reason": "It is edited often.", **values}
    return watches.start(actor=actor, source_id=source.pk, **values)


def acts(watch: Watch) -> list[str]:
    return [row.act.name for row in watch.history.select_related("act").order_by("history_id")]


def test_a_person_starts_one_and_it_is_due_at_once(cast: Cast, source: Source) -> None:
    watch = start(cast.amal, source, every=Rhythm.DAILY)
    assert (watch.url, watch.why, watch.every, watch.reason) == (URL, WatchReason.ASKED_FOR, 24, "It is edited often.")
    assert list(Watch.objects.due()) == [watch]
    assert (acts(watch), watch.history.get().act.case) == (["watch.start"], source.case)


def test_where_there_is_a_fresh_copy_the_first_look_can_wait(cast: Cast, source: Source) -> None:
    capture = make.capture(cast, source, "text", url=URL)
    type(capture).objects.filter(pk=capture.pk).update(captured_at=Now())
    watch = start(WATCH, source)
    assert not Watch.objects.due().exists()
    assert watch.next_look_at is not None


def test_twice_is_once(cast: Cast, source: Source) -> None:
    first = start(WATCH, source)
    assert start(cast.amal, source) == start(WATCH, source) == first
    assert acts(first) == ["watch.start"]


def test_what_the_system_stopped_it_starts_again(cast: Cast, source: Source) -> None:
    watch = start(WATCH, source)
    watch = watches.stop(actor=WATCH, watch_id=watch.pk, version=watch.version)
    assert (watch.stopped_by, watch.next_look_at) == (StoppedBy.SYSTEM, None)
    assert start(WATCH, source).is_active
    assert acts(watch) == ["watch.start", "watch.stop", "watch.start"]


def test_what_a_person_stopped_only_a_person_starts_again(cast: Cast, source: Source) -> None:
    watch = start(WATCH, source)
    watches.stop(actor=cast.amal, watch_id=watch.pk, version=watch.version, reason="The site asked us to.")
    assert not start(WATCH, source).is_active
    again = start(cast.basim, source, every=Rhythm.WEEKLY)
    assert (again.pk, again.is_active, again.every, again.why) == (watch.pk, True, 168, WatchReason.ASKED_FOR)


def test_another_address_of_it(cast: Cast, source: Source) -> None:
    assert start(cast.amal, source, url="https://news.example/live").url == "https://news.example/live"
    with pytest.raises(ValidationError, match="neither http nor https"):
        start(cast.amal, source, url="ftp://news.example/")


def test_a_source_without_an_address_is_told_to_have_one(cast: Cast, case: Case) -> None:
    with pytest.raises(ValidationError, match="no address"):
        start(cast.amal, make.source(cast, case))


def test_how_often_is_changed_with_a_reason(cast: Cast, source: Source) -> None:
    watch = start(WATCH, source)
    changed = watches.change(actor=cast.amal, watch_id=watch.pk, version=1, every=Rhythm.SIX_HOURS, reason="Elections.")
    assert (changed.every, changed.version, acts(watch)) == (6, 2, ["watch.start", "watch.change"])
    assert changed.next_look_at is not None
    with pytest.raises(ValidationError, match="Say why"):
        watches.change(actor=cast.amal, watch_id=watch.pk, version=2, every=Rhythm.DAILY, reason=" ")
    with pytest.raises(Stale):
        watches.stop(actor=cast.basim, watch_id=watch.pk, version=1, reason="Enough.")


def test_a_stopped_one_is_neither_changed_nor_stopped(cast: Cast, source: Source) -> None:
    watch = start(WATCH, source)
    watch = watches.stop(actor=cast.amal, watch_id=watch.pk, version=1, reason="Enough.")
    for refused in (
        lambda: watches.change(actor=cast.amal, watch_id=watch.pk, version=2, every=Rhythm.DAILY, reason="More."),
        lambda: watches.stop(actor=cast.amal, watch_id=watch.pk, version=2, reason="Enough."),
    ):
        with pytest.raises(ValidationError, match="not watched any more"):
            refused()


def test_an_observer_does_none_of_it(cast: Cast, source: Source) -> None:
    watch = start(WATCH, source)
    with pytest.raises(Denied):
        start(cast.omar, source)
    with pytest.raises(Denied):
        watches.change(actor=cast.omar, watch_id=watch.pk, version=1, every=6, reason="More.")
    with pytest.raises(Denied):
        watches.stop(actor=cast.omar, watch_id=watch.pk, version=1, reason="Enough.")


def test_one_of_a_restricted_case_does_not_exist_for_strangers(cast: Cast, restricted: Case) -> None:
    watch = start(WATCH, make.source(cast, restricted, url=URL))
    assert not Watch.objects.visible_to(cast.dana).exists()
    assert list(Watch.objects.visible_to(cast.omar)) == [watch]
    with pytest.raises(Denied):
        watches.stop(actor=cast.dana, watch_id=watch.pk, version=1, reason="Enough.")


@pytest.mark.parametrize(
    "wrong", [{"state": "STOPPED"}, {"state": "STOPPED", "stopped_by": "PERSON", "next_look_at": None}]
)
def test_the_database_holds_who_stopped_it_and_why(cast: Cast, source: Source, wrong: dict[str, Any]) -> None:
    watch = start(WATCH, source)
    with pytest.raises(IntegrityError), transaction.atomic():
        Watch.objects.filter(pk=watch.pk).update(**wrong)
