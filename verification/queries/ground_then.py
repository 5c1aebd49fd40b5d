"""The ground of claims as it stood at a moment (`audit.queries.then`), out of the row history.

    weigh_then([claim], moment)[claim.pk]

Of every row its last version by then, and what it says then: whether it was withdrawn, what it relied on. Chains are
climbed step by step, so the number of queries grows with their length, never with the amount of evidence.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from audit.queries.then import stood
from sources.models import Affiliation, Derivation, Source, Standing
from sources.queries.relations import Relied
from verification.models import Claim, Evidence, Hop
from verification.queries.corroboration import Weighed, weigh_on
from verification.queries.ground import Record, Stated


def weigh_then(claims: Iterable[Claim], moment: int) -> dict[int, Weighed]:
    """By the claims' numbers."""
    claims = list(claims)
    record = record_then([claim.pk for claim in claims], moment)
    return {claim.pk: weigh_on(record, claim) for claim in claims}


def claim_then(claim: Claim, moment: int) -> Claim | None:
    """The claim as it read then; None where it was not yet written."""
    return next(iter(stood(Claim, moment, "id", [claim.pk])), None)


def stated_then(claims: Iterable[int], moment: int) -> list[Stated]:
    """What was stated on them by then, with its chains, withdrawn or not."""
    evidence = stood(Evidence, moment, "claim_id", claims)
    hops: dict[int, list[Hop]] = defaultdict(list)
    for hop in stood(Hop, moment, "evidence_id", [each.pk for each in evidence]):
        hops[hop.evidence_id].append(hop)
    return [Stated(each, tuple(sorted(hops[each.pk], key=lambda hop: hop.position))) for each in evidence]


def record_then(claims: Iterable[int], moment: int) -> Record:
    chains: dict[int, list[Stated]] = defaultdict(list)
    for each in stated_then(claims, moment):
        if each.evidence.withdrawn_at is None:
            chains[each.evidence.claim_id].append(each)
    relied: dict[int, list[Relied]] = defaultdict(list)

    def above(sources: set[int]) -> Iterable[int]:
        for each in stood(Derivation, moment, "downstream_id", sources):
            if each.standing != Standing.WITHDRAWN:
                relied[each.downstream_id].append(
                    Relied(each.downstream_id, each.upstream_id, each.kind, each.verified_relay)
                )
                yield each.upstream_id

    passed = _climb({source for of_claim in chains.values() for chain in of_claim for source in chain.sources}, above)
    known: dict[int, Source] = {}
    controllers: dict[int, list[int]] = defaultdict(list)

    def in_control(sources: set[int]) -> Iterable[int]:
        known.update((each.pk, each) for each in stood(Source, moment, "id", sources))
        held = [(pk, known[pk].publisher_id) for pk in sources if pk in known]
        affiliations = stood(Affiliation, moment, "source_id", sources)
        held += [(each.source_id, each.controller_id) for each in affiliations if each.standing != Standing.WITHDRAWN]
        for source, controller in held:
            if controller is not None and controller not in controllers[source]:
                controllers[source].append(controller)
                yield controller

    _climb(passed, in_control)
    for source in known.values():
        source.publisher = known.get(source.publisher_id or 0)
    return Record(chains, relied, controllers, known)


def _climb(start: set[int], beyond: Callable[[set[int]], Iterable[int]]) -> set[int]:
    """All that `start` leads to, a layer at a time."""
    found, layer = set(start), set(start)
    while layer:
        layer = set(beyond(layer)) - found
        found |= layer
    return found
