"""A passage that turned out otherwise is told once, on each claim that rests on it, with both versions."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Act
from newsroom.models import Case
from sources.domain.captures import CaptureState, Handling, Missing, Reason, Wanted
from sources.models import Capture, Sighting
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification import make
from tests.verification.passages import (
    AFTER,
    BEFORE,
    OLD,
    PASSAGE,
    REWORDED,
    START,
    URL,
    Watched,
    bound,
    page_with_a_passage,
)
from tests.verification.test_claim_page import client
from verification import passage_alerts
from verification.actions import alerts
from verification.models import Alert, AlertsDue
from verification.wording.alerts import Told, tell

ALTERED, ABSENT = BEFORE + REWORDED + AFTER, BEFORE + AFTER
SCRIPT = Missing("https://news.example/app.js?v=1", Reason.CONNECTION_LOST, wanted=Wanted.SCRIPT)
IMAGE = Missing("https://news.example/photo.jpg", Reason.CONNECTION_LOST, wanted=Wanted.IMAGE)
IN_PART: dict[str, Any] = {
    "state": CaptureState.PARTIAL,
    "reason": Reason.SCROLLED_IN_PART,
    "handling": (Handling.SCROLLED_IN_PART,),
}
STOPPED: dict[str, Any] = {
    "state": CaptureState.PARTIAL,
    "reason": Reason.SCRIPT_STOPPED,
    "handling": (Handling.SCRIPT_STOPPED,),
}
CUT_OFF: dict[str, Any] = {"state": CaptureState.PARTIAL, "reason": Reason.CONNECTION_LOST}
WALL: dict[str, Any] = {"state": CaptureState.PARTIAL, "reason": Reason.CONSENT_WALL}
WITHOUT_IMAGE: dict[str, Any] = {"state": CaptureState.PARTIAL, "reason": Reason.RESOURCES_MISSING, "missing": (IMAGE,)}
WITHOUT_SCRIPT: dict[str, Any] = {
    "state": CaptureState.PARTIAL,
    "reason": Reason.RESOURCES_MISSING,
    "missing": (SCRIPT,),
}


@pytest.fixture
def page(cast: Cast, case: Case) -> Watched:
    return page_with_a_passage(cast, case)


def told(page: Watched) -> list[Told]:
    return tell(page.claim.alerts.select_related("because_of", "claim__case").order_by("pk"))


def close_all(cast: Cast) -> None:
    for alert in Alert.objects.open():
        alerts.close(actor=cast.amal, alert_id=alert.pk, resolution="Seen.")


def test_altered_is_told_with_both_versions(page: Watched) -> None:
    capture = page.look(ALTERED, 6)
    [alert] = told(page)
    assert alert.changes == ["Present on 3 December 2026, in other words on 9 December 2026."]
    assert alert.seen is not None
    assert alert.seen.before is not None
    assert (alert.seen.before.capture, alert.seen.now.capture) == (page.capture.pk, capture.pk)
    assert "".join(piece.text for piece in alert.seen.pieces if piece.change != "added") == PASSAGE
    assert "".join(piece.text for piece in alert.seen.pieces if piece.change != "removed") == REWORDED
    assert alert.alert.history.get().act.case == page.case


def test_absent_is_told_and_never_that_somebody_removed_it(page: Watched) -> None:
    page.look(OLD, 4)
    page.look(ABSENT, 6)
    [alert] = told(page)
    assert alert.alert.kind == "PASSAGE_ABSENT"
    assert alert.changes == ["Present on 7 December 2026, absent on 9 December 2026."]


def test_two_looks_on_one_day_are_told_apart_by_the_hour(page: Watched) -> None:
    page.look(ABSENT, 0)
    assert "3 December 2026, 12:00" in told(page)[0].changes[0]


def test_two_looks_in_one_minute_are_told_apart_by_the_second(page: Watched) -> None:
    page.look(ABSENT, 20 / 86_400)
    [alert] = told(page)
    assert alert.changes == ["Present on 3 December 2026, 12:00:00, absent on 3 December 2026, 12:00:20."]
    assert alert.seen is not None
    assert alert.seen.before is not None
    assert alert.seen.before.day != alert.seen.now.day, "the two captures are named by these"


def test_all_days_of_an_alert_are_told_apart_where_two_are_one(page: Watched) -> None:
    """A sentence without the hour after one that has it would leave open which came first."""
    other = BEFORE + PASSAGE.replace("الغربية", "الشمالية") + AFTER
    page.look(ALTERED, 5)
    page.look(other, 6)
    page.look(ABSENT, 6.25)
    first, second, _third = told(page)
    assert first.changes == [
        "Present on 3 December 2026, in other words on 8 December 2026.",
        "Absent on 9 December 2026.",
    ]
    assert second.changes == [
        "In other words on 8 December 2026, 12:00, in different ones on 9 December 2026, 12:00.",
        "Absent on 9 December 2026, 18:00.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        OLD,
        # another place, another spelling: no reason to look again
        AFTER + BEFORE + "وختم بقوله: " + PASSAGE,
        OLD.replace("أنّ", "أن").replace("الجمعة", "الجمعه"),
    ],
)
def test_what_says_the_same_opens_nothing(page: Watched, text: str) -> None:
    page.look(text, 6)
    assert page.alerts() == []


def test_a_page_that_was_not_had_says_nothing(page: Watched) -> None:
    page.fail(6)
    page.look(BEFORE + PASSAGE[:30], 7, state=CaptureState.PARTIAL, reason=Reason.CONNECTION_LOST)
    page.look("", 8, state=CaptureState.PARTIAL, reason=Reason.TEXT_EMPTY)
    assert page.alerts() == []


def test_the_same_change_is_told_once_and_a_further_one_again(page: Watched) -> None:
    for day in (6, 7, 8):
        page.look(ALTERED, day)
    assert page.alerts() == ["PASSAGE_ALTERED"]
    page.look(ABSENT, 9)
    page.look(ABSENT, 10)
    assert page.alerts() == ["PASSAGE_ALTERED", "PASSAGE_ABSENT"]


def test_a_failed_look_in_between_makes_no_second_change_of_one(page: Watched) -> None:
    page.look(ABSENT, 6)
    page.fail(7)
    page.look(ABSENT, 8)
    assert page.alerts() == ["PASSAGE_ABSENT"]


def test_that_it_is_back_is_said_on_the_open_alert(page: Watched) -> None:
    page.look(ABSENT, 6)
    page.look(OLD, 9)
    [alert] = told(page)
    assert alert.changes[-1] == "In the words marked again on 12 December 2026."


def test_that_it_is_back_opens_one_when_the_desk_had_made_up_its_mind(cast: Cast, page: Watched) -> None:
    page.look(ABSENT, 6)
    close_all(cast)
    page.look(OLD, 9)
    assert page.alerts() == ["PASSAGE_ABSENT", "PASSAGE_BACK"]
    assert told(page)[-1].changes == ["Absent on 9 December 2026, present again on 12 December 2026."]
    close_all(cast)
    page.look(ABSENT, 10)
    assert page.alerts()[2:] == ["PASSAGE_ABSENT"]


@pytest.mark.parametrize("marked", [True, False])
def test_one_that_is_gone_is_absent_beside_another_near_to_it(cast: Cast, case: Case, marked: bool) -> None:
    """What stood there before, and stands there still, is not what became of it; and is not at the next look either."""
    page = page_with_a_passage(cast, case, marked=marked)
    page.look(OLD + " " + REWORDED, 1)
    for day in (6, 7):
        page.look(BEFORE + AFTER + " " + REWORDED, day)
    assert page.alerts() == ["PASSAGE_ABSENT"]
    assert told(page)[0].changes == ["Present on 4 December 2026, absent on 9 December 2026."]
    assert set(Sighting.objects.values_list("state", flat=True)) == {"UNCHANGED", "ABSENT"}


class TestWhoIsTold:
    def test_every_claim_that_rests_on_it_and_the_published_one_first(self, cast: Cast, page: Watched) -> None:
        second = make.claim(cast, page.case)
        bound(cast, make.account(cast, second, source=page.source.pk, quotation=PASSAGE), page.excerpt)
        type(second).objects.filter(pk=second.pk).update(state="PUBLISHED")
        page.look(ABSENT, 6)
        assert [alert.claim for alert in Alert.objects.order_by("pk")] == [second, page.claim]

    def test_one_whose_passage_was_marked_in_a_copy_that_is_nobodys(self, cast: Cast, page: Watched) -> None:
        """Captured as a bare address of the case, without saying whose page it is."""
        capture = sources.bare_capture(cast, page.case, OLD, url=URL)
        claim = make.claim(cast, page.case)
        account = make.account(cast, claim, source=page.source.pk, quotation=PASSAGE)
        bound(cast, account, sources.excerpt(cast, page.case, capture, PASSAGE))
        page.look(ABSENT, 6)
        assert claim.alerts.filter(kind="PASSAGE_ABSENT").exists()

    def test_not_one_whose_evidence_was_withdrawn(self, cast: Cast, page: Watched) -> None:
        second = make.claim(cast, page.case)
        account = bound(cast, make.account(cast, second, source=page.source.pk, quotation=PASSAGE), page.excerpt)
        make.withdrawn(cast, account)
        page.look(ABSENT, 6)
        assert not second.alerts.filter(kind="PASSAGE_ABSENT").exists()

    def test_a_page_of_the_newsroom_tells_no_case_of_another(self, cast: Cast, restricted: Case) -> None:
        page = page_with_a_passage(cast, restricted, shared=True)
        page.look(ABSENT, 6)
        assert page.alerts() == ["PASSAGE_ABSENT"]
        assert set(Act.objects.filter(name="alert.open").values_list("case", flat=True)) == {restricted.pk}
        for name in ("desk", "audit-list", "source-list"):
            shown = client(cast.dana).get(reverse(name)).content.decode()
            assert page.claim.reference not in shown
            assert PASSAGE[:20] not in shown


class TestQuotationOnly:
    """Evidence that names no excerpt is looked up by its quotation, in this copy and in the one before."""

    @pytest.fixture
    def quoted(self, cast: Cast, case: Case) -> Watched:
        return page_with_a_passage(cast, case, marked=False)

    def test_altered_and_absent(self, quoted: Watched) -> None:
        quoted.look(ALTERED, 6)
        quoted.look(ALTERED, 7)
        quoted.look(ABSENT, 8)
        assert quoted.alerts() == ["PASSAGE_ALTERED", "PASSAGE_ABSENT"]
        assert told(quoted)[0].changes == ["Present on 3 December 2026, in other words on 9 December 2026."]

    def test_back(self, quoted: Watched) -> None:
        quoted.look(ABSENT, 6)
        quoted.look(OLD, 8)
        assert quoted.alerts() == ["PASSAGE_ABSENT", "PASSAGE_BACK"]

    @pytest.mark.parametrize(("text", "turn"), [(ALTERED, "PASSAGE_ALTERED"), (ABSENT, "PASSAGE_ABSENT")])
    def test_each_further_turn_is_told(self, quoted: Watched, text: str, turn: str) -> None:
        """Whoever reads the latest alert reads how it stands now."""
        for day, seen in enumerate([text, text, OLD, text, OLD, OLD], 6):
            quoted.look(seen, day)
        assert quoted.alerts() == [turn, "PASSAGE_BACK"] * 2

    def test_what_never_stood_there_is_not_missed(self, cast: Cast, quoted: Watched) -> None:
        """A quotation in translation is in no copy of the page."""
        claim = make.claim(cast, quoted.case)
        make.account(cast, claim, source=quoted.source.pk, quotation="The command said its fighters had gone in.")
        quoted.look(ABSENT, 6)
        assert not claim.alerts.exists()

    def test_of_a_page_that_is_always_read_in_part(self, cast: Cast, case: Case) -> None:
        page = page_with_a_passage(cast, case, marked=False, **IN_PART)
        page.look(ALTERED, 6, **IN_PART)
        assert page.alerts() == ["PASSAGE_ALTERED"]
        assert told(page)[0].changes == ["Present on 3 December 2026, in other words on 9 December 2026."]

    @pytest.mark.parametrize("facts", [IN_PART, WITHOUT_SCRIPT])
    def test_it_is_compared_with_the_latest_copy_that_tells(self, quoted: Watched, facts: dict[str, Any]) -> None:
        """Of two looks that did not come as far as it, neither hides what the next one sees."""
        quoted.look(BEFORE, 4, **facts)
        quoted.look(BEFORE, 5, **facts)
        quoted.look(ABSENT, 6)
        assert quoted.alerts() == ["PASSAGE_ABSENT"]
        assert told(quoted)[0].changes == ["Present on 3 December 2026, absent on 9 December 2026."]

    def test_a_copy_that_was_not_whole_in_between_is_passed_over(self, quoted: Watched) -> None:
        quoted.look(BEFORE, 5, state=CaptureState.PARTIAL, reason=Reason.CONNECTION_LOST)
        quoted.look(ABSENT, 6)
        assert told(quoted)[0].changes == ["Present on 3 December 2026, absent on 9 December 2026."]


class TestReadInPart:
    """Of a page that was read in part, what stands there is told, and nothing of what does not."""

    @pytest.mark.parametrize("marked", [True, False])
    @pytest.mark.parametrize("facts", [IN_PART, STOPPED, WITHOUT_IMAGE, WITHOUT_SCRIPT])
    def test_other_words_where_it_stood_are_told(
        self, cast: Cast, case: Case, marked: bool, facts: dict[str, Any]
    ) -> None:
        page = page_with_a_passage(cast, case, marked=marked)
        page.look(ALTERED, 6, **facts)
        assert page.alerts() == ["PASSAGE_ALTERED"]
        assert told(page)[0].changes == ["Present on 3 December 2026, in other words on 9 December 2026."]
        assert page.watch.unread_looks == 0

    @pytest.mark.parametrize("facts", [IN_PART, STOPPED, WITHOUT_SCRIPT])
    def test_that_it_is_not_in_that_part_is_no_absence_and_no_page_that_could_not_be_read(
        self, page: Watched, facts: dict[str, Any]
    ) -> None:
        for day in range(1, 12, 2):
            page.look(ABSENT, day, **facts)
        assert page.alerts() == []
        assert (page.watch.unread_looks, page.watch.unread_since) == (0, None)
        assert not Sighting.objects.exclude(state="UNREACHABLE").exists()

    def test_a_picture_that_did_not_come_hides_no_words(self, page: Watched) -> None:
        page.look(ABSENT, 6, **WITHOUT_IMAGE)
        assert page.alerts() == ["PASSAGE_ABSENT"]

    def test_a_copy_that_was_not_scrolled_to_its_end_shows_no_absence_whatever_else_it_lacks(
        self, page: Watched
    ) -> None:
        """It has one reason only, and that is the picture, which was missing before as well."""
        page.look(OLD, 2, **WITHOUT_IMAGE)
        page.look(ABSENT, 6, **WITHOUT_IMAGE, handling=(Handling.SCROLLED_IN_PART,))
        assert page.alerts() == []

    @pytest.mark.parametrize("handling", [Handling.FRAMES_CUT, Handling.SCROLLED_IN_PART])
    def test_nor_does_one_that_is_called_whole(self, page: Watched, handling: Handling) -> None:
        page.look(ABSENT, 6, handling=(handling,))
        assert page.alerts() == []

    @pytest.mark.parametrize(
        ("missing", "alerts"),
        [
            # the same file, which a page asks for by another number each time
            ((Missing("https://news.example/app.js?v=2", Reason.CONNECTION_LOST, wanted=Wanted.SCRIPT),), 1),
            ((IMAGE, SCRIPT), 1),
            ((Missing("https://news.example/other.js", Reason.CONNECTION_LOST, wanted=Wanted.SCRIPT),), 0),
            ((SCRIPT, Missing("https://news.example/text", Reason.CONNECTION_LOST)), 0),
            # nothing is said of what else was refused
            ((SCRIPT, Missing("https://news.example/1.jpg", Reason.TOO_MANY_RESOURCES, wanted=Wanted.IMAGE)), 0),
        ],
    )
    def test_it_is_absent_where_what_is_missing_was_missing_when_it_was_seen(
        self, page: Watched, missing: tuple[Missing, ...], alerts: int
    ) -> None:
        page.look(OLD, 2, **WITHOUT_SCRIPT)
        page.look(ABSENT, 6, **WITHOUT_SCRIPT | {"missing": missing})
        assert page.alerts() == ["PASSAGE_ABSENT"] * alerts

    @pytest.mark.parametrize("marked", [True, False])
    def test_where_it_breaks_off_in_the_middle_nothing_is_told(self, cast: Cast, case: Case, marked: bool) -> None:
        page = page_with_a_passage(cast, case, marked=marked)
        page.look(BEFORE + PASSAGE[:50], 6, **IN_PART)
        assert page.alerts() == []

    def test_another_passage_near_to_it_elsewhere_in_that_part_is_none(self, page: Watched) -> None:
        page.look("تحديث من مكان آخر لا علاقة له بما سبق. " + REWORDED + ". وهذا كل ما في الخبر الجديد.", 6, **IN_PART)
        assert page.alerts() == []


class TestUnreadForLong:
    def test_it_takes_days_and_looks_and_is_told_once(self, page: Watched) -> None:
        for day in (1, 3, 5, 7):
            page.fail(day)
        assert page.alerts() == []
        page.fail(8)
        assert page.alerts() == ["PAGE_UNREAD"]
        page.fail(9)
        assert page.alerts() == ["PAGE_UNREAD"]
        assert told(page)[0].changes == [
            "It could not be read in 5 looks, from 4 December 2026 to 11 December 2026. "
            "The latest copy is of 3 December 2026. That says nothing of what stands on it."
        ]

    @pytest.mark.parametrize(
        ("facts", "known"),
        [
            (IN_PART, "The latest copy before that is not whole; it is of 4 December 2026."),
            (CUT_OFF, "The latest copy before that is not whole; it is of 4 December 2026."),
            # a wall is no copy of what stands behind it
            (WALL, "The latest copy is of 3 December 2026."),
        ],
    )
    def test_a_copy_in_part_is_a_copy(self, page: Watched, facts: dict[str, Any], known: str) -> None:
        page.look(BEFORE, 1, **facts)
        for day in (2, 4, 6, 8, 10):
            page.fail(day)
        [alert] = told(page)
        assert known in alert.changes[0]

    def test_where_every_copy_is_in_part_there_is_one(self, cast: Cast, case: Case) -> None:
        page = page_with_a_passage(cast, case, **IN_PART)
        for day in (2, 4, 6, 8, 10):
            page.fail(day)
        [alert] = told(page)
        assert "not whole; it is of 3 December 2026." in alert.changes[0]
        assert alert.seen is not None
        assert alert.seen.before is not None
        assert alert.seen.before.capture == page.capture.pk

    def test_many_looks_in_a_bad_week_are_not_long(self, page: Watched) -> None:
        for day in (1, 2, 3, 4, 5, 6, 7):
            page.fail(day)
        assert page.alerts() == []

    def test_one_look_that_could_read_it_begins_anew(self, page: Watched) -> None:
        for day in (1, 3, 5):
            page.fail(day)
        page.look(OLD, 6)
        for day in (7, 8, 9, 10):
            page.fail(day)
        assert page.alerts() == []

    def test_that_it_can_be_read_again_is_said_and_the_next_time_is_another(self, page: Watched) -> None:
        for day in range(1, 10, 2):
            page.fail(day)
        page.look(OLD, 11)
        assert told(page)[0].changes[-1] == "It could be read again on 14 December 2026."
        for day in range(12, 22, 2):
            page.fail(day)
        assert page.alerts() == ["PAGE_UNREAD", "PAGE_UNREAD"]


def test_a_message_that_comes_twice_opens_nothing_twice(page: Watched) -> None:
    page.look(ABSENT, 6)
    assert passage_alerts.work_off() == 0
    look = page.watch.looks.get()
    AlertsDue.objects.create(look=look, act=Act.objects.filter(name="watch.look").latest("pk"))
    assert passage_alerts.work_off() == 1
    assert page.alerts() == ["PASSAGE_ABSENT"]


def test_the_claim_and_the_desk_show_it(cast: Cast, page: Watched) -> None:
    capture = page.look(ALTERED, 6)
    for url in (reverse("claim-detail", args=[page.claim.reference]), reverse("desk")):
        shown = client(cast.amal).get(url).content.decode()
        assert "A passage was altered" in shown
        assert "Present on 3 December 2026, in other words on 9 December 2026." in shown
        assert all(reverse("capture-detail", args=[pk]) in shown for pk in (capture.pk, page.capture.pk))
        assert "<del>" in shown


def test_many_alerts_take_as_many_queries_as_few(cast: Cast, page: Watched) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            tell(Alert.objects.select_related("because_of", "claim__case"))
        return len(taken)

    page.look(ALTERED, 6)
    before = queries()
    for _ in range(3):
        claim = make.claim(cast, page.case)
        bound(cast, make.account(cast, claim, source=page.source.pk, quotation=PASSAGE), page.excerpt)
    page.look(ABSENT, 7)
    assert Alert.objects.count() == 5
    assert queries() == before


def test_a_capture_before_the_first_look_counts_as_seen(cast: Cast, case: Case) -> None:
    """The excerpt's own capture is the version before, although no watch was there yet."""
    page = page_with_a_passage(cast, case)
    assert page.watch.looked_at is None
    page.look(ABSENT, 1)
    assert told(page)[0].seen.before.day == "3 December 2026"  # type: ignore[union-attr]
    assert page.watch.changed_at == START + timedelta(days=1)


OF_THE_ARTICLE: Any = {"engine_version": "2 (HeadlessChrome/140)"}


class TestOlderTexts:
    """Those of engines before version 3 hold the article and no more."""

    @pytest.fixture
    def page(self, cast: Cast, case: Case) -> Watched:
        return page_with_a_passage(cast, case, **OF_THE_ARTICLE)

    def absent_in_an_older_text(self, page: Watched, day: int) -> None:
        """As it was written down before."""
        with patch.object(Capture, "text_is_of_the_article", False):
            page.look(ABSENT, day, **OF_THE_ARTICLE)

    def test_they_do_not_show_that_something_is_absent(self, page: Watched) -> None:
        page.look(ABSENT, 6, **OF_THE_ARTICLE)
        assert list(page.excerpt.sightings.values_list("state", flat=True)) == ["UNREACHABLE"]
        assert page.alerts() == []

    @pytest.mark.parametrize("version", ["", "3 (HeadlessChrome/140)"])
    def test_a_text_of_all_that_is_shown_does(self, page: Watched, version: str) -> None:
        page.look(ABSENT, 6, engine_version=version)
        assert page.alerts() == ["PASSAGE_ABSENT"]

    def test_a_file_that_is_no_page_was_read_whole_by_them_too(self, cast: Cast, case: Case) -> None:
        page = page_with_a_passage(cast, case, media_type="application/pdf", **OF_THE_ARTICLE)
        page.look(ABSENT, 6, media_type="application/pdf", **OF_THE_ARTICLE)
        assert page.alerts() == ["PASSAGE_ABSENT"]

    def test_what_a_newer_text_finds_is_not_back(self, cast: Cast, page: Watched) -> None:
        self.absent_in_an_older_text(page, 6)
        close_all(cast)
        page.look(OLD, 7)
        assert page.alerts() == ["PASSAGE_ABSENT"]
        page.look(ABSENT, 8)
        assert told(page)[1].changes == ["Present on 10 December 2026, absent on 11 December 2026."]

    def test_their_absent_is_the_day_of_nothing_that_is_told_later(self, page: Watched) -> None:
        page.look(ALTERED, 5, **OF_THE_ARTICLE)
        self.absent_in_an_older_text(page, 6)
        page.look(ALTERED, 7)
        altered, _absent = told(page)
        assert altered.changes == ["Present on 3 December 2026, in other words on 8 December 2026."]

    def test_what_they_said_to_be_absent_and_is_is_told_once(self, cast: Cast, page: Watched) -> None:
        self.absent_in_an_older_text(page, 6)
        close_all(cast)
        page.look(ABSENT, 7)
        assert page.alerts() == ["PASSAGE_ABSENT"]

    def test_a_quotation_that_names_no_place_is_looked_up_in_them_and_not_missed(self, cast: Cast, case: Case) -> None:
        page = page_with_a_passage(cast, case, marked=False, **OF_THE_ARTICLE)
        page.look(ABSENT, 6, **OF_THE_ARTICLE)
        page.look(OLD, 7)
        assert page.alerts() == []
        page.look(ABSENT, 8)
        assert told(page)[0].changes == ["Present on 10 December 2026, absent on 11 December 2026."]
