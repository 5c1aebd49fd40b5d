"""A copy made elsewhere is marked wherever words lean on it: who uploaded it, when, of when it is said to be, and why.

The other side of each page is a capture of ours, which nothing marks.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from audit.queries.moments import now
from newsroom.models import Case
from sources.actions import sources as source_actions
from sources.models import Capture, Excerpt, Source
from sources.wording.dates import spoken
from tests.cast import Cast
from tests.pages import ARABIC, page
from tests.sources import make as sources
from tests.verification import make
from tests.verification.passages import Watched, bound
from tests.verification.test_claim_page import client
from verification import looking_up
from verification.models import Claim, Evidence
from verification.watches import keep

WHY = "The page asks for a sign-in."
PASSAGE = ARABIC.split(".")[0][:40].strip()
SAID = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def source(cast: Cast, case: Case) -> Source:
    return sources.source(cast, case, url="https://news.example/page")


@pytest.fixture
def upload(cast: Cast, source: Source) -> Capture:
    return sources.upload(cast, source, page(), made_at=SAID, why=WHY)


@pytest.fixture
def excerpt(cast: Cast, case: Case, upload: Capture) -> Excerpt:
    return sources.excerpt(cast, case, upload, PASSAGE)


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return make.claim(cast, case)


@pytest.fixture
def account(cast: Cast, claim: Claim, source: Source, upload: Capture) -> Evidence:
    return make.account(cast, claim, source=source.pk, quotation=PASSAGE, basis="WITNESSED")


@pytest.fixture
def read(cast: Cast) -> Callable[..., str]:
    """What Amal reads on a page, without its tags and with single spaces."""

    def text(name: str, *args: Any, language: str = "en", **query: Any) -> str:
        headers = {"Accept-Language": language}
        shown = client(cast.amal).get(reverse(name, args=args), query, headers=headers).content.decode()
        return " ".join(strip_tags(shown).split())

    return text


def mark() -> str:
    today = spoken(f"{timezone.localtime():%Y-%m-%d}")
    said = "said to have been captured on 22 November 2026"
    return f"Made elsewhere: uploaded by Amal on {today}, {said}. Why: {WHY}"


def of_ours(cast: Cast, source: Source) -> Capture:
    return sources.capture(cast, source, ARABIC, url=source.url, captured_at=datetime(2026, 11, 23, 12, 5, tzinfo=UTC))


class TestMarked:
    def test_in_the_reader(self, upload: Capture, read: Callable[..., str]) -> None:
        shown = read("capture-read", upload.pk)
        assert mark() in shown
        assert "captured 22 November" not in shown, "as if it had been captured here"

    def test_on_its_own_page_and_in_lists(self, source: Source, upload: Capture, read: Callable[..., str]) -> None:
        places = (
            read("capture-detail", upload.pk),
            read("source-detail", source.reference),
            read("capture-list", source.case.slug),  # type: ignore[union-attr]
            read("archive-captures"),
        )
        assert all(mark() in shown for shown in places)

    @pytest.mark.parametrize(("language", "word"), [("ar", "نجح"), ("en", "succeeded")])
    def test_no_list_says_more_than_that_it_is_kept(
        self, cast: Cast, source: Source, upload: Capture, read: Callable[..., str], language: str, word: str
    ) -> None:
        kept = "kept as it came" if language == "en" else "محفوظة كما جاءت"
        places: list[tuple[str, list[Any], dict[str, Any]]] = [
            ("source-list", [], {}),
            ("source-detail", [source.reference], {}),
            ("source-as-it-stood", [source.reference], {"at": now()}),
            ("capture-list", [source.case.slug], {}),  # type: ignore[union-attr]
            ("archive", [], {}),
            ("archive-captures", [], {"made": "elsewhere"}),
        ]
        for name, args, asked in places:
            shown = read(name, *args, language=language, **asked)
            assert kept in shown, name
            assert "كامل" not in shown, name
        ours = of_ours(cast, source)
        assert kept in read("capture-detail", ours.pk, language=language)
        compared = read("capture-compared", upload.pk, ours.pk, language=language)
        assert compared.count(kept) == 2, "beside it, and in the table"
        assert compared.count(word) == 2
        assert "كامل" not in compared

    def test_beside_evidence_that_is_bound_to_it(
        self, account: Evidence, excerpt: Excerpt, cast: Cast, read: Callable[..., str]
    ) -> None:
        bound(cast, account, excerpt)
        shown = read("claim-detail", account.claim.reference)
        assert "stands in a copy made elsewhere (said to be of 22 November 2026), word for word" in shown
        assert mark() in shown

    def test_beside_evidence_that_was_looked_up_in_it(self, account: Evidence, read: Callable[..., str]) -> None:
        looking_up.work_off()
        shown = read("claim-detail", account.claim.reference)
        assert "found in a copy made elsewhere (said to be of 22 November 2026), word for word; not bound yet" in shown
        assert mark() in shown

    def test_beside_evidence_whose_carrier_has_no_other(self, account: Evidence, read: Callable[..., str]) -> None:
        shown = read("claim-detail", account.claim.reference)
        assert "there is a copy made elsewhere (said to be of 22 November 2026)" in shown
        assert mark() in shown

    @pytest.mark.parametrize("is_bound", [True, False])
    def test_on_the_claim_as_it_stood(
        self, account: Evidence, excerpt: Excerpt, cast: Cast, read: Callable[..., str], is_bound: bool
    ) -> None:
        if is_bound:
            bound(cast, account, excerpt)
        then = now()
        make.withdrawn(cast, account)
        shown = read("claim-as-it-stood", account.claim.reference, at=then)
        assert ("stands in a copy made elsewhere" if is_bound else "there is a copy made elsewhere") in shown
        assert mark() in shown

    def test_on_the_source_as_it_stood(self, source: Source, upload: Capture, read: Callable[..., str]) -> None:
        assert mark() in read("source-as-it-stood", source.reference, at=now())

    def test_among_the_captures_of_an_address_and_beside_one_of_ours(
        self, cast: Cast, source: Source, upload: Capture, read: Callable[..., str]
    ) -> None:
        ours = of_ours(cast, source)
        assert mark() in read("capture-detail", ours.pk)
        assert read("capture-compared", ours.pk, upload.pk).count(mark()) == 1

    def test_where_a_quotation_is_looked_up(self, cast: Cast, account: Evidence, read: Callable[..., str]) -> None:
        of_ours(cast, account.source)
        shown = read("evidence-bind", account.reference, capture=account.source.captures.get(engine="UPLOAD").pk)
        assert "In a copy made elsewhere (said to be of 22 November 2026)" in shown
        assert shown.count(mark()) == 2, "above the words, and in the list of copies"

    def test_where_a_passage_becomes_evidence(self, upload: Capture, claim: Claim, read: Callable[..., str]) -> None:
        start = upload.extracted.text.index(PASSAGE)
        place = {"start": start, "end": start + len(PASSAGE), "claim": claim.reference}
        shown = read("capture-read", upload.pk, **place)
        assert "The quotation stands in a copy made elsewhere (said to be of 22 November 2026) and is kept" in shown
        assert shown.count(mark()) == 2

    def test_where_its_passages_are_watched(
        self, cast: Cast, account: Evidence, excerpt: Excerpt, read: Callable[..., str]
    ) -> None:
        bound(cast, account, excerpt)
        keep()
        page = Watched(cast, account.claim.case, account.source, excerpt.capture, excerpt, account.claim, account)
        page.look(ARABIC, 4)
        gone = page.look("خبر آخر", 6)
        assert f"Where it was marked: {mark()}" in read("source-detail", account.source.reference)
        for shown in (read("archive"), read("archive-passages")):
            assert f"the capture it was marked in {mark()}" in shown
        assert read("capture-detail", gone.pk).count(mark()) == 2, "the passage's, and among the other captures"

    def test_on_an_alert_where_it_is_the_version_before(
        self, cast: Cast, account: Evidence, excerpt: Excerpt, read: Callable[..., str]
    ) -> None:
        """A page that could not be read for long, and of which nothing was captured here."""
        bound(cast, account, excerpt)
        keep()
        page = Watched(cast, account.claim.case, account.source, excerpt.capture, excerpt, account.claim, account)
        for day in (1, 3, 5, 7, 9):
            page.fail(day)
        for shown in (read("claim-detail", account.claim.reference), read("desk")):
            assert "There is only a copy made elsewhere, said to be of 22 November 2026." in shown
            assert "The copy said to be of 22 November 2026" in shown
            assert mark() in shown

    @pytest.mark.parametrize("ours", [True, False])
    def test_in_the_policy_that_asks_for_captures(
        self, cast: Cast, account: Evidence, read: Callable[..., str], ours: bool
    ) -> None:
        if ours:
            of_ours(cast, account.source)
        said = "1 of 1, 1 of them only as a copy made elsewhere"
        assert (said in read("claim-detail", account.claim.reference)) is not ours


def test_one_of_ours_is_not_marked(cast: Cast, claim: Claim, source: Source, read: Callable[..., str]) -> None:
    ours = of_ours(cast, source)
    account = make.account(cast, claim, source=source.pk, quotation=PASSAGE)
    bound(cast, account, sources.excerpt(cast, claim.case, ours, PASSAGE))
    shown = read("claim-detail", claim.reference)
    assert "stands in the capture of 23 November 2026, word for word" in shown
    places = (
        shown,
        read("capture-read", ours.pk),
        read("capture-detail", ours.pk),
        read("source-detail", source.reference),
    )
    assert not any("Made elsewhere" in each for each in places)


def test_in_arabic(cast: Cast, account: Evidence, excerpt: Excerpt, read: Callable[..., str]) -> None:
    bound(cast, account, excerpt)
    shown = read("claim-detail", account.claim.reference, language="ar")
    assert "قائم في نسخة صُنعت في مكان آخر (يُقال إنها من 22 تشرين الثاني 2026) حرفا بحرف" in shown
    assert "صُنعت في مكان آخر: من رفع Amal في" in shown
    assert "ويُقال إنها حُفظت في 22 تشرين الثاني 2026. السبب: The page asks for a sign-in." in shown


def test_what_another_case_uploaded_stays_its_own(
    cast: Cast, restricted: Case, case: Case, read: Callable[..., str]
) -> None:
    """Also once the source is the newsroom's: who brought it, and why, is the affair of the case."""
    source = sources.source(cast, restricted, url="https://news.example/page")
    sources.upload(cast, source, page(), why="An informant.")
    source_actions.share(actor=cast.chadi, source_id=source.pk, version=source.version, reason="It is public.")
    claim = make.claim(cast, case)
    make.account(cast, claim, source=source.pk, quotation=PASSAGE)
    looking_up.work_off()
    shown = read("claim-detail", claim.reference), read("claim-as-it-stood", claim.reference, at=now())
    assert not any("An informant." in each or "made elsewhere" in each for each in shown)
    assert all("not captured yet" in each for each in shown)


def test_many_take_as_many_queries_as_few(cast: Cast, case: Case, claim: Claim) -> None:
    def queries() -> int:
        found = 0
        for name in ("claim-detail", "claim-as-it-stood", "capture-list"):
            args = [case.slug] if name == "capture-list" else [claim.reference]
            query = {"at": now()} if name == "claim-as-it-stood" else {}
            with CaptureQueriesContext(connection) as counted:
                client(cast.amal).get(reverse(name, args=args), query)
            found += len(counted)
        return found

    def add(number: int, is_bound: bool) -> None:
        source = sources.source(cast, case, f"صحيفة {number}", url=f"https://news.example/{number}")
        upload = sources.upload(cast, source, page())
        account = make.account(cast, claim, source=source.pk, quotation=PASSAGE)
        if is_bound:
            bound(cast, account, sources.excerpt(cast, case, upload, PASSAGE))

    for number, is_bound in enumerate((True, False)):
        add(number, is_bound)
    looking_up.work_off()
    queries()
    few = queries()
    for number in range(2, 8):
        add(number, number % 2 == 0)
    looking_up.work_off()
    assert queries() == few
