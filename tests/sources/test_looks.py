"""What a capture of a watched page says is written down once, for every passage marked on it, and never guessed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from audit.models import Act
from newsroom.models import Case
from sources import looking
from sources.actions import looks, watches
from sources.actions.watches import WATCH
from sources.domain.captures import CaptureState, Reason
from sources.models import Capture, Excerpt, Look, LookDue, Sighting, Source, Watch
from tests.cast import Cast
from tests.sources import make

URL = "https://news.example/page"
PASSAGE = "أعلنت القيادة أنّ المقاتلين دخلوا الأحياء الغربية من المدينة مساء الجمعة"
BEFORE, AFTER = "قال الناطق صباح اليوم إن الطريق مقطوع، ثم أضاف في بيان: ", ". ولم يصدر تعليق من الطرف الآخر."
OLD = BEFORE + PASSAGE + AFTER
REWORDED = PASSAGE.replace("مساء الجمعة", "فجر السبت")
START = datetime(2026, 12, 3, 12, tzinfo=UTC)


@pytest.fixture
def source(cast: Cast, case: Case) -> Source:
    return make.source(cast, case, url=URL)


@pytest.fixture
def excerpt(cast: Cast, case: Case, source: Source) -> Excerpt:
    return make.excerpt(cast, case, make.capture(cast, source, OLD, url=URL, captured_at=START), PASSAGE)


@pytest.fixture
def watch(source: Source, excerpt: Excerpt) -> Watch:
    return watches.start(actor=WATCH, source_id=source.pk)


def look(cast: Cast, watch: Watch, text: str, day: float = 1, **facts: Any) -> Capture:
    """A capture of the watched page, `day` days later, and what it says written down."""
    capture = make.capture(
        cast,
        watch.source,
        text,
        url=watch.url,
        captured_at=START + timedelta(days=day),
        wacz=f"{day}".encode(),
        **facts,
    )
    looking.write_what_is_due()
    return capture


def failed(cast: Cast, watch: Watch, day: int = 1, reason: Reason = Reason.HTTP_CLIENT_ERROR) -> Capture:
    return look(cast, watch, "", day, state=CaptureState.FAILED, reason=reason)


def states(excerpt: Excerpt) -> list[str]:
    return list(excerpt.sightings.values_list("state", flat=True))


def test_it_works(cast: Cast, watch: Watch, excerpt: Excerpt) -> None:
    capture = look(cast, watch, "تحديث. " + BEFORE + REWORDED + AFTER)
    sighting = excerpt.sightings.get()
    assert (sighting.state, sighting.words, sighting.look.capture) == ("ALTERED", REWORDED, capture)
    assert sighting.start == len("تحديث. " + BEFORE)
    assert sighting.history.get().act.name == "watch.look"
    watch.refresh_from_db()
    assert (watch.looked_at, watch.changed_at, watch.unread_since) == (capture.captured_at, capture.captured_at, None)
    assert not LookDue.objects.exists()


def test_every_state(cast: Cast, watch: Watch, excerpt: Excerpt) -> None:
    for day, text in enumerate([OLD, AFTER + BEFORE + "وختم: " + PASSAGE, BEFORE + REWORDED + AFTER, AFTER]):
        look(cast, watch, text, day)
    failed(cast, watch, 5)
    assert states(excerpt) == ["UNCHANGED", "MOVED", "ALTERED", "ABSENT", "UNREACHABLE"]


def test_a_vowel_sign_less_is_unchanged_and_said_to_be_spelt_otherwise(
    cast: Cast, watch: Watch, excerpt: Excerpt
) -> None:
    look(cast, watch, OLD.replace("أنّ", "أن"))
    sighting = excerpt.sightings.get()
    assert (sighting.state, sighting.respelled, sighting.text) == ("UNCHANGED", True, PASSAGE.replace("أنّ", "أن"))
    watch.refresh_from_db()
    assert watch.changed_at is None


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        # the answer of the server is kept, and it is not the page
        ("لا توجد هذه الصفحة", {"state": CaptureState.FAILED, "reason": Reason.HTTP_CLIENT_ERROR}),
        # a consent wall, or a shell for scripts
        ("", {"state": CaptureState.PARTIAL, "reason": Reason.TEXT_EMPTY}),
        # cut in the middle of the passage
        (BEFORE + PASSAGE[:40], {"state": CaptureState.PARTIAL, "reason": Reason.CONNECTION_LOST}),
        # a picture where the page was
        ("", {}),
    ],
)
def test_what_was_not_read_whole_says_nothing(
    cast: Cast, watch: Watch, excerpt: Excerpt, text: str, facts: dict[str, Any]
) -> None:
    look(cast, watch, text, **facts)
    assert states(excerpt) == ["UNREACHABLE"]
    watch.refresh_from_db()
    assert (watch.unread_looks, watch.unread_since) == (1, START + timedelta(days=1))
    assert Look.objects.get().reached is False


def test_what_stands_in_half_a_page_stands_there(cast: Cast, watch: Watch, excerpt: Excerpt) -> None:
    look(cast, watch, BEFORE + PASSAGE, state=CaptureState.PARTIAL, reason=Reason.TEXT_TRUNCATED)
    assert (states(excerpt), Look.objects.get().reached) == (["UNCHANGED"], True)


def test_a_page_that_can_be_read_again_is_not_failing_any_more(cast: Cast, watch: Watch) -> None:
    failed(cast, watch, 1)
    failed(cast, watch, 2)
    watch.refresh_from_db()
    assert (watch.unread_looks, watch.unread_since) == (2, START + timedelta(days=1))
    look(cast, watch, OLD, 3)
    watch.refresh_from_db()
    assert (watch.unread_looks, watch.unread_since) == (0, None)


def test_a_capture_somebody_asked_for_is_a_look_too_and_one_of_another_address_is_not(cast: Cast, watch: Watch) -> None:
    make.capture(cast, watch.source, OLD, url="https://news.example/other")
    assert looking.write_what_is_due() == 0
    make.capture(cast, watch.source, OLD, url=URL)
    assert looking.write_what_is_due() == 1


def test_a_stopped_watch_looks_at_nothing(cast: Cast, watch: Watch) -> None:
    watches.stop(actor=cast.amal, watch_id=watch.pk, version=watch.version, reason="Enough.")
    look(cast, watch, OLD)
    assert not Look.objects.exists()
    assert not LookDue.objects.exists()


def test_each_case_has_its_own_act_and_a_stranger_sees_nothing_of_another(
    cast: Cast, case: Case, restricted: Case
) -> None:
    """A page of the newsroom, marked in an open and in a restricted case."""
    source = make.source(cast, url=URL)
    capture = make.capture(cast, source, OLD, url=URL)
    ours, theirs = make.excerpt(cast, case, capture, PASSAGE), make.excerpt(cast, restricted, capture, BEFORE.strip())
    watch = watches.start(actor=WATCH, source_id=source.pk)
    look(cast, watch, AFTER)
    assert set(Act.objects.filter(name="watch.look").values_list("case__slug", flat=True)) == {
        None,
        case.slug,
        restricted.slug,
    }
    assert [each.excerpt for each in Sighting.objects.visible_to(cast.dana)] == [ours]
    assert {each.excerpt for each in Sighting.objects.visible_to(cast.amal)} == {ours, theirs}
    assert all(sighting.history.get().act.case == sighting.case for sighting in Sighting.objects.all())


def _killed(*_: Any) -> None:
    raise KeyboardInterrupt


class TestTwice:
    """A message that comes twice, and a capture that is noted twice."""

    def test_it_is_written_once(self, cast: Cast, watch: Watch) -> None:
        make.capture(cast, watch.source, OLD, url=URL)
        due = LookDue.objects.get()
        assert [looks.write(due_id=due.pk) for _ in range(3)] == [True, False, False]
        assert Look.objects.count() == Sighting.objects.count() == 1

    def test_it_is_noted_once(self, cast: Cast, watch: Watch) -> None:
        capture = look(cast, watch, OLD)
        looks.note([watch.pk], capture)
        assert not LookDue.objects.exists()

    def test_whoever_breaks_off_in_between_leaves_it_whole_to_the_next(
        self, cast: Cast, watch: Watch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make.capture(cast, watch.source, OLD, url=URL)
        with monkeypatch.context() as killed:
            killed.setattr(looks, "_remember", _killed)
            with pytest.raises(KeyboardInterrupt):
                looking.write_what_is_due()
        assert not Look.objects.exists()
        assert looking.write_what_is_due() == 1
        assert Sighting.objects.get().state == "UNCHANGED"

    def test_the_database_holds_it(self, cast: Cast, watch: Watch) -> None:
        capture = look(cast, watch, OLD)
        with pytest.raises(IntegrityError), transaction.atomic():
            Look.objects.bulk_create([Look(watch=watch, capture=capture, reached=True)])


class TestAsking:
    def test_what_is_due_is_asked_for_once_and_set_to_later(self, cast: Cast, source: Source) -> None:
        watch = watches.start(actor=WATCH, source_id=source.pk)
        assert looking.ask_for_what_is_due() == 1
        assert looking.ask_for_what_is_due() == 0
        capture = Capture.objects.get()
        assert (capture.source, capture.requested_url, capture.requested_by) == (source, URL, None)
        assert capture.history.get().act.actor_name == "watch"
        assert Watch.objects.filter(pk=watch.pk, next_look_at__gt=Now() + timedelta(hours=2)).exists()

    def test_one_that_somebody_asked_for_is_that_one(self, cast: Cast, source: Source) -> None:
        waiting = make.waiting(cast, source, URL)
        watches.start(actor=WATCH, source_id=source.pk)
        assert looking.ask_for_what_is_due() == 1
        assert list(Capture.objects.all()) == [waiting]

    def test_no_host_is_asked_for_more_than_a_few_pages_at_once(self, cast: Cast, case: Case) -> None:
        for number in range(looking.PER_HOST + 2):
            added = make.source(cast, case, url=f"https://busy.example/{number}")
            watches.start(actor=WATCH, source_id=added.pk)
        watches.start(actor=WATCH, source_id=make.source(cast, case, url="https://other.example/").pk)
        assert looking.ask_for_what_is_due() == looking.PER_HOST + 1
        assert looking.ask_for_what_is_due() == 2

    def test_a_sweep_asks_for_no_more_than_it_may(
        self, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(looking, "PER_SWEEP", 2)
        for number in range(3):
            added = make.source(cast, case, url=f"https://host{number}.example/")
            watches.start(actor=WATCH, source_id=added.pk)
        assert [looking.ask_for_what_is_due() for _ in range(3)] == [2, 1, 0]

    def test_a_page_that_fails_is_asked_for_daily_even_when_it_is_old(self, cast: Cast, watch: Watch) -> None:
        Watch.objects.filter(pk=watch.pk).update(started_at=Now() - timedelta(days=400))
        watch.refresh_from_db()
        look(cast, watch, OLD, 1)
        assert Watch.objects.filter(next_look_at__gt=Now() + timedelta(days=20)).exists()
        failed(cast, watch, 2)
        assert Watch.objects.filter(next_look_at__lt=Now() + timedelta(days=1)).exists()
