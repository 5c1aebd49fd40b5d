"""What the engine is given: the part of the record that bears on one claim, as values.

Sources are named by any sortable text. A controller may be a source or only a name. Everything here is already what
stands: withdrawn evidence, disputed derivations and ended affiliations are left out by whoever reads the record.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

FIRST_HAND = frozenset({"WITNESSED", "RECORDED", "AUTHORED"})


class Stance(StrEnum):
    SUPPORTS = "SUPPORTS"
    CONTRADICTS = "CONTRADICTS"
    CONTEXT = "CONTEXT"


@dataclass(frozen=True, slots=True)
class Source:
    """`published`: earliest and latest day on which it can have appeared; None where no date is known."""

    key: str
    controllers: tuple[str, ...] = ()
    published: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """One whole work that relies on another whole work."""

    downstream: str
    upstream: str
    kind: str = "REPUBLISHES"
    verified_relay: bool = False


@dataclass(frozen=True, slots=True)
class Hop:
    """One step up a chain. `verified_relay`: the one below was checked against `source`."""

    source: str
    kind: str = "QUOTES"
    verified_relay: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One account: its carrier, the hops upwards (nearest first), and how the last of them knows."""

    key: str
    stance: Stance
    carrier: str
    hops: tuple[Hop, ...] = ()
    basis: str = "UNKNOWN"

    @property
    def stated(self) -> tuple[str, ...]:
        """The chain as it was entered, from the desk upwards."""
        return (self.carrier, *(hop.source for hop in self.hops))

    @property
    def first_hand(self) -> bool:
        return self.basis in FIRST_HAND


@dataclass(frozen=True, slots=True)
class Ground:
    """All that one claim's corroboration rests on. The order of entry carries no meaning."""

    sources: tuple[Source, ...]
    derivations: tuple[Derivation, ...]
    evidence: tuple[Evidence, ...]

    def within_reach(self) -> "Ground":
        """The same ground without the sources and derivations that no piece of evidence can lead to."""
        upstream = derivations_by_downstream(self.derivations)
        waiting = [source for item in self.evidence for source in item.stated]
        reached: set[str] = set()
        while waiting:
            source = waiting.pop()
            if source not in reached:
                reached.add(source)
                waiting.extend(derivation.upstream for derivation in upstream.get(source, ()))
        known = {source.key: source for source in self.sources}
        owners = [owner for key in reached if key in known for owner in known[key].controllers]
        kept = set(reached)
        while owners:
            owner = owners.pop()
            if owner not in kept:
                kept.add(owner)
                owners.extend(known[owner].controllers if owner in known else ())
        return replace(
            self,
            sources=tuple(known[key] for key in sorted(kept) if key in known),
            derivations=tuple(item for item in self.derivations if item.downstream in reached),
        )


def derivations_by_downstream(derivations: tuple[Derivation, ...]) -> Mapping[str, list[Derivation]]:
    found: dict[str, list[Derivation]] = defaultdict(list)
    for derivation in derivations:
        found[derivation.downstream].append(derivation)
    return found


def all_controllers(key: str, sources: Mapping[str, Source]) -> frozenset[str]:
    """Everyone who controls `key`, directly or through others."""
    found: set[str] = set()
    waiting = list(sources[key].controllers) if key in sources else []
    while waiting:
        owner = waiting.pop()
        if owner not in found:
            found.add(owner)
            waiting.extend(sources[owner].controllers if owner in sources else ())
    return frozenset(found)
