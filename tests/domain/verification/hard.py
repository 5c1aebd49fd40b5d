"""Grounds that are hard to count, or large: for the tests of the work limit and for the benchmark."""

import random
from collections.abc import Callable, Iterable

from verification.domain.corroboration import Derivation, Evidence, Ground, Hop, Source, Stance

Pairs = Iterable[tuple[int, int]]


def conflict_graph(lines: int, pairs: Pairs) -> list[frozenset[str]]:
    """Any conflict graph can be made: each line has a source of its own, each conflict is a shared one."""
    sets = [{f"own{line}"} for line in range(lines)]
    for a, b in pairs:
        sets[a].add(f"{a}-{b}")
        sets[b].add(f"{a}-{b}")
    return [frozenset(members) for members in sets]


def ground_of(sets: list[frozenset[str]]) -> Ground:
    def piece(number: int, members: list[str]) -> Evidence:
        return Evidence(
            f"e{number:04}", Stance.SUPPORTS, members[0], tuple(Hop(key) for key in members[1:]), "WITNESSED"
        )

    return Ground((), (), tuple(piece(number, sorted(members)) for number, members in enumerate(sets)))


def at_random(lines: int, chance: float) -> Pairs:
    dice = random.Random(lines)
    return [(a, b) for a in range(lines) for b in range(a) if dice.random() < chance]


def grid(width: int, *, torus: bool = False) -> Pairs:
    for y in range(width):
        for x in range(width):
            if torus or x + 1 < width:
                yield y * width + x, y * width + (x + 1) % width
            if torus or y + 1 < width:
                yield y * width + x, (y + 1) % width * width + x


def rings(number: int) -> Pairs:
    """Rings of five lines, coupled into a necklace: no line has fewer than two rivals, and covers by pairs are weak."""
    for ring in range(number):
        yield from ((5 * ring + i, 5 * ring + (i + 1) % 5) for i in range(5))
        yield 5 * ring, 5 * ((ring + 1) % number) + 2


def teams(people: int, size: int) -> list[frozenset[str]]:
    dice = random.Random(size)
    return [frozenset(f"p{who}" for who in dice.sample(range(people), size)) for _ in range(200)]


HARD: dict[str, Callable[[], list[frozenset[str]]]] = {
    "sparse": lambda: conflict_graph(200, at_random(200, 0.03)),
    "middling": lambda: conflict_graph(200, at_random(200, 0.1)),
    "dense": lambda: conflict_graph(200, at_random(200, 0.5)),
    "grid": lambda: conflict_graph(196, grid(14)),
    "torus": lambda: conflict_graph(169, grid(13, torus=True)),
    "rings": lambda: conflict_graph(200, rings(40)),
    "teams of three": lambda: teams(60, 3),
    "teams of five": lambda: teams(100, 5),
}


def fifty_among_ten_thousand() -> Ground:
    """One claim of 50 pieces of evidence in a case of 10,000 sources, most of them derived from others."""
    dice = random.Random(10_000)
    keys = [f"S{number}" for number in range(10_000)]
    sources = tuple(Source(key, (dice.choice(keys),) if dice.random() < 0.1 else ()) for key in keys)
    derivations = tuple(
        Derivation(keys[number], keys[dice.randrange(number)], "REPUBLISHES", dice.random() < 0.2)
        for number in range(1, 10_000)
        if dice.random() < 0.6
    )
    evidence = tuple(
        Evidence(
            f"e{number}",
            Stance.SUPPORTS,
            dice.choice(keys),
            tuple(Hop(key, "QUOTES", dice.random() < 0.2) for key in dice.sample(keys[:400], dice.randint(0, 3))),
            dice.choice(["WITNESSED", "UNKNOWN"]),
        )
        for number in range(50)
    )
    return Ground(sources, derivations, evidence)
