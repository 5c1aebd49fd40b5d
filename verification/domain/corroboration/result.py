"""What the engine answers: frozen values with every reason in them. Words are made from them elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .findings import Circle, Finding
from .ground import Stance
from .lines import Line


@dataclass(frozen=True, slots=True)
class Count:
    """A number, or, where `exact` is False, two bounds that are proven to hold it."""

    lower: int
    upper: int

    @property
    def exact(self) -> bool:
        return self.lower == self.upper


class Cause(StrEnum):
    """SHARED_SOURCE keeps lines from being independent at all; COMMON_CONTROL only for the established count."""

    SHARED_SOURCE = "SHARED_SOURCE"
    COMMON_CONTROL = "COMMON_CONTROL"


@dataclass(frozen=True, slots=True)
class Meeting:
    """`lines` (keys of evidence) conflict with each other, because all pass through `source`, or because it controls
    the origins of all of them (or is one of these origins)."""

    cause: Cause
    source: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """Nobody has established what lies behind `sources`, the possible origins of `line`."""

    line: str
    sources: tuple[str, ...]


class Of(StrEnum):
    ESTABLISHED = "ESTABLISHED"
    POSSIBLE = "POSSIBLE"


@dataclass(frozen=True, slots=True)
class Dominated:
    """`line` was left out of a count, because whatever conflicts with `by` conflicts with it too."""

    line: str
    by: str
    of: Of


@dataclass(frozen=True, slots=True)
class StanceResult:
    """One side of a claim. Lines are named by the keys of their evidence, sources by theirs.

    `established_by` and `possible_by` are one choice of independent lines each that reaches the lower bound. `work` is
    what the searches took, in steps.
    """

    stance: Stance
    lines: tuple[Line, ...]
    established: Count
    possible: Count
    established_by: tuple[str, ...]
    possible_by: tuple[str, ...]
    origins: tuple[str, ...]
    possible_origins: tuple[str, ...]
    bottlenecks: tuple[str, ...]
    smallest_cut: tuple[str, ...]
    cut_is_smallest: bool
    circular: tuple[Circle, ...]
    findings: tuple[Finding, ...]
    meetings: tuple[Meeting, ...]
    open_ends: tuple[OpenEnd, ...]
    dominated: tuple[Dominated, ...]
    work: int

    @property
    def exact(self) -> bool:
        return self.established.exact and self.possible.exact

    @property
    def supporting(self) -> tuple[Line, ...]:
        """The lines that lead somewhere: all but those that only go round."""
        return tuple(line for line in self.lines if not line.goes_round)

    @property
    def single_source(self) -> bool:
        """No two independent lines are proven."""
        return self.established.lower <= 1

    def between(self, one: str, other: str) -> Iterator[Meeting]:
        """Why two lines are not independent; nothing where they are."""
        return (meeting for meeting in self.meetings if one in meeting.lines and other in meeting.lines)


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Both sides of a claim. `contested` and `single_source` are said of the claim, that is, of its support."""

    supports: StanceResult
    contradicts: StanceResult

    @property
    def contested(self) -> bool:
        return bool(self.contradicts.supporting)

    @property
    def single_source(self) -> bool:
        return self.supports.single_source
