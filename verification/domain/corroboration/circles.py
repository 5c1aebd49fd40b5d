"""Finding circles in steps that lead from a source to those above it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping


def leads_into_a_circle(above: Mapping[str, Iterable[str]]) -> set[str]:
    """The sources from which the steps can be followed for ever: what is left once every source with nothing above it
    is taken away, again and again."""
    below: dict[str, list[str]] = defaultdict(list)
    unsettled = {source: set(uppers) for source, uppers in above.items()}
    tops = {upper for uppers in unsettled.values() for upper in uppers} - unsettled.keys()
    for source, uppers in unsettled.items():
        for upper in uppers:
            below[upper].append(source)
    settled = [*tops, *(source for source, uppers in unsettled.items() if not uppers)]
    for source in settled:
        for lower in below[source]:
            unsettled[lower].discard(source)
            if not unsettled[lower]:
                settled.append(lower)
    return {source for source, uppers in unsettled.items() if uppers}


def circles_in(above: Mapping[str, Iterable[str]]) -> list[frozenset[str]]:
    """Groups of sources each of which leads to all others of its group (and to itself)."""
    inwards = leads_into_a_circle(above)
    below: dict[str, list[str]] = defaultdict(list)
    for source in inwards:
        for upper in above[source]:
            if upper in inwards:
                below[upper].append(source)
    core = leads_into_a_circle(below)
    within = {source: core.intersection(above[source]) for source in core}
    reach = {source: everything_above(source, within) for source in core}
    groups = {
        frozenset(other for other in reach[source] if source in reach[other])
        for source in core
        if source in reach[source]
    }
    return sorted(groups, key=sorted)


def everything_above(start: str, above: Mapping[str, Iterable[str]]) -> set[str]:
    """All that the steps lead to; `start` itself only where they lead back to it."""
    found: set[str] = set()
    waiting = [*above.get(start, ())]
    while waiting:
        source = waiting.pop()
        if source not in found:
            found.add(source)
            waiting.extend(above.get(source, ()))
    return found
