"""My desk, assigning, reviewing, ruling and asking for a reply, as people meet them."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.models import Case, User
from tests.cast import Cast
from tests.verification import make
from verification.actions import assignments
from verification.ground import ground_of
from verification.models import Assignment, Claim, Duty, ReplyRequest

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return make.claim(cast, case)


@pytest.fixture
def asked(cast: Cast, claim: Claim) -> Assignment:
    return assignments.assign(actor=cast.chadi, claim_id=claim.pk, person_id=cast.basim.pk, duty=Duty.REVIEW)


def test_it_works(cast: Cast, claim: Claim) -> None:
    editor, reviewer = signed_in(cast.chadi), signed_in(cast.basim)
    editor.post(reverse("claim-assign", args=[claim.reference]), {"person": cast.basim.pk, "duty": "REVIEW"})
    desk = reviewer.get(reverse("desk"))
    assignment = desk.context["waiting"][0]
    assert [notice.url for notice in desk.context["told"]] == [reverse("claim-detail", args=[claim.reference])]
    reviewer.post(reverse("assignment-accept", args=[assignment.pk]))
    page = reviewer.get(reverse("claim-review", args=[assignment.pk]))
    said = {"recommended": "DISPUTED", "confidence": "HIGH", "rationale": "They differ.", "recommend": ""}
    reviewer.post(page.request["PATH_INFO"], {"ground": page.context["ground"], **said})
    assert list(editor.get(reverse("desk")).context["to_rule"]) == [claim]
    page = editor.get(reverse("claim-rule", args=[claim.reference]))
    ruled = {"ground": page.context["ground"], "verdict": "DISPUTED", "rationale": "So it stands."}
    editor.post(page.request["PATH_INFO"], ruled)
    assert Claim.objects.get(pk=claim.pk).state == "DECIDED"
    assert not signed_in(cast.basim).get(reverse("desk")).context["waiting"]


def test_a_form_that_is_refused_keeps_what_was_typed(cast: Cast, asked: Assignment, claim: Claim) -> None:
    url = reverse("claim-review", args=[asked.pk])
    typed = {"ground": ground_of(claim), "rationale": "Long thoughts.", "recommended": "DISPUTED"}
    answer = signed_in(cast.basim).post(url, typed)
    assert answer.status_code == HTTPStatus.OK
    assert "confidence" in answer.context["form"].errors
    assert answer.context["form"]["rationale"].value() == "Long thoughts."


def test_what_changed_meanwhile_is_said_and_the_page_shows_it(cast: Cast, asked: Assignment, claim: Claim) -> None:
    url = reverse("claim-review", args=[asked.pk])
    typed = {"ground": "sha256:other", "rationale": "Thoughts.", "recommended": "DISPUTED", "confidence": "LOW"}
    answer = signed_in(cast.basim).post(url, typed)
    assert "changed since you opened" in str(answer.context["form"].errors)
    assert answer.context["ground"] == ground_of(claim)


def test_sending_back_takes_one_button_and_a_reason(cast: Cast, asked: Assignment, claim: Claim) -> None:
    url = reverse("claim-review", args=[asked.pk])
    back = {"ground": ground_of(claim), "rationale": "Who is the second commander?", "send_back": ""}
    signed_in(cast.basim).post(url, back)
    assert list(signed_in(cast.amal).get(reverse("desk")).context["sent_back"]) == [claim]


def test_confirming_against_the_policy_asks_for_the_reason_in_its_field(cast: Cast, claim: Claim, asked: Any) -> None:
    url = reverse("claim-rule", args=[claim.reference])
    typed = {"ground": ground_of(claim), "verdict": "CONFIRMED", "rationale": "Sure."}
    answer = signed_in(cast.chadi).post(url, typed)
    assert "override_reason" in answer.context["form"].errors


def test_declining_without_a_reason_is_said_on_the_page(cast: Cast, asked: Assignment) -> None:
    answer = signed_in(cast.basim).post(reverse("assignment-decline", args=[asked.pk]), {"reason": ""})
    assert "Say why" in answer.context["error"]
    signed_in(cast.basim).post(reverse("assignment-decline", args=[asked.pk]), {"reason": "I know him."})
    assert Assignment.objects.get(pk=asked.pk).state == "DECLINED"


def test_who_cannot_be_asked_to_review_is_said_beforehand(cast: Cast, claim: Claim) -> None:
    page = signed_in(cast.chadi).get(reverse("claim-assign", args=[claim.reference]))
    assert {"Amal", "Omar"} <= {person["name"] for person in page.context["barred"]}


def test_asking_somebody_who_gathered_it_is_refused_in_the_field(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case, actor=cast.basim)
    url = reverse("claim-assign", args=[claim.reference])
    answer = signed_in(cast.chadi).post(url, {"person": cast.basim.pk, "duty": "REVIEW"})
    assert "cannot review it" in str(answer.context["form"].errors["person"])


@pytest.mark.parametrize("due", ["2024-02-31T10:00", "soon", "\x00"])
def test_a_due_time_that_does_not_exist(due: str, cast: Cast, claim: Claim) -> None:
    url = reverse("claim-assign", args=[claim.reference])
    answer = signed_in(cast.chadi).post(url, {"person": cast.basim.pk, "duty": "REVIEW", "due_at": due})
    assert "due_at" in answer.context["form"].errors
    assert answer.context["form"]["due_at"].value() == due


def test_a_reply_is_asked_for_and_its_outcome_noted(cast: Cast, claim: Claim) -> None:
    amal = signed_in(cast.amal)
    amal.post(reverse("reply-ask", args=[claim.reference]), {"addressee": "مكتب الحرس", "means": "email"})
    asked = ReplyRequest.objects.get()
    amal.post(reverse("reply-note", args=[asked.pk]), {"version": 1, "outcome": "No answer by the deadline."})
    assert ReplyRequest.objects.get().outcome == "No answer by the deadline."
    answer = amal.post(reverse("reply-note", args=[asked.pk]), {"version": 1, "outcome": "Another"})
    assert answer.context["form"].conflict["who"] == "Amal"


def test_seeing_it_all_empties_what_moved(cast: Cast, claim: Claim, asked: Assignment) -> None:
    amal = signed_in(cast.amal)
    assert amal.get(reverse("desk")).context["moved_count"] > 0
    amal.post(reverse("desk"))
    assert amal.get(reverse("desk")).context["moved_count"] == 0


def test_strangers_see_nothing_of_a_restricted_case(cast: Cast, restricted: Case) -> None:
    claim = make.claim(cast, restricted)
    assignments.assign(actor=cast.chadi, claim_id=claim.pk, person_id=cast.basim.pk, duty=Duty.REVIEW)
    dana = signed_in(cast.dana)
    for url in ("desk", "assignment-list", "notification-list"):
        assert claim.reference not in dana.get(reverse(url)).content.decode()


@pytest.mark.parametrize("name", ["desk", "assignment-list", "notification-list"])
def test_the_same_queries_for_any_number(
    name: str, cast: Cast, case: Case, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    def give(number: int) -> None:
        for _ in range(number):
            claim = make.claim(cast, case)
            assignments.assign(actor=cast.chadi, claim_id=claim.pk, person_id=cast.basim.pk, duty=Duty.REVIEW)

    basim = signed_in(cast.basim)
    give(2)
    with django_assert_max_num_queries(40) as few:
        basim.get(reverse(name))
    give(6)
    with django_assert_num_queries(len(few.captured_queries)):
        basim.get(reverse(name))
