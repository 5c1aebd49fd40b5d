from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from newsroom.models import Case, User
from tests.cast import Cast
from tests.verification import make
from verification.actions import claims, comments
from verification.actions.chain import Step
from verification.models import Claim


def client(person: User) -> Client:
    signed_in = Client()
    signed_in.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return signed_in


@pytest.fixture
def read(cast: Cast) -> Callable[..., Any]:
    """The page of a claim as somebody reads it, by default Chadi."""
    return lambda claim, reader=cast.chadi: client(reader).get(reverse("claim-detail", args=[claim.reference]))


def test_it_works(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    claim = make.claim(cast, case, translations={"en": "It fell on Friday."}, happened="2024-11-29", place="Furqan")
    commander = Step(kind="QUOTES", source=make.person(name="A commander"))
    make.account(cast, claim, commander, basis="WITNESSED", quotation="سقط الحي", attribution="OFF_THE_RECORD")
    make.account(cast, claim, stance="CONTRADICTS")
    make.account(cast, claim, stance="CONTEXT")
    page = read(claim).content.decode()
    for text in (claim.statement, "It fell on Friday.", "29 November 2024", "Furqan", "A commander", "سقط الحي"):
        assert text in page
    assert "witnessed it" in page
    assert "off the record" in page
    assert "No verdict yet" in page
    assert "Contested" in page


def test_a_stranger_and_a_number_nobody_gave_out_get_the_same_answer(
    cast: Cast, restricted: Case, read: Callable[..., Any]
) -> None:
    assert read(make.claim(cast, restricted), cast.dana).status_code == HTTPStatus.NOT_FOUND
    assert read(Claim(pk=999_999)).status_code == HTTPStatus.NOT_FOUND
    assert client(cast.chadi).get("/claims/S-000001/").status_code == HTTPStatus.NOT_FOUND
    assert client(cast.chadi).get("/claims/C-99999999999999/").status_code == HTTPStatus.NOT_FOUND


def test_it_is_read_only(cast: Cast, case: Case) -> None:
    url = reverse("claim-detail", args=[make.claim(cast, case).reference])
    assert client(cast.chadi).post(url).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_withdrawn_evidence_stays_with_its_reason(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    claim = make.claim(cast, case)
    make.withdrawn(cast, make.account(cast, claim), reason="It was about Idlib.")
    answer = read(claim)
    assert answer.context["page"].supports.accounts == ()
    assert "It was about Idlib." in answer.content.decode()


def test_markup_and_hidden_characters_of_a_text_are_shown_and_not_obeyed(
    cast: Cast, case: Case, read: Callable[..., Any]
) -> None:
    claim = make.claim(cast, case, statement="<script>alert(1)</script> and \u202eback", language="en")
    page = read(claim).content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "RLO" in page


class TestTheNextStep:
    def test_a_new_claim_wants_evidence(self, cast: Cast, case: Case, read: Callable[..., Any]) -> None:
        assert read(make.claim(cast, case)).context["page"].next.act == "evidence.add"

    def test_an_observer_is_offered_nothing(self, cast: Cast, case: Case, read: Callable[..., Any]) -> None:
        assert read(make.claim(cast, case), cast.omar).context["page"].next is None

    def test_an_editor_assigns_what_was_checked(self, cast: Cast, case: Case, read: Callable[..., Any]) -> None:
        claim = make.claim(cast, case)
        make.account(cast, claim)
        assert read(claim).context["page"].next.act == "claim.assign"
        assert read(claim, cast.amal).context["page"].next.act == "evidence.add"

    def test_a_reviewer_reviews(self, cast: Cast, case: Case, read: Callable[..., Any]) -> None:
        claim = make.claim(cast, case)
        make.account(cast, claim)
        given = make.assignment(cast, claim, cast.basim)
        step = read(claim, cast.basim).context["page"].next
        assert (step.act, step.assignment, step.refusal) == ("claim.review", given, "")

    def test_who_gathered_is_told_why_they_may_not_rule(self, cast: Cast, case: Case, read: Callable[..., Any]) -> None:
        claim = make.claim(cast, case, actor=cast.chadi)
        make.account(cast, claim)
        make.review(make.assignment(cast, claim, cast.basim))
        answer = read(claim)
        assert answer.context["page"].next.act == "claim.rule"
        assert "somebody else must judge it" in answer.content.decode()
        assert [person.name for person in answer.context["page"].bound] == ["Chadi", "Amal"]


def test_reviews_are_blind_for_who_has_yet_to_write_one(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    claim = make.claim(cast, case)
    make.account(cast, claim)
    hers = make.assignment(cast, claim, cast.hana)
    make.review(make.assignment(cast, claim, cast.basim), rationale="All rests on one page.")
    assert "All rests on one page." not in read(claim, cast.hana).content.decode()
    assert "All rests on one page." in read(claim, cast.chadi).content.decode()
    make.review(hers)
    assert "All rests on one page." in read(claim, cast.hana).content.decode()


def test_a_verdict_stands_with_its_rationale_and_says_when_it_was_reopened(
    cast: Cast, case: Case, read: Callable[..., Any]
) -> None:
    claim = make.claim(cast, case)
    make.account(cast, claim)
    make.verdict(cast, claim, rationale="Two sides, one page.")
    page = read(claim).content.decode()
    assert "Disputed" in page
    assert "Two sides, one page." in page
    assert "Reopened since" not in page
    assert "set aside" not in page
    make.account(cast, claim)
    assert "Reopened since" in read(claim).content.decode()
    make.verdict(cast, claim, "UNPROVEN", rationale="Both pages were taken down.")
    page = read(claim).content.decode()
    assert "1 earlier verdict" in page
    assert "Two sides, one page." in page


def test_an_override_stays_on_the_claim(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    claim = make.claim(cast, case)
    make.account(cast, claim)
    make.verdict(cast, claim, "CONFIRMED", override_reason="Two of us saw the original.")
    page = read(claim).content.decode()
    assert "The policy was set aside:" in page
    assert "Two of us saw the original." in page


class TestComments:
    def test_it_works(self, cast: Cast, case: Case, read: Callable[..., Any]) -> None:
        claim = make.claim(cast, case)
        url = reverse("claim-comment", args=[claim.reference])
        answer = client(cast.amal).post(url, {"text": "@Basim: the page is gone."})
        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Location"].startswith(f"/claims/{claim.reference}/#comment-")
        assert "the page is gone." in read(claim).content.decode()

    def test_what_was_typed_is_kept(self, cast: Cast, case: Case) -> None:
        url = reverse("claim-comment", args=[make.claim(cast, case).reference])
        page = client(cast.amal).post(url, {"text": "half a charac\x07ter"}).content.decode()
        assert "half a charac" in page
        assert "control character" in page

    def test_refusals(self, cast: Cast, restricted: Case) -> None:
        url = reverse("claim-comment", args=[make.claim(cast, restricted).reference])
        assert client(cast.dana).post(url, {"text": "hello"}).status_code == HTTPStatus.NOT_FOUND
        assert client(cast.omar).post(url, {"text": "hello"}).status_code == HTTPStatus.FORBIDDEN
        assert client(cast.amal).get(url).status_code == HTTPStatus.METHOD_NOT_ALLOWED


class TestClosing:
    def test_it_works(self, cast: Cast, case: Case) -> None:
        claim = make.claim(cast, case)
        for name, state in (("claim-close", "CLOSED"), ("claim-reopen", "REOPENED")):
            answer = client(cast.chadi).post(reverse(name, args=[claim.reference]), {"reason": "as agreed"})
            assert answer.status_code == HTTPStatus.FOUND
            assert Claim.objects.get().state == state

    def test_a_reason_is_asked_for(self, cast: Cast, case: Case) -> None:
        url = reverse("claim-close", args=[make.claim(cast, case).reference])
        answer = client(cast.chadi).post(url, {"reason": " "})
        assert answer.status_code == HTTPStatus.OK
        assert answer.context["put_form"].errors["reason"]

    def test_refusals(self, cast: Cast, restricted: Case) -> None:
        url = reverse("claim-close", args=[make.claim(cast, restricted).reference])
        assert client(cast.dana).post(url, {"reason": "x"}).status_code == HTTPStatus.NOT_FOUND
        assert client(cast.amal).post(url, {"reason": "x"}).status_code == HTTPStatus.FORBIDDEN
        assert client(cast.chadi).get(url).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_the_feed_holds_the_latest_of_everything(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    claim = make.claim(cast, case)
    make.account(cast, claim)
    comments.comment(actor=cast.basim, claim_id=claim.pk, text="Look again.")
    claims.close(actor=cast.chadi, claim_id=claim.pk, reason="no longer news")
    make.claim(cast, case, "Another claim.")
    entries = read(claim).context["page"].feed
    assert [(strip_tags(entry.text), entry.reason, entry.comment) for entry in entries] == [
        (f"Chadi closed claim {claim.reference}", "no longer news", ""),
        ("Basim", "", "Look again."),
        (f"Amal added evidence {claim.evidence.get().reference}", "", ""),
        (f"Amal wrote claim {claim.reference}", "", ""),
    ]


def test_the_number_of_queries_is_fixed(
    cast: Cast, case: Case, read: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    claim = make.claim(cast, case)

    def count() -> int:
        with django_assert_max_num_queries(60) as seen:
            read(claim)
        return len(seen)

    def fill(number: int) -> None:
        for _ in range(number):
            for stance in ("SUPPORTS", "CONTRADICTS", "CONTEXT"):
                hop = Step(kind="QUOTES", source=make.person())
                make.account(cast, claim, hop, stance=stance)
            make.withdrawn(cast, make.account(cast, claim))
            comments.comment(actor=cast.amal, claim_id=claim.pk, text="Look.")
            make.review(make.assignment(cast, claim, cast.basim))

    fill(1)
    few = count()
    fill(4)
    assert count() == few
