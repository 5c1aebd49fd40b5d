"""The chain of one account, its isnad: the carrier in the desk's hands, the hops above it, and how the last one knows.

What is refused here is what can be seen in the chain alone. Whether its sources exist and may be used in the case is
for whoever has the record. A chain that leads nowhere, or whose end nobody asked about, is no fault: it is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 12
"""The most hops one chain may have. Longer ones are works that rely on works: derivations, on record by themselves."""


@dataclass(frozen=True, slots=True)
class Party:
    """A source as a chain names it. `key` is any text that tells it apart, `href` the page about it, "" for none."""

    key: str
    kind: str = ""
    name: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """A step up: the one below has it from `source`. `verified_relay`: the one below was checked against it."""

    source: Party
    kind: str
    verified_relay: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """`hops` run upwards, nearest first; `basis` is how the last of them (the carrier, without hops) knows.

    An empty `basis` says nothing about the end: for what is context only, and for a chain that is still being typed.
    """

    carrier: Party
    hops: tuple[Hop, ...] = ()
    basis: str = ""

    @property
    def end(self) -> Party:
        return self.hops[-1].source if self.hops else self.carrier


class Flaw(StrEnum):
    NAMES_ITS_CARRIER = "NAMES_ITS_CARRIER"
    LOOPS = "LOOPS"
    TOO_LONG = "TOO_LONG"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at hop `position`, counted from 1. `before` is the hop at which a loop passed the source first."""

    flaw: Flaw
    position: int
    before: int = 0


def faults(carrier: str, sources: Sequence[str]) -> tuple[Fault, ...]:
    """All that is wrong with a chain from `carrier` through `sources` (keys, nearest first); empty where it is sound.

    A hop with the key "" names nobody yet and is looked at by nobody here.
    """
    found = []
    first_at: dict[str, int] = {}
    for position, source in enumerate(sources, start=1):
        if not source:
            continue
        if source == carrier:
            found.append(Fault(Flaw.NAMES_ITS_CARRIER, position))
        elif (before := first_at.setdefault(source, position)) != position:
            found.append(Fault(Flaw.LOOPS, position, before))
    if len(sources) > LONGEST:
        found.append(Fault(Flaw.TOO_LONG, LONGEST + 1))
    return tuple(found)
