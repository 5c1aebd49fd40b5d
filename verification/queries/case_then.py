"""The claims of a case as they stood at a moment, a page of them at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from audit.queries.then import stood
from newsroom.models import Case, Membership, VerificationPolicy
from verification.models import Claim, Verdict
from verification.queries.corroboration import Weighed
from verification.queries.ground_then import weigh_then


class Side(NamedTuple):
    lines: int
    established: int
    possible: int


@dataclass(frozen=True)
class Row:
    """One claim with the verdict that stood and the numbers of then."""

    claim: Claim
    verdict: Verdict | None
    weighed: Weighed

    @property
    def sides(self) -> tuple[Side, ...]:
        """For and against."""
        return tuple(
            Side(len(side.lines), side.established.lower, side.possible.upper) for _, side in self.weighed.sides
        )


def case_then(case: Case, moment: int) -> Case | None:
    return next(iter(stood(Case, moment, "id", [case.pk])), None)


def claims_then(case: Case, moment: int) -> list[Claim]:
    """All of them, in the order of their numbers."""
    return stood(Claim, moment, "case_id", [case.pk])


def rows_then(case: Case, claims: Sequence[Claim], moment: int) -> list[Row]:
    """A page of them."""
    for claim in claims:
        claim.case = case
    weighed = weigh_then(claims, moment)
    verdicts: dict[int, Verdict] = {}
    for verdict in stood(Verdict, moment, "claim_id", [claim.pk for claim in claims]):
        verdicts[verdict.claim_id] = verdict
    return [Row(claim, verdicts.get(claim.pk), weighed[claim.pk]) for claim in claims]


def compared_rows(case: Case, moment: int) -> list[Any]:
    """What two moments of a case are compared by: it itself, its policy and members, its claims and their verdicts."""
    own = [
        row for model in (VerificationPolicy, Membership, Claim) for row in stood(model, moment, "case_id", [case.pk])
    ]
    claims = [row.pk for row in own if isinstance(row, Claim)]
    return [*stood(Case, moment, "id", [case.pk]), *own, *stood(Verdict, moment, "claim_id", claims)]
