"""Measurements of the product: `python -m benchmarks [NAME]` runs the modules of benchmarks/subjects.

Each has a `measure()` that yields figures. They run on a new, migrated database that is dropped afterwards, on a server
of their own under `var/bench`, which is as durable as the product's.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    note: str  # sizes and baseline

    def __str__(self) -> str:
        return f"{self.name}\t{self.value:.4g}\t{self.unit}\t{self.note}"


def milliseconds(call: Callable[[], object], times: int = 30) -> float:
    """The median of several calls, after one that warms up."""
    call()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
