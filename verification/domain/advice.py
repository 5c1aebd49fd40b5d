"""What would change it, and what if: the same engine on a ground that is a little different.

"What would change it" tries the steps a desk can take, each by itself, then two by two (and all bottlenecks at once),
counts again, and ranks them by what they bring. It shows what a step brings if it turns out well: the relay proves
faithful, the source proves first-hand, the account is found at the source itself. "What if" is one such change on its
own. Nothing is written, and words are made elsewhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from .corroboration import Count, Evidence, Ground, Hop, Line, Numbers, Stance, StanceResult, corroborate, count_lines

MOST_TRIALS = 100
WORK_LIMIT = 200_000  # steps for all trials together


class Action(StrEnum):
    """VERIFY_RELAY: check everything this carrier passes on against what it has it from. REACH_SOURCE: get the account
    from this source itself (capture the page, speak to the person), not through those below it. CLOSE_END: ask how
    this source knows, and learn that it knows first-hand."""

    VERIFY_RELAY = "VERIFY_RELAY"
    REACH_SOURCE = "REACH_SOURCE"
    CLOSE_END = "CLOSE_END"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    action: Action
    source: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Taking all of `changes` moves the pair to `established` and `possible` if they turn out well."""

    changes: tuple[Change, ...]
    established: Count
    possible: Count


def what_would_change_it(ground: Ground, stance: Stance = Stance.SUPPORTS, *, most: int = 5) -> tuple[Advice, ...]:
    """At most `most` next steps, best first: more established lines, then more possible ones, then fewer changes.

    A pair of changes is named only if it brings more than either alone. Bounded by MOST_TRIALS counts and WORK_LIMIT
    steps."""
    ground = ground.within_reach()
    result = corroborate(ground, work_limit=WORK_LIMIT)
    now = result.contradicts if stance is Stance.CONTRADICTS else result.supports
    single = _candidates(now)
    bottleneck_relays = tuple(change for change in single if change.action is Action.VERIFY_RELAY)
    bottleneck_relays = tuple(change for change in bottleneck_relays if change.source in now.bottlenecks)
    trials: list[tuple[Change, ...]] = [(change,) for change in single]
    if len(bottleneck_relays) > 2:
        trials.append(bottleneck_relays)
    trials.extend(tuple(sorted(both)) for both in combinations(single, 2))
    gains: dict[tuple[Change, ...], tuple[int, int]] = {}
    advice = []
    work_left = WORK_LIMIT
    for changes in trials[:MOST_TRIALS]:
        then = count_lines(apply(ground, changes), stance, work_limit=work_left)
        work_left = max(0, work_left - then.work)
        gain = _gain(now, then)
        gains[changes] = gain
        parts = [gains.get((change,), (0, 0)) for change in changes] if len(changes) > 1 else [(0, 0)]
        if gain > max(parts):
            advice.append((gain, Advice(changes, then.established, then.possible)))
    advice.sort(key=lambda item: (-item[0][0], -item[0][1], len(item[1].changes), item[1].changes))
    return tuple(item for _, item in advice[:most])


def apply(ground: Ground, changes: Iterable[Change]) -> Ground:
    """The ground after `changes`, had they all turned out well."""
    for change in changes:
        ground = _APPLY[change.action](ground, change.source)
    return ground


def without_source(ground: Ground, source: str) -> Ground:
    """As if `source` were withdrawn: no account that rests on it counts. What was checked past it still does."""
    result = corroborate(ground, work_limit=0)
    lines = (*result.supports.lines, *result.contradicts.lines)
    fallen = {line.key for line in lines if source in line.rests_on}
    return replace(ground, evidence=tuple(item for item in ground.evidence if item.key not in fallen))


def with_relays_verified(ground: Ground, source: str) -> Ground:
    """As if everything `source` passes on had been checked against what it has it from."""
    return replace(
        ground,
        evidence=tuple(_with_hops_verified(item, source) for item in ground.evidence),
        derivations=tuple(
            replace(item, verified_relay=True) if item.downstream == source else item for item in ground.derivations
        ),
    )


def with_end_closed(ground: Ground, source: str) -> Ground:
    """As if `source`, wherever an open chain ends in it, knew first-hand."""
    return _with_open_ends(ground, source, lambda item: replace(item, basis="WITNESSED"))


def traced_to(ground: Ground, source: str, upper: str, *, kind: str = "TOLD_BY", basis: str = "UNKNOWN") -> Ground:
    """As if `source`, wherever an open chain ends in it, had it from `upper`, who knows by `basis`."""
    return _with_open_ends(ground, source, lambda item: replace(item, hops=(*item.hops, Hop(upper, kind)), basis=basis))


def reached_directly(ground: Ground, source: str) -> Ground:
    """As if every account that passes through `source` were also in the desk's hands from that source itself."""
    added = []
    for item in ground.evidence:
        if source in item.stated[1:]:
            place = item.stated.index(source)
            added.append(replace(item, key=f"{item.key}+{source}", carrier=source, hops=item.hops[place:]))
    return replace(ground, evidence=(*ground.evidence, *added))


_APPLY: dict[Action, Callable[[Ground, str], Ground]] = {
    Action.VERIFY_RELAY: with_relays_verified,
    Action.REACH_SOURCE: reached_directly,
    Action.CLOSE_END: with_end_closed,
}


def _candidates(now: StanceResult) -> list[Change]:
    """What could be tried, sources that most lines rest on first."""
    weight: dict[Change, int] = {}

    def offer(action: Action, source: str) -> None:
        change = Change(action, source)
        weight[change] = weight.get(change, 0) + 1

    for line in now.supporting:
        for source in _unverified_relays(line):
            offer(Action.VERIFY_RELAY, source)
        for source in set(line.evidence.stated[1:]):
            offer(Action.REACH_SOURCE, source)
        if line.open and line.ends == (line.evidence.stated[-1],):
            offer(Action.CLOSE_END, line.ends[0])
    return sorted(weight, key=lambda change: (-weight[change], change))


def _unverified_relays(line: Line) -> set[str]:
    return {step.lower for step in line.steps} & line.rests_on


def _with_hops_verified(item: Evidence, source: str) -> Evidence:
    return replace(
        item,
        hops=tuple(
            replace(hop, verified_relay=True) if below == source else hop
            for below, hop in zip(item.stated, item.hops, strict=False)
        ),
    )


def _with_open_ends(ground: Ground, source: str, change: Callable[[Evidence], Evidence]) -> Ground:
    return replace(
        ground,
        evidence=tuple(
            change(item) if item.stated[-1] == source and not item.first_hand else item for item in ground.evidence
        ),
    )


def _gain(now: StanceResult, then: Numbers) -> tuple[int, int]:
    """What is proven to be won: where the counts are intervals, from the upper bound before to the lower after."""
    return (
        max(0, then.established.lower - now.established.upper),
        max(0, then.possible.lower - now.possible.upper),
    )
