"""From the record to the engine: what one claim's corroboration rests on, and what the engine says of it.

    weighed = weigh(claim)
    weighed.result.supports.established, weighed.source(key).name

Five queries, whatever the amount of evidence.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sources.domain.dates import DateRefused, parse
from sources.models import Source
from sources.queries.relations import controllers_behind, derivations_behind
from verification.domain import corroboration as engine
from verification.models import Claim, Evidence


@dataclass(frozen=True)
class Weighed:
    """What the engine was given and what it answered. Sources go by the key of their case file, or their reference."""

    ground: engine.Ground
    result: engine.Corroboration
    sources: dict[str, Source]
    evidence: dict[str, Evidence]

    def as_json(self) -> dict[str, Any]:
        """The numbers that are kept with a verdict."""
        sides = {"SUPPORTS": self.result.supports, "CONTRADICTS": self.result.contradicts}
        return {
            stance: {
                "established": [side.established.lower, side.established.upper],
                "possible": [side.possible.lower, side.possible.upper],
                "lines": len(side.lines),
                "origins": list(side.origins),
                "bottlenecks": list(side.bottlenecks),
            }
            for stance, side in sides.items()
        }


def weigh(claim: Claim) -> Weighed:
    evidence = list(claim.evidence.standing().prefetch_related("hops").order_by("pk"))
    stated = {item.source_id for item in evidence} | {hop.source_id for item in evidence for hop in item.hops.all()}
    derivations = derivations_behind(stated)
    passed = stated | {derivation.upstream for derivation in derivations}
    controllers = controllers_behind(passed)
    everything = passed | {controller for held in controllers.values() for controller in held}
    rows = Source.objects.select_related("publisher").in_bulk(everything)
    key = {pk: source_key(source) for pk, source in rows.items()}
    ground = engine.Ground(
        sources=tuple(
            engine.Source(key[pk], tuple(key[each] for each in controllers.get(pk, [])), published(source))
            for pk, source in rows.items()
        ),
        derivations=tuple(
            engine.Derivation(key[each.downstream], key[each.upstream], each.kind, each.verified_relay)
            for each in derivations
        ),
        evidence=tuple(_line(item, key) for item in evidence),
    )
    return Weighed(
        ground=ground,
        result=engine.corroborate(ground),
        sources={key[pk]: source for pk, source in rows.items()},
        evidence={evidence_key(item): item for item in evidence},
    )


def source_key(source: Source) -> str:
    return source.key or source.reference


def evidence_key(evidence: Evidence) -> str:
    return evidence.key or evidence.reference


def published(source: Source) -> tuple[date, date] | None:
    """The first and the last day on which it can have appeared."""
    try:
        when = parse(source.published_at) if source.published_at else None
    except DateRefused:
        return None
    if when is None or when.earliest is None or when.latest is None:
        return None
    return when.earliest, when.latest


def _line(item: Evidence, key: dict[int, str]) -> engine.Evidence:
    return engine.Evidence(
        key=evidence_key(item),
        stance=engine.Stance(item.stance),
        carrier=key[item.source_id],
        hops=tuple(engine.Hop(key[hop.source_id], hop.kind, hop.verified_relay) for hop in item.hops.all()),
        basis=item.basis,
    )
