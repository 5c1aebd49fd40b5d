"""What is released, word for word: the form in which it is looked at, approved, kept, and named by its digest.

Whole numbers and text only, so that its canonical bytes (RFC 8785) can be made again anywhere. It holds no names of
people or sources: who ruled and who is cited are found from the verdict and the claim, under the names they may be
shown by on the day somebody reads.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from audit.domain.canonical import canonical, digest
from newsroom.models import Case
from verification.models import Claim, Verdict
from verification.queries.corroboration import Weighed

Content = dict[str, Any]


class Part(NamedTuple):
    """Which release of which claim a case is released with."""

    claim: str
    release: int
    digest: str


def of_claim(claim: Claim, verdict: Verdict, weighed: Weighed, ground: str, made_elsewhere: int) -> Content:
    """`ground` names the evidence that stood (`verification.ground`).

    `made_elsewhere` is how many accounts lean on copies that somebody uploaded. Who that was, and why, is not released;
    where it is none, nothing is said, as in what was released before this was.
    """
    told: Content = {
        "claim": claim.reference,
        "statement": claim.statement,
        "language": claim.language,
        "translations": dict(claim.translations),
        "happened": claim.happened,
        "place": claim.place,
        "ground": ground,
        "verdict": {
            "value": str(verdict.value),
            "rationale": verdict.rationale,
            "override_reason": verdict.override_reason,
            "ruled_at": verdict.ruled_at.isoformat(),
        },
        "corroboration": {
            stance: {
                "lines": len(side.lines),
                "established": [side.established.lower, side.established.upper],
                "possible": [side.possible.lower, side.possible.upper],
            }
            for stance, side in weighed.sides
        },
    }
    return told | ({"made_elsewhere": made_elsewhere} if made_elsewhere else {})


def of_case(case: Case, parts: Iterable[Part]) -> Content:
    return {
        "case": case.slug,
        "title": case.title,
        "language": case.language,
        "claims": [part._asdict() for part in parts],
    }


def digest_of(content: Content) -> str:
    """`sha256:<hex>`."""
    return digest(canonical(content))
