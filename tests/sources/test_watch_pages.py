"""What is watched and what was seen there, on the page of a source, on a capture, and in the lists of the archive."""

from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.models import Case
from sources import looking
from sources.actions import watches
from sources.actions.watches import WATCH
from sources.domain.captures import CaptureState, Handling, Reason
from sources.models import Excerpt, Source, Watch
from sources.queries.archive import NOT_FOUND, passages
from sources.queries.watched import SHOWN, watched
from tests.cast import Cast, open_case
from tests.sources import make
from tests.sources.test_looks import AFTER, BEFORE, OLD, PASSAGE, REWORDED, START, URL, failed, look

IN_PART = {"state": CaptureState.PARTIAL, "reason": Reason.SCROLLED_IN_PART, "handling": (Handling.SCROLLED_IN_PART,)}


@pytest.fixture
def source(cast: Cast, case: Case) -> Source:
    return make.source(cast, case, url=URL)


@pytest.fixture
def excerpt(cast: Cast, case: Case, source: Source) -> Excerpt:
    return make.excerpt(cast, case, make.capture(cast, source, OLD, url=URL, captured_at=START), PASSAGE)


@pytest.fixture
def watch(source: Source, excerpt: Excerpt) -> Watch:
    return watches.start(actor=WATCH, source_id=source.pk)


def client(person: Any) -> Client:
    signed_in = Client()
    signed_in.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return signed_in


def page(person: Any, name: str, *args: Any, **asked: Any) -> str:
    answer = client(person).get(reverse(name, args=args), asked)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


class TestTheSource:
    def test_it_tells_what_was_seen_in_days(self, cast: Cast, watch: Watch) -> None:
        look(cast, watch, OLD, 1)
        look(cast, watch, OLD, 4)
        look(cast, watch, AFTER, 6)
        failed(cast, watch, 8)
        shown = page(cast.omar, "source-detail", watch.source.reference)
        told = [
            "page not read on 11 December 2026",
            "absent on 9 December 2026",
            "present in 2 looks, from 4 December 2026 to 7 December 2026",
        ]
        places = [shown.index(words) for words in told]
        assert places == sorted(places)
        assert "could not be read on 11 December 2026" in shown
        assert "the server says no" in shown
        assert "deleted" not in shown

    def test_a_passage_not_found_in_the_part_that_was_read_is_said_to_be_that(self, cast: Cast, watch: Watch) -> None:
        """And the page was read, so nothing says that it was not."""
        capture = look(cast, watch, AFTER, 1, **IN_PART)
        for shown in (
            page(cast.omar, "source-detail", watch.source.reference),
            page(cast.omar, "capture-detail", capture.pk),
        ):
            assert "not found in the part that was read" in shown
            assert "not read on" not in shown
            assert "page was not read" not in shown
        assert "read in part: not scrolled to its end" in page(cast.omar, "source-detail", watch.source.reference)

    def test_looks_of_one_day_are_told_apart_by_the_hour(self, cast: Cast, watch: Watch) -> None:
        look(cast, watch, OLD, 1)
        look(cast, watch, BEFORE + REWORDED + AFTER, 1)
        shown = page(cast.omar, "source-detail", watch.source.reference)
        assert "in other words on 4 December 2026, 12:00" in shown

    def test_looks_of_one_minute_are_told_apart_by_the_second(self, cast: Cast, watch: Watch) -> None:
        look(cast, watch, OLD, 1)
        look(cast, watch, BEFORE + REWORDED + AFTER, 1 + 20 / 86_400)
        shown = page(cast.omar, "source-detail", watch.source.reference)
        assert "in other words on 4 December 2026, 12:00:20" in shown
        assert "present on 4 December 2026, 12:00:00" in shown

    def test_looks_of_one_day_that_say_the_same_are_said_together(self, cast: Cast, watch: Watch) -> None:
        look(cast, watch, OLD, 1)
        look(cast, watch, OLD, 1)
        assert "present in 2 looks on 4 December 2026" in page(cast.omar, "source-detail", watch.source.reference)

    def test_a_vowel_sign_less_is_said_to_be_one_of_spelling(self, cast: Cast, watch: Watch) -> None:
        look(cast, watch, OLD.replace("أنّ", "أن"))
        assert "(spelling or spacing differs)" in page(cast.omar, "source-detail", watch.source.reference)

    def test_in_arabic(self, cast: Cast, watch: Watch) -> None:
        for day in (1, 2, 3):
            look(cast, watch, OLD, day)
        signed_in = client(cast.omar)
        signed_in.cookies["django_language"] = "ar"
        shown = signed_in.get(watch.source.get_absolute_url()).content.decode()
        assert "موجود في 3 نظرات، من 4 كانون الأول 2026 إلى 6 كانون الأول 2026" in shown

    def test_before_it_is_watched_it_says_when_that_begins(self, cast: Cast, source: Source) -> None:
        shown = page(cast.amal, "source-detail", source.reference)
        assert "That begins by itself" in shown
        assert reverse("watch-start", args=[source.reference]) in shown
        assert reverse("watch-start", args=[source.reference]) not in page(cast.omar, "source-detail", source.reference)

    def test_many_looks_take_as_many_queries_as_few(self, cast: Cast, watch: Watch) -> None:
        def queries() -> int:
            signed_in = client(cast.omar)
            with CaptureQueriesContext(connection) as taken:
                signed_in.get(watch.source.get_absolute_url())
            return len(taken)

        look(cast, watch, OLD, 1)
        few = queries()
        make.excerpt(cast, watch.source.case, make.capture(cast, watch.source, OLD, url=URL), BEFORE)  # type: ignore[arg-type]
        for day in range(2, 5):
            look(cast, watch, AFTER, day)
        assert queries() == few


class TestManyPassages:
    """Of two watched pages of one source, one with more passages than are shown."""

    MANY = "\n".join(f"Paragraph {n} says that the road stayed open." for n in range(SHOWN + 3))
    OTHER = "https://news.example/other"

    @pytest.fixture
    def crowded(self, cast: Cast, case: Case, watch: Watch) -> Watch:
        """Its passages were all marked later than the one of the other page."""
        capture = make.capture(cast, watch.source, self.MANY, url=self.OTHER, captured_at=START)
        for number in range(SHOWN + 3):
            make.excerpt(cast, case, capture, f"Paragraph {number} says")
        return watches.start(actor=WATCH, source_id=watch.source_id, url=self.OTHER)

    def test_each_page_has_its_own(self, cast: Cast, watch: Watch, crowded: Watch) -> None:
        look(cast, watch, AFTER)
        shown = page(cast.omar, "source-detail", watch.source.reference)
        assert "No passage is marked on this page" not in shown
        assert PASSAGE[:40] in shown
        assert f"All {SHOWN + 3} passages marked on this page" in shown

    def test_what_turned_is_shown_first_and_what_more_there_is_said(self, cast: Cast, crowded: Watch) -> None:
        capture = look(cast, crowded, self.MANY.replace("Paragraph 0 says", "Nobody ever said"))
        first, *_rest = watched(cast.omar, crowded.source)[-1].passages
        assert first.excerpt.exact == "Paragraph 0 says"
        for shown in (page(cast.omar, "capture-detail", capture.pk), page(cast.omar, "watch-passages", crowded.pk)):
            assert "Paragraph 0 says" in shown
        assert "and 3 more passages" in page(cast.omar, "capture-detail", capture.pk)
        assert page(cast.omar, "watch-passages", crowded.pk).count('class="quotation"') == SHOWN + 3

    def test_the_looks_at_one_leave_out_none_of_the_other(self, cast: Cast, watch: Watch, crowded: Watch) -> None:
        look(cast, watch, OLD, 1)
        for day in range(2, SHOWN + 4):
            look(cast, crowded, self.MANY, day)
        shown = page(cast.omar, "source-detail", watch.source.reference)
        assert "The latest look<" in shown
        assert f"The latest {SHOWN} of {SHOWN + 2} looks" in shown


def test_a_capture_says_what_was_looked_for_in_it(cast: Cast, watch: Watch) -> None:
    capture = look(cast, watch, AFTER)
    shown = page(cast.omar, "capture-detail", capture.pk)
    assert "Looked for in this copy" in shown
    assert PASSAGE[:40] in shown


class TestForms:
    def post(self, person: Any, name: str, *args: Any, **typed: Any) -> Any:
        return client(person).post(reverse(name, args=args), typed)

    def test_start_change_and_stop(self, cast: Cast, source: Source) -> None:
        self.post(cast.amal, "watch-start", source.reference, every=24, reason="It is edited often.")
        watch = Watch.objects.get()
        assert (watch.every, watch.reason, watch.url) == (24, "It is edited often.", URL)
        self.post(cast.amal, "watch-change", watch.pk, every=0, version=1, reason="Calm now.")
        answer = self.post(cast.amal, "watch-stop", watch.pk, version=2, reason="The matter is closed.")
        assert answer["Location"].endswith("#watches")
        watch.refresh_from_db()
        assert (watch.every, watch.is_active, watch.reason) == (0, False, "The matter is closed.")
        assert "Not watched: somebody stopped it." in page(cast.omar, "source-detail", source.reference)

    def test_what_was_typed_is_kept_when_it_is_refused(self, cast: Cast, watch: Watch) -> None:
        answer = self.post(cast.amal, "watch-change", watch.pk, every=5, version=1, reason="Every five hours.")
        assert answer.status_code == HTTPStatus.OK
        assert "Every five hours." in answer.content.decode()
        watch.refresh_from_db()
        assert watch.every == 0

    def test_a_reason_is_asked_for(self, cast: Cast, watch: Watch) -> None:
        answer = self.post(cast.amal, "watch-stop", watch.pk, version=1, reason=" ")
        assert answer.context["form"].errors["reason"]
        assert Watch.objects.get().is_active

    def test_two_at_once_the_second_is_told(self, cast: Cast, watch: Watch) -> None:
        watches.change(actor=cast.amal, watch_id=watch.pk, version=1, every=24, reason="More.")
        answer = self.post(cast.basim, "watch-change", watch.pk, every=168, version=1, reason="Less.")
        assert answer.context["form"].conflict["who"] == "Amal"

    def test_a_number_nobody_gave_out(self, cast: Cast) -> None:
        assert self.post(cast.amal, "watch-stop", 999).status_code == HTTPStatus.NOT_FOUND


class TestTheArchive:
    def test_it_works(self, cast: Cast, watch: Watch) -> None:
        look(cast, watch, AFTER, 1)
        failed(cast, watch, 2)
        answer = client(cast.omar).get(reverse("archive"))
        health = answer.context["health"]
        assert {(each.state, each.reason, each.number) for each in health.captures} == {
            ("SUCCEEDED", "", 2),
            ("FAILED", "HTTP_CLIENT_ERROR", 1),
        }
        assert health.watches == {"active": 1, "due": 0, "unread": 1, "long": 0, "stopped": 0}
        assert (health.unread, health.oldest, health.passage_count) == ([watch], [watch], 1)
        shown = answer.content.decode()
        assert "absent on 4 December 2026" in shown
        assert PASSAGE[:40] in shown

    def test_copies_made_elsewhere_are_counted_apart(self, cast: Cast, watch: Watch) -> None:
        make.upload(cast, watch.source)
        answer = client(cast.omar).get(reverse("archive"))
        ours, theirs = answer.context["health"].captures
        assert (ours.number, ours.elsewhere, theirs.number, theirs.elsewhere) == (1, False, 1, True)
        assert "kept as it came" in answer.content.decode()
        for made, ended in (("here", ours), ("elsewhere", theirs)):
            listed = client(cast.omar).get(reverse("archive-captures"), {"made": made}).context["page"]
            assert listed.paginator.count == ended.number
            assert f"state=SUCCEEDED&amp;made={made}" in answer.content.decode()

    def test_the_desk_leads_to_what_needs_a_look_and_says_nothing_where_nothing_does(
        self, cast: Cast, watch: Watch
    ) -> None:
        look(cast, watch, OLD, 1)
        assert "The archive needs a look" not in page(cast.omar, "desk")
        look(cast, watch, AFTER, 2)
        shown = page(cast.omar, "desk")
        assert "1 passage does not stand as it was marked" in shown
        assert reverse("archive-passages") in shown

    def test_the_daily_round_is_no_news_on_the_desk(self, cast: Cast, watch: Watch) -> None:
        """It would push aside what people did; the record has all of it."""
        look(cast, watch, OLD, 1)
        looking.ask_for_what_is_due()
        moved = client(cast.chadi).get(reverse("desk")).context["moved"]
        assert "watch.look" not in {entry.act.name for entry in moved}
        assert "watch.start" in {entry.act.name for entry in moved}
        assert "looked at" in page(cast.chadi, "audit-list")

    def test_an_empty_one_says_what_to_do_first(self, cast: Cast) -> None:
        assert "Nothing is archived here yet" in page(cast.omar, "archive")

    def test_a_passage_that_is_back_stands_no_longer_among_those_that_turned(self, cast: Cast, watch: Watch) -> None:
        look(cast, watch, AFTER, 1)
        failed(cast, watch, 2)
        assert PASSAGE[:40] in page(cast.omar, "archive-passages", show="ABSENT")
        assert PASSAGE[:40] not in page(cast.omar, "archive-passages", show="ALTERED")
        look(cast, watch, OLD, 3)
        assert PASSAGE[:40] not in page(cast.omar, "archive-passages")

    def test_a_passage_that_was_not_found_for_long_in_what_was_read_is_said(self, cast: Cast, watch: Watch) -> None:
        """At least five looks, over seven days: the same as for a page that cannot be read."""
        words = "1 passage was not found for long"
        for day in (1, 3, 5, 7):
            look(cast, watch, AFTER, day, **IN_PART)
        failed(cast, watch, 9)
        assert words not in page(cast.omar, "desk")
        assert "Passages not found for long" not in page(cast.omar, "archive")
        look(cast, watch, AFTER, 11, **IN_PART)
        assert words in page(cast.omar, "desk")
        answer = client(cast.omar).get(reverse("archive"))
        health, shown = answer.context["health"], answer.content.decode()
        assert (health.not_found, health.passages, health.unread) == ([Excerpt.objects.get()], [], [])
        assert "Passages not found for long" in shown
        assert "Passages not found for long</h1>" in page(cast.omar, "archive-passages", show="unfound")
        look(cast, watch, OLD, 12, **IN_PART)
        assert words not in page(cast.omar, "desk")
        assert PASSAGE[:40] not in page(cast.omar, "archive-passages", show="unfound")

    def test_a_bad_week_is_not_long(self, cast: Cast, watch: Watch) -> None:
        for day in range(1, 8):
            look(cast, watch, AFTER, day, **IN_PART)
        assert passages(cast.omar, state=NOT_FOUND).count() == 0
        look(cast, watch, AFTER, 8, **IN_PART)
        assert passages(cast.omar, state=NOT_FOUND).count() == 1
        assert passages(cast.omar, case="newsroom", state=NOT_FOUND).count() == 0

    def test_the_lists_are_narrowed_by_the_address(self, cast: Cast, case: Case, watch: Watch) -> None:
        other = make.source(cast, open_case(cast, "other"), "Another", url="https://other.example/")
        watches.start(actor=WATCH, source_id=other.pk)
        failed(cast, watch, 1)
        listed = {
            which: client(cast.omar).get(reverse("watch-list"), asked).context["page"].paginator.count
            for which, asked in {
                "all": {},
                "case": {"case": case.slug},
                "newsroom": {"case": "newsroom"},
                "unread": {"show": "unread"},
                "stopped": {"show": "stopped"},
                "nonsense": {"show": "nonsense", "case": "nowhere", "page": "x"},
            }.items()
        }
        assert listed == {"all": 2, "case": 1, "newsroom": 0, "unread": 1, "stopped": 0, "nonsense": 2}
        captures = reverse("archive-captures")
        for asked, count in (({"state": "FAILED"}, 1), ({"state": "FAILED", "reason": "TLS_FAILED"}, 0), ({}, 2)):
            assert client(cast.omar).get(captures, asked).context["page"].paginator.count == count

    def test_the_oldest_come_first_and_those_never_looked_at_before_them(self, cast: Cast, watch: Watch) -> None:
        look(cast, watch, OLD, 1)
        never = watches.start(actor=WATCH, source_id=make.source(cast, watch.source.case, url="https://b.example/").pk)
        listed = client(cast.omar).get(reverse("watch-list")).context["page"]
        assert list(listed) == [never, watch]

    def test_a_stranger_finds_a_newsroom_page_and_nothing_of_who_marked_it(self, cast: Cast, restricted: Case) -> None:
        shared = make.source(cast, url=URL)
        make.excerpt(cast, restricted, make.capture(cast, shared, OLD, url=URL), PASSAGE)
        watch = watches.start(actor=WATCH, source_id=shared.pk)
        capture = look(cast, watch, AFTER)
        doors = [reverse(name) for name in ("archive", "archive-passages", "watch-list", "archive-captures")]
        for url in [*doors, shared.get_absolute_url(), capture.get_absolute_url()]:
            assert PASSAGE[:20] not in client(cast.dana).get(url).content.decode()
        assert client(cast.dana).get(reverse("archive")).context["health"].passage_count == 0
        assert client(cast.omar).get(reverse("archive")).context["health"].passage_count == 1

    @pytest.mark.parametrize("name", ["archive", "archive-captures", "archive-passages", "watch-list"])
    def test_many_take_as_many_queries_as_few(self, cast: Cast, case: Case, watch: Watch, name: str) -> None:
        def queries() -> int:
            signed_in = client(cast.omar)
            with CaptureQueriesContext(connection) as taken:
                signed_in.get(reverse(name))
            return len(taken)

        look(cast, watch, AFTER, 1)
        failed(cast, watch, 2)
        few = queries()
        for number in range(3):
            url = f"https://news.example/{number}"
            added = make.source(cast, case, url=url)
            make.excerpt(cast, case, make.capture(cast, added, OLD, url=url), PASSAGE)
            again = watches.start(actor=WATCH, source_id=added.pk)
            look(cast, again, AFTER, 3)
            failed(cast, again, 4)
        assert queries() == few
