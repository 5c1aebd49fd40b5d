"""The paper: columns as a left-to-right page has them, mirrored where the page runs the other way."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns` by layer, the desk's first."""

    width: float
    rtl: bool
    columns: Sequence[Column]

    def x(self, x: float) -> float:
        return round(self.width - x if self.rtl else x, 1)
