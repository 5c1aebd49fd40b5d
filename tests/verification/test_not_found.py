"""A passage that looks did not come upon, and that is not therefore absent: how that is said, and whom it reaches."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.models import Case
from sources.actions import watches
from sources.domain.captures import CaptureState, Handling, Reason
from sources.models import Capture
from sources.queries.archive import ELSEWHERE, NOT_FOUND, passages
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification import make
from tests.verification.passages import AFTER, OLD, PASSAGE, URL, Watched, bound, page_with_a_passage
from verification.watches import keep

BROWSER: dict[str, Any] = {"engine": "BROWSER"}
IN_PART: dict[str, Any] = {
    "state": CaptureState.PARTIAL,
    "reason": Reason.SCROLLED_IN_PART,
    "handling": (Handling.SCROLLED_IN_PART,),
    **BROWSER,
}
FIVE = (1, 3, 5, 7, 9)


@pytest.fixture
def brought(cast: Cast, case: Case) -> Watched:
    return bring(cast, case)


def bring(cast: Cast, case: Case, *, shared: bool = False) -> Watched:
    """A passage marked in a page that somebody saved before anybody here looked."""
    source = sources.source(cast, None if shared else case, url=URL)
    saved = f"<html lang=ar><head><meta charset=utf-8></head><body><p>{OLD}</p></body></html>".encode()
    upload = sources.upload(cast, source, saved, file_name="page.html", made_at=datetime(2026, 11, 22, tzinfo=UTC))
    excerpt = sources.excerpt(cast, case, upload, PASSAGE)
    claim = make.claim(cast, case)
    evidence = make.account(cast, claim, source=source.pk, quotation=PASSAGE, basis="WITNESSED")
    bound(cast, evidence, excerpt)
    keep()
    return Watched(cast, case, source, upload, excerpt, claim, evidence)


def shown(page: Watched, name: str, *args: Any, language: str = "en", **asked: Any) -> str:
    client = Client()
    client.force_login(page.cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["django_language"] = language
    return client.get(reverse(name, args=args), asked).content.decode()


def told(page: Watched, capture: Capture, language: str = "en") -> list[str]:
    """All places that tell of a look at the passage."""
    places: list[tuple[str, Any]] = [
        ("claim-detail", page.claim.reference),
        ("source-detail", page.source.reference),
        ("capture-detail", capture.pk),
    ]
    return [shown(page, name, arg, language=language) for name, arg in places]


def counts(page: Watched) -> tuple[int, int]:
    return passages(page.cast.omar, state=NOT_FOUND).count(), passages(page.cast.omar, state=ELSEWHERE).count()


@pytest.mark.parametrize(
    ("language", "words", "note", "part"),
    [
        ("en", "not found on the page", "seen only in a copy made elsewhere", "the part that was read"),
        ("ar", "لم يوجد في الصفحة", "إلا في نسخة صُنعت في مكان آخر", "الجزء الذي قُرئ"),
    ],
)
def test_a_whole_page_that_does_not_hold_what_was_brought(
    brought: Watched, language: str, words: str, note: str, part: str
) -> None:
    """It was read to its end, so nothing speaks of a part of it; the day of the copy is somebody's word, so nothing
    says "absent" either."""
    capture = brought.look(AFTER, 1, **BROWSER)
    pages = told(brought, capture, language)
    for page in pages:
        assert words in page
        assert part not in page
    assert all(note in page for page in pages[:2])
    assert brought.alerts() == []


def test_it_comes_to_somebodys_attention_under_its_own_name(brought: Watched) -> None:
    brought.look(AFTER, 1, **BROWSER)
    assert counts(brought) == (0, 1)
    assert "Only a copy made elsewhere holds 1 passage" in shown(brought, "desk")
    archive = shown(brought, "archive")
    assert f'href="{reverse("archive-passages")}?show=elsewhere"><b class="numeric">1</b>' in archive
    assert "Passages that only a copy made elsewhere holds</h2>" in archive
    listed = shown(brought, "archive-passages", show="elsewhere")
    assert "Passages that only a copy made elsewhere holds</h1>" in listed
    assert "no look of ours at the page came upon them" in listed
    assert "The whole text of the page was read." in listed
    for day in FIVE:
        brought.look(AFTER, 2 + day, **BROWSER)
    assert counts(brought) == (0, 1)


@pytest.mark.parametrize("end", ["seen", "withdrawn", "stopped"])
def test_it_leaves_the_list_when_there_is_nothing_to_look_at_any_more(brought: Watched, end: str) -> None:
    brought.look(AFTER, 1, **BROWSER)
    assert counts(brought) == (0, 1)
    watches.start(actor=brought.cast.amal, source_id=brought.source.pk, reason="It stays watched.")
    _end(brought, end, OLD, **BROWSER)
    assert counts(brought) == (0, 0)
    assert "made elsewhere holds" not in shown(brought, "desk")


@pytest.mark.parametrize("end", ["seen", "withdrawn", "stopped"])
def test_so_does_one_that_was_not_found_for_long(cast: Cast, case: Case, end: str) -> None:
    page = page_with_a_passage(cast, case, **BROWSER)
    for day in FIVE:
        page.look(AFTER, day, **IN_PART)
    assert counts(page) == (1, 0)
    watches.start(actor=cast.amal, source_id=page.source.pk, reason="It stays watched.")
    _end(page, end, OLD, **IN_PART)
    assert counts(page) == (0, 0)


def _end(page: Watched, end: str, text: str, **facts: Any) -> None:
    if end == "seen":
        page.look(text, 20, **facts)
    elif end == "withdrawn":
        make.withdrawn(page.cast, page.evidence)
    else:
        watches.stop(actor=page.cast.amal, watch_id=page.watch.pk, version=page.watch.version, reason="Enough.")


def test_each_row_says_how_its_page_was_read(cast: Cast, case: Case) -> None:
    page = page_with_a_passage(cast, case, **BROWSER)
    for day in FIVE:
        page.look(AFTER, day, **IN_PART)
    listed = shown(page, "archive-passages", show="unfound")
    assert "for a reason that each row gives" in listed
    assert "not found in the part that was read in 5 looks" in listed
    assert "Read in part: not scrolled to its end. Whether it stands further on, nobody knows." in listed
    assert f'href="{reverse("archive-passages")}?show=unfound"><b class="numeric">1</b>' in shown(page, "archive")
    page.fail(20)
    after = shown(page, "archive-passages", show="unfound")
    assert after.index("page not read on") < after.index("Read in part: not scrolled to its end.")


def test_one_seen_in_a_browser_and_looked_for_without_is_said_to_be_that(cast: Cast, case: Case) -> None:
    page = page_with_a_passage(cast, case, **BROWSER)
    for day in FIVE:
        capture = page.look(AFTER, day)
    for said in told(page, capture):
        assert "not found on the page as read without scripts" in said
        assert "the part that was read" not in said
    assert counts(page) == (1, 0)
    assert "a browser may show more of it" in shown(page, "archive-passages", show="unfound")


def test_frames_whose_text_was_cut_are_a_part(cast: Cast, case: Case) -> None:
    """Nothing else about such a capture says so: its state is that of a whole one."""
    page = page_with_a_passage(cast, case, **BROWSER)
    page.look(AFTER, 1, handling=(Handling.FRAMES_CUT,), **BROWSER)
    assert "Read in part: took the text of its frames as far as is allowed." in told(page, page.capture)[1]


def test_what_a_restricted_case_marks_is_its_own_affair(cast: Cast, case: Case, restricted: Case) -> None:
    page = bring(cast, case, shared=True)
    sources.excerpt(cast, restricted, page.capture, PASSAGE[:30])
    page.look(AFTER, 1, **BROWSER)
    assert passages(cast.dana, state=ELSEWHERE).count() == 1
    assert passages(cast.omar, state=ELSEWHERE).count() == 2


def test_many_on_a_claim_take_as_many_queries_as_few(cast: Cast, brought: Watched) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            shown(brought, "claim-detail", brought.claim.reference)
        return len(taken)

    brought.look(AFTER, 1, **BROWSER)
    few = queries()
    for start in (0, 5, 9):
        excerpt = sources.excerpt(cast, brought.case, brought.capture, PASSAGE[start : start + 30])
        account = make.account(cast, brought.claim, source=brought.source.pk, quotation=excerpt.exact, basis="TOLD")
        bound(cast, account, excerpt)
    brought.look(AFTER, 2, **BROWSER)
    assert queries() == few
