"""What the record holds about how claims reached the desk, read once for any number of claims, and cut to one of them.

    record = standing_record(claims)
    ground, sources, evidence = record.about(claim)

What stands in a case is read by that case only: a derivation or an affiliation that leads to a source of another case
is no part of it, so that no number and no name tells of a case somebody may not know of.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sources.domain.dates import DateRefused, parse
from sources.models import Source
from sources.queries.relations import Relied, controllers_behind, derivations_behind
from verification.domain import corroboration as engine
from verification.models import Claim, Evidence, Hop


@dataclass(frozen=True)
class Stated:
    """One piece of evidence with its hops, as somebody stated it."""

    evidence: Evidence
    hops: tuple[Hop, ...]

    @property
    def sources(self) -> tuple[int, ...]:
        return (self.evidence.source_id, *(hop.source_id for hop in self.hops))


@dataclass(frozen=True)
class Record:
    """`stated` by claim, `relied` by the work that relies, `controllers` by the controlled; all by their numbers."""

    stated: Mapping[int, Sequence[Stated]]
    relied: Mapping[int, Sequence[Relied]]
    controllers: Mapping[int, Sequence[int]]
    sources: Mapping[int, Source]

    def about(self, claim: Claim) -> tuple[engine.Ground, dict[str, Source], dict[str, Evidence]]:
        """The ground of `claim`, and its sources and evidence by the keys used in it."""
        stated = self.stated.get(claim.pk, ())

        def above(source: int) -> Iterable[int]:
            return (each.upstream for each in self.relied.get(source, ()) if self._usable(each.upstream, claim))

        def in_control(source: int) -> Iterable[int]:
            return (each for each in self.controllers.get(source, ()) if self._usable(each, claim))

        passed = _everything((source for each in stated for source in each.sources), above)
        known = _everything(passed, in_control)
        key = _keys(self.sources[pk] for pk in known)
        ground = engine.Ground(
            sources=tuple(
                engine.Source(key[pk], tuple(key[each] for each in in_control(pk)), _published(self.sources[pk]))
                for pk in known
            ),
            derivations=tuple(
                engine.Derivation(key[each.downstream], key[each.upstream], each.kind, each.verified_relay)
                for pk in passed
                for each in self.relied.get(pk, ())
                if each.upstream in passed
            ),
            evidence=tuple(_line(each, key) for each in stated),
        )
        evidence = {evidence_key(each.evidence): each.evidence for each in stated}
        return ground, {key[pk]: self.sources[pk] for pk in known}, evidence

    def _usable(self, source: int, claim: Claim) -> bool:
        return self.sources[source].case_id in {None, claim.case_id}


def standing_record(claims: Iterable[Claim]) -> Record:
    """As it stands. Five queries, whatever the number of claims."""
    stated: dict[int, list[Stated]] = defaultdict(list)
    evidence = Evidence.objects.standing().filter(claim__in=[claim.pk for claim in claims]).order_by("pk")
    for each in evidence.prefetch_related("hops"):
        stated[each.claim_id].append(Stated(each, tuple(each.hops.all())))
    cited = {source for of_claim in stated.values() for each in of_claim for source in each.sources}
    derivations = derivations_behind(cited)
    relied: dict[int, list[Relied]] = defaultdict(list)
    for derivation in derivations:
        relied[derivation.downstream].append(derivation)
    passed = cited | {derivation.upstream for derivation in derivations}
    controllers = controllers_behind(passed)
    everything = passed | {controller for held in controllers.values() for controller in held}
    sources = Source.objects.select_related("publisher").in_bulk(everything)
    return Record(stated, relied, controllers, sources)


def evidence_key(evidence: Evidence) -> str:
    return evidence.key or evidence.reference


def _everything(start: Iterable[int], beyond: Callable[[int], Iterable[int]]) -> dict[int, None]:
    """All that `start` leads to, in the order of finding."""
    found = dict.fromkeys(start)
    waiting = [*found]
    for source in waiting:
        for each in beyond(source):
            if each not in found:
                found[each] = None
                waiting.append(each)
    return found


def _keys(sources: Iterable[Source]) -> dict[int, str]:
    """What each source goes by: its key in the case file, or its reference where it has none of its own."""
    sources = list(sources)
    wanted = [source.key or source.reference for source in sources]
    shared = {name for name in wanted if wanted.count(name) > 1} if len(set(wanted)) < len(wanted) else set()
    return {
        source.pk: source.reference if name in shared else name for source, name in zip(sources, wanted, strict=True)
    }


def _published(source: Source) -> tuple[date, date] | None:
    """The first and the last day on which it can have appeared."""
    try:
        when = parse(source.published_at) if source.published_at else None
    except DateRefused:
        return None
    if when is None or when.earliest is None or when.latest is None:
        return None
    return when.earliest, when.latest


def _line(stated: Stated, key: Mapping[int, str]) -> engine.Evidence:
    return engine.Evidence(
        key=evidence_key(stated.evidence),
        stance=engine.Stance(stated.evidence.stance),
        carrier=key[stated.evidence.source_id],
        hops=tuple(engine.Hop(key[hop.source_id], hop.kind, hop.verified_relay) for hop in stated.hops),
        basis=stated.evidence.basis,
    )
