"""Claims, their evidence and what people judge of them, for tests, written the way people write them."""

from datetime import UTC, datetime
from typing import Any

from newsroom.models import Case, User
from tests.cast import Cast
from verification.actions import assignments, claims, evidence, reviews, verdicts
from verification.actions.chain import NewSource, Step
from verification.ground import ground_of
from verification.models import Alert, Assignment, Claim, Duty, Evidence, Review, Verdict

STATEMENT = "سيطرت الفصائل على حي الفرقان في حلب."


def claim(cast: Cast, case: Case, statement: str = STATEMENT, **values: Any) -> Claim:
    """Amal's claim in `case`, unless `actor` is another."""
    return claims.create(
        **{"actor": cast.amal, "case_id": case.pk, "statement": statement, "language": "ar", **values},
    )


def article(name: str = "Middle East Eye", **values: Any) -> NewSource:
    return NewSource(**{"kind": "ARTICLE", "name": name, "language": "en", **values})


def person(name: str = "قائد سوري", **values: Any) -> NewSource:
    return NewSource(**{"kind": "PERSON", "name": name, **values})


def account(cast: Cast, claim: Claim, *above: Step, **values: Any) -> Evidence:
    """Amal's evidence for `claim`: an article of its own as the carrier unless `source` is another, then `above`."""
    return evidence.add(
        **{"actor": cast.amal, "claim_id": claim.pk, "stance": "SUPPORTS", "source": article(), "hops": above, **values}
    )


def withdrawn(cast: Cast, account: Evidence, reason: str = "It was about another day.") -> Evidence:
    return evidence.withdraw(actor=cast.amal, evidence_id=account.pk, reason=reason)


def assignment(cast: Cast, claim: Claim, person: User, duty: str = Duty.REVIEW, **values: Any) -> Assignment:
    """Given by Chadi, the editor."""
    values = {"actor": cast.chadi, "due_at": datetime(2030, 1, 1, 12, tzinfo=UTC), **values}
    return assignments.assign(claim_id=claim.pk, person_id=person.pk, duty=duty, **values)


def review(given: Assignment, recommended: str = "DISPUTED", **values: Any) -> Review:
    """By whom it was assigned to."""
    words = {"recommended": recommended, "confidence": "MODERATE", "rationale": "One line, told twice.", **values}
    return reviews.submit(actor=given.person, assignment_id=given.pk, ground=ground_of(given.claim), **words)


def verdict(cast: Cast, claim: Claim, value: str = "DISPUTED", **values: Any) -> Verdict:
    """Chadi's ruling."""
    words = {"actor": cast.chadi, "rationale": "The two sides rest on one page.", **values}
    return verdicts.rule(claim_id=claim.pk, ground=ground_of(claim), verdict=value, **words)


def alert(cast: Cast, claim: Claim) -> Alert:
    """On `claim`, because the one account of it was withdrawn."""
    withdrawn(cast, account(cast, claim, basis="WITNESSED"))
    return Alert.objects.get(claim=claim)
