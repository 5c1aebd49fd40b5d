"""From the record to the engine: what one claim's corroboration rests on, and what the engine says of it.

    weighed = weigh(claim)
    weighed.result.supports.established, weighed.sources[key].name

Five queries, whatever the amount of evidence, and for `weigh_all` whatever the number of claims.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sources.models import Source
from verification.domain import corroboration as engine
from verification.models import Claim, Evidence
from verification.queries.ground import Record, standing_record


@dataclass(frozen=True)
class Weighed:
    """What the engine was given and what it answered. Sources go by the key of their case file, or their reference."""

    ground: engine.Ground
    result: engine.Corroboration
    sources: dict[str, Source]
    evidence: dict[str, Evidence]

    def as_json(self) -> dict[str, Any]:
        """The numbers that are kept with a verdict."""
        return {
            stance: {
                "established": [side.established.lower, side.established.upper],
                "possible": [side.possible.lower, side.possible.upper],
                "lines": len(side.lines),
                "origins": list(side.origins),
                "bottlenecks": list(side.bottlenecks),
            }
            for stance, side in self.sides
        }

    @property
    def sides(self) -> tuple[tuple[str, engine.StanceResult], ...]:
        return ("SUPPORTS", self.result.supports), ("CONTRADICTS", self.result.contradicts)


def weigh(claim: Claim) -> Weighed:
    return weigh_on(standing_record([claim]), claim)


def weigh_all(claims: Iterable[Claim]) -> dict[int, Weighed]:
    """The same for many claims, by their numbers."""
    claims = list(claims)
    record = standing_record(claims)
    return {claim.pk: weigh_on(record, claim) for claim in claims}


def weigh_on(record: Record, claim: Claim) -> Weighed:
    ground, sources, evidence = record.about(claim)
    return Weighed(ground, engine.corroborate(ground), sources, evidence)
