"""A line: the chain of one piece of evidence, completed by the whole-work derivations on record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .circles import leads_into_a_circle
from .ground import Derivation, Evidence


class By(StrEnum):
    """Where a step comes from: the chain as entered, or a derivation on record."""

    HOP = "HOP"
    DERIVATION = "DERIVATION"


class Relay(StrEnum):
    """Why a source is transparent in a line."""

    HOP_VERIFIED = "HOP_VERIFIED"
    DERIVATIONS_VERIFIED = "DERIVATIONS_VERIFIED"


@dataclass(frozen=True, slots=True, order=True)
class Step:
    lower: str
    upper: str
    by: By
    kind: str
    verified_relay: bool


@dataclass(frozen=True, slots=True)
class Station:
    """A source a line passes through, `depth` steps above the desk's carrier; `relay` is None where it can be wrong."""

    source: str
    depth: int
    relay: Relay | None


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of evidence as completed.

    `stations` run from the carrier upwards, `steps` join them. `ends`: who is at the end of it: the origin of a closed
    line, the possible origins of an open one, nobody for a line that only goes round. `rests_on`: the sources that can
    be wrong, that is, all but the verified relays.
    """

    evidence: Evidence
    stations: tuple[Station, ...]
    steps: tuple[Step, ...]
    ends: tuple[str, ...]
    rests_on: frozenset[str]
    goes_round: bool

    @property
    def key(self) -> str:
        return self.evidence.key

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(station.source for station in self.stations)

    @property
    def closed(self) -> bool:
        return self.evidence.first_hand and not self.goes_round

    @property
    def open(self) -> bool:
        return not self.evidence.first_hand and not self.goes_round


def complete(evidence: Evidence, upstream: Mapping[str, list[Derivation]]) -> Line:
    """The line of `evidence`; touches only the sources it leads to."""
    stated = evidence.stated
    above: dict[str, list[Step]] = {source: [] for source in stated}
    for lower, hop in zip(stated, evidence.hops, strict=False):
        above[lower].append(Step(lower, hop.source, By.HOP, hop.kind, hop.verified_relay))
    waiting = list(above)
    while waiting:
        lower = waiting.pop()
        for derivation in upstream.get(lower, ()):
            step = Step(lower, derivation.upstream, By.DERIVATION, derivation.kind, derivation.verified_relay)
            above[lower].append(step)
            if step.upper not in above:
                above[step.upper] = []
                waiting.append(step.upper)
    relays = {source: _relay(steps) for source, steps in above.items()}
    behind_the_end = _reach(stated[-1], above)
    goes_round = bool(leads_into_a_circle({s: [step.upper for step in above[s]] for s in behind_the_end}))
    if goes_round:
        ends: tuple[str, ...] = ()
    elif evidence.first_hand:
        ends = (stated[-1],)
    else:
        ends = tuple(sorted(source for source in behind_the_end if not above[source]))
    depths = _reach(evidence.carrier, above)
    return Line(
        evidence=evidence,
        stations=tuple(Station(s, depths[s], relays[s]) for s in sorted(depths, key=lambda s: (depths[s], s))),
        steps=tuple(sorted({step for steps in above.values() for step in steps})),
        ends=ends,
        rests_on=frozenset(source for source, relay in relays.items() if relay is None),
        goes_round=goes_round,
    )


def _relay(steps: Iterable[Step]) -> Relay | None:
    hops = [step for step in steps if step.by is By.HOP]
    derivations = [step for step in steps if step.by is By.DERIVATION]
    if hops and all(step.verified_relay for step in hops):
        return Relay.HOP_VERIFIED
    if derivations and all(step.verified_relay for step in derivations):
        return Relay.DERIVATIONS_VERIFIED
    return None


def _reach(start: str, above: Mapping[str, list[Step]]) -> dict[str, int]:
    """Everything at or above `start`, with the least number of steps to it."""
    depths = {start: 0}
    for source in (queue := [start]):
        for step in above[source]:
            if step.upper not in depths:
                depths[step.upper] = depths[source] + 1
                queue.append(step.upper)
    return depths
