"""The laws of corroboration, and the engine against the oracle on thousands of small grounds."""

import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.verification import oracle
from tests.domain.verification.grounds import BASES, KEYS, derivations, grounds, hops, pieces
from verification.domain.corroboration import (
    Corroboration,
    Derivation,
    Evidence,
    Ground,
    Hop,
    Source,
    Stance,
    StanceResult,
    corroborate,
)

settings.register_profile("laws", max_examples=120, deadline=None, derandomize=True)
laws = settings.get_profile("laws")


def sides(result: Corroboration) -> tuple[StanceResult, StanceResult]:
    return result.supports, result.contradicts


def random_ground(dice: random.Random) -> Ground:
    keys = KEYS[: dice.randint(2, 8)]
    chance = dice.random()

    def piece(number: int) -> Evidence:
        chain = tuple(Hop(dice.choice(keys), "QUOTES", dice.random() < chance) for _ in range(dice.randint(0, 3)))
        stance = dice.choice([Stance.SUPPORTS, Stance.SUPPORTS, Stance.SUPPORTS, Stance.CONTRADICTS, Stance.CONTEXT])
        return Evidence(f"e{number}", stance, dice.choice(keys), chain, dice.choice(BASES))

    return Ground(
        sources=tuple(Source(key, tuple(dice.sample([*KEYS, "X", "Y"], dice.choice([0, 0, 1, 2])))) for key in keys),
        derivations=tuple(
            Derivation(lower, upper, "REPUBLISHES", dice.random() < chance)
            for lower, upper in (dice.sample(keys, 2) for _ in range(dice.choice([0, 0, 1, 2, 4])))
        ),
        evidence=tuple(piece(number) for number in range(dice.randint(0, 9))),
    )


def agrees(ground: Ground) -> None:
    for found in sides(corroborate(ground)):
        expected = oracle.answer(ground, found.stance)
        assert found.exact
        assert found.cut_is_smallest
        assert found.established.lower == expected.established
        assert found.possible.lower == expected.possible
        assert set(found.origins) == expected.origins
        assert set(found.possible_origins) == expected.possible_origins
        assert set(found.bottlenecks) == expected.bottlenecks
        assert set(found.smallest_cut) == expected.smallest_cut
        assert {line.key for line in found.lines if line.goes_round} == expected.going_round


def test_agrees_with_the_oracle_on_thousands_of_random_grounds() -> None:
    dice = random.Random(20241128)
    for _ in range(3000):
        agrees(random_ground(dice))


@laws
@given(grounds())
def test_agrees_with_the_oracle(ground: Ground) -> None:
    agrees(ground)


@laws
@given(grounds(most=12))
def test_bounds(ground: Ground) -> None:
    """0 <= established <= possible <= number of lines."""
    for found in sides(corroborate(ground)):
        assert 0 <= found.established.lower <= found.possible.lower <= len(found.supporting) <= len(found.lines)
        assert len(found.established_by) == found.established.lower
        assert len(found.possible_by) == found.possible.lower


@laws
@given(grounds(), pieces("new"))
def test_adding_evidence_never_lowers_either(ground: Ground, new: Evidence) -> None:
    richer = replace(ground, evidence=(*ground.evidence, new))
    for before, after in zip(sides(corroborate(ground)), sides(corroborate(richer)), strict=True):
        assert before.established.lower <= after.established.lower
        assert before.possible.lower <= after.possible.lower


@laws
@given(grounds(), st.lists(hops, min_size=1, max_size=3), st.sampled_from(BASES), st.randoms(use_true_random=False))
def test_carrying_an_open_chain_further_up_narrows(
    ground: Ground, steps: list[Hop], basis: str, dice: random.Random
) -> None:
    before = corroborate(ground)
    open_lines = [line.evidence for found in sides(before) for line in found.lines if line.open]
    if not open_lines:
        return
    chosen = dice.choice(open_lines)
    further = replace(chosen, hops=(*chosen.hops, *(replace(s, verified_relay=False) for s in steps)), basis=basis)
    traced = replace(ground, evidence=tuple(further if e.key == chosen.key else e for e in ground.evidence))
    for earlier, later in zip(sides(before), sides(corroborate(traced)), strict=True):
        assert earlier.established.lower <= later.established.lower
        assert earlier.possible.lower >= later.possible.lower


@laws
@given(grounds(), derivations(verified=st.just(False)))
def test_recording_an_unverified_derivation_never_raises_possible(ground: Ground, new: Derivation) -> None:
    recorded = replace(ground, derivations=(*ground.derivations, new))
    for before, after in zip(sides(corroborate(ground)), sides(corroborate(recorded)), strict=True):
        assert before.possible.lower >= after.possible.lower


@laws
@given(grounds(), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(ground: Ground, dice: random.Random) -> None:
    def shuffled(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(dice.sample(items, len(items)))

    other = Ground(shuffled(ground.sources), shuffled(ground.derivations), shuffled(ground.evidence))
    assert corroborate(ground) == corroborate(other)


@laws
@given(grounds(most=10))
def test_without_the_cut_no_line_is_left(ground: Ground) -> None:
    for found in sides(corroborate(ground)):
        assert all(line.rests_on & set(found.smallest_cut) for line in found.supporting)
        assert found.possible.lower <= len(found.smallest_cut)
        if found.supporting and found.bottlenecks:
            assert len(found.smallest_cut) == 1


@laws
@given(grounds())
def test_every_conflict_has_its_cause(ground: Ground) -> None:
    """Two lines are independent exactly when no meeting names them both."""
    for found in sides(corroborate(ground)):
        for one in found.supporting:
            for other in found.supporting:
                if one.key < other.key:
                    shared = one.rests_on & other.rests_on
                    named = {m.source for m in found.between(one.key, other.key) if m.cause == "SHARED_SOURCE"}
                    assert named == shared
