"""The one thing to do next about a claim, for one person: what their page offers, or why it cannot."""

from dataclasses import dataclass

from newsroom import permits
from newsroom.models import User
from verification.models import Assignment, Claim, ClaimState
from verification.wording.standing import SETTLED

# In the order of what brings the claim on; what only others can do next is waited for without a word.
_NEXT: dict[str, tuple[str, ...]] = {
    ClaimState.TRIAGE: ("evidence.add",),
    ClaimState.CHECKING: ("claim.assign", "evidence.add"),
    ClaimState.REOPENED: ("claim.assign", "evidence.add"),
    ClaimState.IN_REVIEW: ("claim.rule",),
    ClaimState.AWAITING_VERDICT: ("claim.rule",),
}


def leads_on(state: ClaimState, act: str) -> None:
    """A room above says what comes after this one's work is done."""
    _NEXT[state] = (*_NEXT.get(state, ()), act)


@dataclass(frozen=True)
class Step:
    """An act of the permission table. `refusal` is why this person cannot do it, "" where they can."""

    act: str
    refusal: str = ""
    assignment: Assignment | None = None


def next_step(person: User, claim: Claim, *, review_of_theirs: Assignment | None, has_evidence: bool) -> Step | None:
    """A step they can do, or else the one that they of all people are kept from; None where there is neither."""
    if review_of_theirs is not None:
        return Step("claim.review", permits.refusal(person, "claim.review", claim) or "", review_of_theirs)
    acts = _NEXT.get(claim.state, ())
    if acts and not has_evidence and claim.state not in SETTLED:
        acts = ("evidence.add",)
    refusals = [(act, permits.refusal(person, act, claim) or "") for act in acts]
    allowed = next((Step(act) for act, refusal in refusals if not refusal), None)
    if allowed is None and claim.state == ClaimState.AWAITING_VERDICT:
        return Step(*refusals[0])
    return allowed
