"""In which order numbers were given: pages take the largest for the latest.

Versions of one object are numbered as they are recorded, without exception: whoever writes it holds its row until the
entry is there. Acts are not. Each takes its number after it began and before it is recorded, some long before, and
those of a moment may be recorded in another order. But one that began after another was recorded has the larger number.

Where that is not so, somebody set a sequence back, and what stands there could be set back to an older version that is
then taken for the latest. Entries that were adopted are older than all others, and in no order among themselves.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from audit.tracked import Tracked
from audit.verifying.findings import KEPT_OF_A_KIND, Finding, Found, Kind
from audit.verifying.late import WRITTEN, Late
from audit.verifying.session import MINUTE, Session

SECOND = MINUTE // 60
LOOKED_BACK = 3_600  # seconds in which something was recorded; an act that began before is found dated back
_BEFORE = """
SELECT recorded_at, (SELECT max(act_id) FROM public.audit_entry WHERE index <= %s)
FROM public.audit_entry WHERE index = %s
"""
_FALLEN = """
WITH versions AS (
    SELECT h."{key}", h.history_id, h.act_id, greatest(e.index, %s) AS place,
        lag(greatest(e.index, %s)) OVER (PARTITION BY h."{key}" ORDER BY h.history_id DESC) AS place_of_next
    FROM public."{history}" h {join} public.audit_entry e
        ON e.act_id = h.act_id AND e.index >= %s AND e.index < %s {since}
)
SELECT "{key}"::text, history_id, act_id, place FROM versions WHERE place > place_of_next ORDER BY place LIMIT %s
"""
# An earlier version with a larger number than a late one is above the least of these.
_SINCE = """
AND e.act_id >= %s
WHERE h."{key}" IN (SELECT "{key}" FROM public."{history}" {written})
    AND h.history_id >= (SELECT min(history_id) FROM public."{history}" {written})
"""


@dataclass
class Numbers:
    """Of acts, in the order of their entries. A minute is let pass, for a clock that was set back meanwhile."""

    _largest: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=LOOKED_BACK))

    @classmethod
    def before(cls, session: Session, index: int) -> "Numbers":
        """As all entries before `index` leave them, taken as recorded when the last of these was."""
        numbers = cls()
        for recorded_at, largest in session.rows(_BEFORE, [index - 1, index - 1]):
            numbers._largest.append((recorded_at // SECOND, largest))
        return numbers

    def falls(self, number: int, began: int, recorded: int) -> bool:
        """Whether one recorded before this one began has a larger number. It is taken in either way."""
        second, largest = self._largest[-1] if self._largest else (recorded // SECOND, number)
        is_behind = number < largest and number < self._largest_before((began - MINUTE) // SECOND, number)
        if recorded // SECOND > second or not self._largest:
            self._largest.append((max(recorded // SECOND, second), max(number, largest)))
        else:
            self._largest[-1] = second, max(number, largest)
        return is_behind

    def _largest_before(self, second: int, number: int) -> int:
        return next((largest for recorded, largest in reversed(self._largest) if recorded < second), number)


def check(
    session: Session, table: Tracked, size: int, floor: int, found: Found, late: Late | None = None
) -> Iterator[Finding]:
    """Versions that are later than one with a larger number, in a log of `size`, which is in no order up to `floor`.

    `late`: only of what was written in those, beside all that was written before.
    """
    names, join, since = {"key": table.key, "history": table.history}, "JOIN", ""
    params = [floor, floor, late.index if late else 0, size]
    if late:
        join, since, written = "LEFT JOIN", _SINCE.format(written=WRITTEN, **names), [late.act, late.index, late.act]
        params += [late.act, *written, *written]
    rows = {each.object for each in found if each.table == table.history}
    acts = {each.act for each in found if each.kind is Kind.ENTRY_ACT}
    for key, row, act, index in session.rows(
        _FALLEN.format(join=join, since=since, **names), [*params, KEPT_OF_A_KIND]
    ):
        if key not in rows and act not in acts:  # or it is what was found already that puts it out of order
            yield Finding(Kind.HISTORY_ORDER, index, act, table.history, row, key)
