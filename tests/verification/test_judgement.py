"""Assign, review, rule: what leads from one to the next, and what is refused whoever asks."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from audit.acts import act
from newsroom.models import Case
from newsroom.permits import Denied
from tests.cast import Cast
from tests.verification import make
from verification.actions import assignments, claims, reviews, verdicts
from verification.ground import ground_of
from verification.models import Assignment, Claim, Confidence, Duty, Verdict, VerdictValue

SAID: Any = {
    "recommended": VerdictValue.DISPUTED,
    "confidence": Confidence.MODERATE,
    "rationale": "Two accounts differ.",
}


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return make.claim(cast, case)


@pytest.fixture
def review_of(cast: Cast, claim: Claim) -> Assignment:
    return assignments.assign(actor=cast.chadi, claim_id=claim.pk, person_id=cast.basim.pk, duty=Duty.REVIEW)


def state_of(claim: Claim) -> str:
    return Claim.objects.get(pk=claim.pk).state


def test_it_works(cast: Cast, claim: Claim, review_of: Assignment) -> None:
    assert state_of(claim) == "IN_REVIEW"
    reviews.submit(actor=cast.basim, assignment_id=review_of.pk, ground=ground_of(claim), **SAID)
    assert state_of(claim) == "AWAITING_VERDICT"
    ruling = verdicts.rule(
        actor=cast.chadi, claim_id=claim.pk, ground=ground_of(claim), verdict="DISPUTED", rationale="So it stands."
    )
    assert (state_of(claim), ruling.supersedes, ruling.corroboration_report["SUPPORTS"]["established"]) == (
        "DECIDED",
        None,
        [0, 0],
    )
    again = verdicts.rule(
        actor=cast.chadi, claim_id=claim.pk, ground=ground_of(claim), verdict="UNPROVEN", rationale="On second thought."
    )
    assert again.supersedes == ruling
    assert list(claim.verdicts.current()) == [again]


def test_who_wrote_the_claim_is_not_given_its_review(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case, actor=cast.basim)
    with pytest.raises(ValidationError, match="cannot review it"):
        assignments.assign(actor=cast.chadi, claim_id=claim.pk, person_id=cast.basim.pk, duty=Duty.REVIEW)


def test_who_wrote_the_claim_does_not_rule_on_it(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case, actor=cast.chadi)
    with pytest.raises(Denied, match="somebody else must judge it"):
        verdicts.rule(
            actor=cast.chadi, claim_id=claim.pk, ground=ground_of(claim), verdict="DISPUTED", rationale="Mine."
        )


def rule_around_the_action(cast: Cast, claim: Claim) -> None:
    with act("claim.rule", actor=cast.amal, case=claim.case):
        Verdict.objects.create(claim=claim, value="DISPUTED", rationale="Mine.", ruled_by=cast.amal, ground="-")


def test_the_database_holds_four_eyes_by_itself(cast: Cast, claim: Claim) -> None:
    with pytest.raises(IntegrityError, match="does not judge"), transaction.atomic():
        rule_around_the_action(cast, claim)
    claim.case.policy.four_eyes = False
    with act("case.policy", actor=cast.chadi, case=claim.case):
        claim.case.policy.save()
    rule_around_the_action(cast, claim)  # the twin: without the rule the same write passes


@pytest.mark.parametrize(
    "done",
    [
        "SET LOCAL session_replication_role = replica",
        "CREATE TEMPORARY TABLE newsroom_verificationpolicy AS SELECT * FROM newsroom_verificationpolicy WHERE false",
        "CREATE SCHEMA nothing; CREATE TABLE nothing.verification_evidence AS SELECT * FROM verification_evidence"
        " WHERE false; CREATE TABLE nothing.verification_claim AS SELECT * FROM verification_claim WHERE false;"
        " SET LOCAL search_path = nothing, public",
    ],
)
def test_no_session_does_without_four_eyes(done: str, cast: Cast, claim: Claim) -> None:
    """Neither one that says to be a replica, of which no other trigger is asked, nor one with tables of its own."""
    with connection.cursor() as cursor:
        cursor.execute(done)
    with pytest.raises(IntegrityError, match="does not judge"), transaction.atomic():
        rule_around_the_action(cast, claim)


@pytest.mark.parametrize("change", ["UPDATE", "DELETE"])
def test_a_verdict_is_never_changed(change: str, cast: Cast, claim: Claim, review_of: Assignment) -> None:
    ruled = verdicts.rule(
        actor=cast.chadi, claim_id=claim.pk, ground=ground_of(claim), verdict="DISPUTED", rationale="So it stands."
    )
    row = Verdict.objects.filter(pk=ruled.pk)
    with pytest.raises(IntegrityError, match="superseded, never changed"), transaction.atomic():
        row.update(value="CONFIRMED") if change == "UPDATE" else row._raw_delete("default")


def test_nobody_judges_what_changed_while_they_wrote(cast: Cast, claim: Claim, review_of: Assignment) -> None:
    read = ground_of(claim)
    claims.edit(
        actor=cast.amal, claim_id=claim.pk, version=1, statement="Another", language="en", translations={},
        claimant_id=None, happened="", place="", risk="LOW",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="changed since you opened"):
        reviews.submit(actor=cast.basim, assignment_id=review_of.pk, ground=read, **SAID)


def test_a_review_is_given_once_and_by_who_was_asked(cast: Cast, claim: Claim, review_of: Assignment) -> None:
    with pytest.raises(Denied, match="somebody else"):
        reviews.submit(actor=cast.chadi, assignment_id=review_of.pk, ground=ground_of(claim), **SAID)
    reviews.submit(actor=cast.basim, assignment_id=review_of.pk, ground=ground_of(claim), **SAID)
    with pytest.raises(Denied, match="done"):
        reviews.submit(actor=cast.basim, assignment_id=review_of.pk, ground=ground_of(claim), **SAID)


def test_a_review_that_sends_back_returns_the_claim_to_checking(
    cast: Cast, claim: Claim, review_of: Assignment
) -> None:
    reviews.send_back(actor=cast.basim, assignment_id=review_of.pk, ground=ground_of(claim), rationale="Who is S2?")
    assert state_of(claim) == "CHECKING"


def test_confirmed_needs_the_policy_or_an_override_with_a_reason(
    cast: Cast, claim: Claim, review_of: Assignment
) -> None:
    ask: Any = {"actor": cast.chadi, "claim_id": claim.pk, "verdict": "CONFIRMED", "rationale": "Two lines."}
    with pytest.raises(ValidationError) as refused:
        verdicts.rule(ground=ground_of(claim), **ask)
    assert "override_reason" in refused.value.error_dict
    ruled = verdicts.rule(ground=ground_of(claim), override_reason="Seen on film by the desk.", **ask)
    assert ruled.override_reason == "Seen on film by the desk."
    assert "NOT_MET" in {line["outcome"] for line in ruled.policy_report}


def test_a_policy_without_override_allows_none(cast: Cast, case: Case, claim: Claim, review_of: Assignment) -> None:
    case.policy.override_allowed = False
    with act("case.policy", actor=cast.chadi, case=case):
        case.policy.save()
    with pytest.raises(ValidationError, match="allows no override"):
        verdicts.rule(
            actor=cast.chadi, claim_id=claim.pk, ground=ground_of(claim), verdict="CONFIRMED", rationale="Sure.",
            override_reason="Because.",
        )  # fmt: skip


def test_declining_needs_a_reason_and_tells_who_assigned(cast: Cast, review_of: Assignment) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        assignments.decline(actor=cast.basim, assignment_id=review_of.pk, reason=" ")
    assignments.decline(actor=cast.basim, assignment_id=review_of.pk, reason="I know the commander.")
    assert cast.chadi.notifications.get().act.name == "assignment.decline"
    with pytest.raises(Denied, match="declined"):
        assignments.accept(actor=cast.basim, assignment_id=review_of.pk)


def test_a_stranger_is_given_nothing(cast: Cast, restricted: Case) -> None:
    claim = make.claim(cast, restricted)
    with pytest.raises(ValidationError, match="not a member"):
        assignments.assign(actor=cast.chadi, claim_id=claim.pk, person_id=cast.dana.pk, duty=Duty.CHECK)


def test_an_observer_is_given_nothing(cast: Cast, claim: Claim) -> None:
    with pytest.raises(ValidationError, match="too low a role"):
        assignments.assign(actor=cast.chadi, claim_id=claim.pk, person_id=cast.omar.pk, duty=Duty.CHECK)
