"""The corroboration engine by itself: a large claim, and the hardest ones found."""

import time
from collections.abc import Iterator

from benchmarks import Figure, milliseconds
from tests.domain.verification.hard import HARD, fifty_among_ten_thousand, ground_of
from verification.domain.advice import what_would_change_it
from verification.domain.corroboration import LIMIT, corroborate


def measure() -> Iterator[Figure]:
    large = fifty_among_ten_thousand()
    yield Figure(
        "corroboration engine",
        milliseconds(lambda: corroborate(large)),
        "ms",
        "50 pieces of evidence in a case of 10,000 sources, nothing loaded, median of 30; to stay under 20",
    )
    yield Figure(
        "corroboration advice",
        milliseconds(lambda: what_would_change_it(large), times=5),
        "ms",
        "what would change it, same claim, median of 5",
    )
    for name, make in HARD.items():
        ground = ground_of(make())
        started = time.perf_counter()
        found = corroborate(ground).supports
        spent = (time.perf_counter() - started) * 1000
        yield Figure(
            f"corroboration, {name}",
            spent,
            "ms",
            f"{len(found.lines)} lines made to be hard: {found.work} steps of at most {3 * LIMIT}, "
            f"at least {found.possible.lower} and at most {found.possible.upper} independent",
        )
