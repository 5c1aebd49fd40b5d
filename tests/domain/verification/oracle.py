"""Corroboration a second time, straight from the definition, on sets, by trying everything. Slow, and short enough to
be believed. It shares no code with the engine but the values it is given."""

from dataclasses import dataclass
from itertools import combinations

from verification.domain.corroboration import FIRST_HAND, Derivation, Evidence, Ground, Stance


@dataclass(frozen=True)
class Answer:
    established: int
    possible: int
    origins: set[str]
    possible_origins: set[str]
    bottlenecks: set[str]
    smallest_cut: set[str]
    going_round: set[str]


def closure(starts: set[str], edges: set[tuple[str, str]]) -> set[str]:
    reached = set(starts)
    while more := {upper for lower, upper in edges if lower in reached} - reached:
        reached |= more
    return reached


class Chain:
    def __init__(self, evidence: Evidence, derivations: tuple[Derivation, ...]) -> None:
        stated = [evidence.carrier, *(hop.source for hop in evidence.hops)]
        hops = {(lower, hop.source) for lower, hop in zip(stated, evidence.hops, strict=False)}
        recorded = {(d.downstream, d.upstream) for d in derivations}
        self.key = evidence.key
        self.carrier = evidence.carrier
        self.sources = closure(set(stated), recorded)
        edges = {(a, b) for a, b in hops | recorded if a in self.sources}
        behind = closure({stated[-1]}, edges)
        # A walk of as many steps as there are sources has met one of them twice.
        walkers = {stated[-1]}
        for _ in behind:
            walkers = {b for a, b in edges if a in walkers}
        self.goes_round = bool(walkers)
        first_hand = evidence.basis in FIRST_HAND
        self.closed = first_hand and not self.goes_round
        self.ends = {stated[-1]} if first_hand else {s for s in behind if not any(a == s for a, _ in edges)}
        self.weak = {s for s in self.sources if not self.is_relay(s, evidence, stated, derivations)}
        self.steps_above = {self.carrier: 0}
        for distance in range(1, len(self.sources) + 1):
            for a, b in edges:
                if self.steps_above.get(a) == distance - 1 and b not in self.steps_above:
                    self.steps_above[b] = distance

    @staticmethod
    def is_relay(source: str, evidence: Evidence, stated: list[str], derivations: tuple[Derivation, ...]) -> bool:
        by_hop = [hop.verified_relay for below, hop in zip(stated, evidence.hops, strict=False) if below == source]
        by_record = [d.verified_relay for d in derivations if d.downstream == source]
        return (bool(by_hop) and all(by_hop)) or (bool(by_record) and all(by_record))


def largest(chains: list[Chain], conflict) -> int:
    for size in range(len(chains), 0, -1):
        for choice in combinations(chains, size):
            if not any(conflict(a, b) for a, b in combinations(choice, 2)):
                return size
    return 0


def smallest_cut(chains: list[Chain]) -> set[str]:
    def preference(source: str) -> tuple[float, str]:
        above = [c.steps_above[source] for c in chains if source in c.weak and c.steps_above[source]]
        return (min(above, default=float("inf")), source)

    candidates = sorted({s for c in chains for s in c.weak}, key=preference)
    for size in range(len(candidates) + 1):
        for choice in combinations(candidates, size):
            if all(set(choice) & c.weak for c in chains):
                return set(choice)
    raise AssertionError("all sources together cut every line")


def answer(ground: Ground, stance: Stance) -> Answer:
    control = {(s.key, owner) for s in ground.sources for owner in s.controllers}
    chains = [Chain(e, ground.derivations) for e in ground.evidence if e.stance == stance]
    going_round = {c.key for c in chains if c.goes_round}
    chains = [c for c in chains if not c.goes_round]

    def share_a_source(a: Chain, b: Chain) -> bool:
        return bool(a.weak & b.weak)

    def share_a_hand(a: Chain, b: Chain) -> bool:
        return bool(closure(a.ends, control) & closure(b.ends, control))

    closed = [c for c in chains if c.closed]
    return Answer(
        established=largest(closed, lambda a, b: share_a_source(a, b) or share_a_hand(a, b)),
        possible=largest(chains, share_a_source),
        origins={end for c in closed for end in c.ends},
        possible_origins={end for c in chains if not c.closed for end in c.ends},
        bottlenecks=set.intersection(*(c.weak for c in chains)) if chains else set(),
        smallest_cut=smallest_cut(chains),
        going_round=going_round,
    )
