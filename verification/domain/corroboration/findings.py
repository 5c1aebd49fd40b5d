"""What a reader should know about the lines beside their number. A finding changes no count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .circles import circles_in, everything_above
from .ground import Source, all_controllers
from .lines import By, Line


class Kind(StrEnum):
    ANACHRONISM = "ANACHRONISM"
    COMMON_OWNER = "COMMON_OWNER"
    INCONSISTENT_SOURCE = "INCONSISTENT_SOURCE"
    FIRST_HAND_CLAIM_OF_DERIVED_WORK = "FIRST_HAND_CLAIM_OF_DERIVED_WORK"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """`sources`: ANACHRONISM the earlier one, then what it relies on though it is later; COMMON_OWNER the owned, with
    the owner in `because`; INCONSISTENT_SOURCE the one; FIRST_HAND_CLAIM_OF_DERIVED_WORK the work, then what it was
    derived from. `lines`: the keys of the evidence concerned, on this side of the claim."""

    kind: Kind
    sources: tuple[str, ...]
    lines: tuple[str, ...]
    because: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Circle:
    """Sources that lead to one another, and the lines that only go round in them (which support nothing)."""

    sources: tuple[str, ...]
    lines: tuple[str, ...]


def findings(lines: Sequence[Line], others: Sequence[Line], sources: Mapping[str, Source]) -> tuple[Finding, ...]:
    """All findings on `lines`; `others` are the lines of the other stance."""
    return tuple(
        sorted([*_anachronisms(lines, sources), *_owners(lines, sources), *_inconsistent(lines, others), *_hand(lines)])
    )


def circles(lines: Sequence[Line]) -> tuple[Circle, ...]:
    """The circles in everything these lines pass through, taken together: two outlets that quote each other, each in
    its own piece of evidence, are named here too, though neither line alone goes round."""
    above: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for step in line.steps:
            above[step.lower].add(step.upper)
    return tuple(
        Circle(tuple(sorted(group)), tuple(line.key for line in lines if line.goes_round and group & line.sources))
        for group in circles_in(above)
    )


def _anachronisms(lines: Sequence[Line], sources: Mapping[str, Source]) -> Iterable[Finding]:
    concerned: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in lines:
        dated = {s: sources[s].published for s in line.sources if s in sources and sources[s].published is not None}
        if len(dated) < 2:
            continue
        above: dict[str, set[str]] = defaultdict(set)
        for step in line.steps:
            above[step.lower].add(step.upper)
        for lower, lower_published in dated.items():
            for upper in everything_above(lower, above) & dated.keys():
                upper_published = dated[upper]
                if lower_published and upper_published and lower_published[1] < upper_published[0]:
                    concerned[lower, upper].append(line.key)
    return [Finding(Kind.ANACHRONISM, pair, tuple(keys)) for pair, keys in concerned.items()]


def _owners(lines: Sequence[Line], sources: Mapping[str, Source]) -> Iterable[Finding]:
    """Sources under one controller, each of them on a line on which another of them does not stand."""
    on: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for source in line.sources:
            on[source].add(line.key)
    owned: dict[str, set[str]] = defaultdict(set)
    for source in on:
        for controller in all_controllers(source, sources):
            owned[controller].add(source)
    nearest: dict[tuple[str, ...], str] = {}
    for controller in sorted(owned, key=lambda key: (-len(all_controllers(key, sources)), key)):
        group = owned[controller]
        apart = sorted(s for s in group if any(on[s] - on[other] and on[other] - on[s] for other in group))
        if apart:
            nearest.setdefault(tuple(apart), controller)
    return [
        Finding(Kind.COMMON_OWNER, group, tuple(sorted(set().union(*(on[source] for source in group)))), controller)
        for group, controller in nearest.items()
    ]


def _inconsistent(lines: Sequence[Line], others: Sequence[Line]) -> Iterable[Finding]:
    """Whoever ends a line on one side and stands on the other too. To carry both sides is no contradiction."""
    ends = {end for line in lines for end in line.ends}
    other_ends = {end for line in others for end in line.ends}
    here = {source for line in lines for source in line.sources}
    there = {source for line in others for source in line.sources}
    for source in sorted((ends & there) | (other_ends & here)):
        yield Finding(Kind.INCONSISTENT_SOURCE, (source,), tuple(line.key for line in lines if source in line.sources))


def _hand(lines: Sequence[Line]) -> Iterable[Finding]:
    concerned: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for line in lines:
        end = line.evidence.stated[-1]
        upstream = sorted({step.upper for step in line.steps if step.lower == end and step.by is By.DERIVATION})
        if line.evidence.first_hand and upstream:
            concerned[end, *upstream].append(line.key)
    return [Finding(Kind.FIRST_HAND_CLAIM_OF_DERIVED_WORK, group, tuple(keys)) for group, keys in concerned.items()]
