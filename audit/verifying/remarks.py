"""What is worth knowing of a record in which nothing is wrong: how far it is signed, and what was signed late.

A worker that stood still for a day leaves a long stretch that one checkpoint covers for the first time. So does whoever
writes old entries anew, takes away what was signed over them, and lets the next checkpoint sign what they wrote. The
tree looks the same; so the dates are said. Who knows of an outage is told nothing new.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nlargest
from typing import Any

from audit.verifying.checkpoints import Signed
from audit.verifying.session import MINUTE, Session

LATE = 60 * MINUTE
KEPT = 50
_RECORDED = "SELECT recorded_at::text FROM public.audit_entry WHERE index = %s"
_STRETCHES = """
SELECT c.size, c.made_at, c.made_at::text, e.index, e.recorded_at, e.recorded_at::text
FROM (SELECT size, lag(size, 1, %s::bigint) OVER (ORDER BY size) AS under FROM unnest(%s::bigint[]) AS s (size)) s
JOIN public.audit_checkpoint c ON c.size = s.size JOIN public.audit_entry e ON e.index = s.under
"""


class About(StrEnum):
    UNSIGNED = "entry.unsigned"
    SIGNED_LATE = "entry.signed_late"


@dataclass(frozen=True)
class Remark:
    """Of `count` entries from `index` on, of which the first was recorded at `since`. `size` is the checkpoint that was
    the first over them and `signed` when it was made, as is said beside it."""

    about: About
    index: int
    count: int
    since: str
    size: int | None = None
    signed: str = ""

    @classmethod
    def read(cls, said: dict[str, Any]) -> "Remark":
        return cls(**{**said, "about": About(said["about"])})


@dataclass(frozen=True)
class Signing:
    """`signed` is how many entries are under a checkpoint that a trusted key signed and that fits.

    Of `remarks`, the latest signed are kept, by how late; `left_out` counts the others.
    """

    signed: int = 0
    remarks: tuple[Remark, ...] = ()
    left_out: int = 0


def look(session: Session, size: int, since: int, signed: Sequence[Signed]) -> Signing:
    """`since` entries are taken for signed, unseen."""
    fitting = [each.size for each in signed if each.fits]
    covered = max(fitting, default=since)
    late = sorted(_late(session, since, fitting), key=lambda each: each[1].index)
    kept = sorted(nlargest(KEPT, late, key=lambda each: each[0]), key=lambda each: each[1].index)
    remarks = [remark for _, remark in kept]
    if covered < size:
        (recorded,) = session.one(_RECORDED, [covered]) or ("",)
        remarks.append(Remark(About.UNSIGNED, covered, size - covered, recorded))
    return Signing(covered, tuple(remarks), len(late) - len(kept))


def _late(session: Session, since: int, fitting: list[int]) -> Iterator[tuple[int, Remark]]:
    for size, made_at, made, index, recorded_at, recorded in session.rows(_STRETCHES, [since, fitting]):
        if made_at - recorded_at > LATE:
            yield made_at - recorded_at, Remark(About.SIGNED_LATE, index, size - index, recorded, size, made)
