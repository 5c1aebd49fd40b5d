"""The cases and claims a passage of a capture can be made evidence for, as far as its reader may write there."""

from newsroom import permits
from newsroom.models import Case, User
from sources.models import Capture
from verification.models import Claim, ClaimState

OFFERED = 12
MOST_CASES = 200
LONGEST_SEARCH = 300


def cases_for(user: User, capture: Capture) -> list[Case]:
    """The capture's own case, or for a capture of the newsroom all those the person works in, latest first."""
    cases = Case.objects.visible_to(user).prefetch_related("memberships")
    if capture.case_id is not None:
        cases = cases.filter(pk=capture.case_id)
    return [case for case in cases[:MOST_CASES] if permits.allows(user, "evidence.add", case)]


def claims_in(cases: list[Case], typed: str) -> list[Claim]:
    """The latest open claims that hold the words, or the one of that number."""
    open_claims = Claim.objects.filter(case__in=cases).exclude(state=ClaimState.CLOSED).select_related("case")
    typed = typed.strip()[:LONGEST_SEARCH]
    if typed:
        open_claims = open_claims.found_by(typed) | open_claims.by_reference(typed)
    return list(open_claims.order_by("-pk")[:OFFERED])
