"""As many claims of a case as one picture can hold, in their order, and what was left out of it."""

from dataclasses import dataclass

from newsroom.models import Case
from verification.models import Claim
from verification.models.claim import REFERENCE
from verification.queries.corroboration import Weighed, weigh_all

MOST_LINES = 60
"""A picture with more than that tells nothing any more."""


@dataclass(frozen=True)
class Part:
    """`claims` of the case that have lines, `lines` in all; `left_out` claims of it with lines come after them."""

    claims: list[Claim]
    weighed: list[tuple[Claim, Weighed]]
    lines: int
    left_out: int

    @property
    def next(self) -> str:
        """The claim after which the next part begins, "" where there is none."""
        return self.claims[-1].reference if self.left_out else ""


def part_of(case: Case, after: str = "") -> Part:
    """The claims after the one numbered `after`: as many as fit, and always one. What is no number begins at the start.

    The numbers beside the claims say which fit; only these are counted anew.
    """
    start = REFERENCE.match(after)
    with_lines = Claim.objects.filter(case=case, pk__gt=int(start[1]) if start else 0, corroboration__isnull=False)
    with_lines = with_lines.exclude(corroboration__lines=0, corroboration__against_lines=0).order_by("pk")
    claims: list[Claim] = []
    lines = 0
    for claim in with_lines.select_related("corroboration")[:MOST_LINES]:
        more = claim.corroboration.lines + claim.corroboration.against_lines
        if claims and lines + more > MOST_LINES:
            break
        claims.append(claim)
        lines += more
    weighed = weigh_all(claims)
    return Part(claims, [(claim, weighed[claim.pk]) for claim in claims], lines, with_lines.count() - len(claims))
