"""What people see of a claim's corroboration: two sides in numbers and words with their reasons, and the picture.

shown = show(claim, weigh(claim))
shown.supports.sentence, shown.supports.rows, shown.picture
"""

from dataclasses import dataclass
from functools import cached_property

from verification.domain.corroboration import StanceResult
from verification.domain.picture import Picture
from verification.models import Claim, Stance
from verification.queries.corroboration import Weighed
from verification.wording import corroboration, reasons
from verification.wording.picture import picture_of


@dataclass(frozen=True)
class Side:
    stance: str
    lines: int
    established: str
    possible: str
    sentence: str
    rows: list[reasons.Row]
    reasons: list[str]
    oddities: list[str]


@dataclass(frozen=True)
class Shown:
    claim: Claim
    weighed: Weighed
    supports: Side
    contradicts: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.supports, self.contradicts

    @property
    def contested(self) -> bool:
        return self.weighed.result.contested

    @property
    def single_source(self) -> bool:
        """Said of a claim that has support: without any, the number says it."""
        return self.weighed.result.single_source and self.supports.lines > 0

    @cached_property
    def picture(self) -> Picture | None:
        """None where there is no line to draw."""
        return picture_of([(self.claim, self.weighed)]) if self.supports.lines + self.contradicts.lines else None


def show(claim: Claim, weighed: Weighed) -> Shown:
    supports, contradicts = (
        _side(stance, result, weighed)
        for stance, result in (
            (Stance.SUPPORTS, weighed.result.supports),
            (Stance.CONTRADICTS, weighed.result.contradicts),
        )
    )
    return Shown(claim, weighed, supports, contradicts)


def _side(stance: str, result: StanceResult, weighed: Weighed) -> Side:
    return Side(
        stance=stance,
        lines=len(result.lines),
        established=corroboration.number(result.established),
        possible=str(result.possible.upper),
        sentence=corroboration.sentence(result, weighed.sources),
        rows=reasons.rows(result, weighed.sources, weighed.evidence),
        reasons=reasons.reasons(result, weighed.sources),
        oddities=reasons.oddities(result, weighed.sources),
    )
