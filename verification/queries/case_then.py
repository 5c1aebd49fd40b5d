"""A case as it stood at a moment: its claims with their numbers of then."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from audit.queries.then import stood
from newsroom.models import Case
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


def rows_then(case: Case, numbers: Sequence[int], moment: int) -> list[Row]:
    """A page of its claims, by their numbers."""
    claims = stood(Claim, moment, "id", numbers)
    for claim in claims:
        claim.case = case
    weighed = weigh_then(claims, moment)
    verdicts: dict[int, Verdict] = {}
    for verdict in stood(Verdict, moment, "claim_id", [claim.pk for claim in claims]):
        verdicts[verdict.claim_id] = verdict
    return [Row(claim, verdicts.get(claim.pk), weighed[claim.pk]) for claim in claims]
