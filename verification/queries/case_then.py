"""A case as it stood at a moment: its claims with their numbers of then, and what changed between two moments."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from audit.queries.then import keys_written, stood
from newsroom.models import Case, Membership, VerificationPolicy
from sources.models import Capture, Source
from sources.queries.source_then import BULKY
from verification.models import Assignment, Claim, Verdict
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


def compared_rows(case: Case, since: int, until: int) -> tuple[list[Any], list[Any]]:
    """What was written of a case between two moments, as it stood at the one and at the other.

    It itself, its policy and members, its sources and captures, its claims with their assignments and verdicts.
    """
    claims = Claim.objects.filter(case=case).values_list("pk", flat=True)
    hangs_on: list[tuple[Any, str, list[Any]]] = [
        (Case, "id", [case.pk]),
        *((model, "case_id", [case.pk]) for model in (VerificationPolicy, Membership, Source, Capture, Claim)),
        *((model, "claim_id", [*claims]) for model in (Assignment, Verdict)),
    ]
    written = [(model, keys_written(model, since, until, column, values)) for model, column, values in hangs_on]
    before, after = (
        [row for model, keys in written for row in stood(model, moment, "id", keys, without=BULKY)]
        for moment in (since, until)
    )
    return before, after
