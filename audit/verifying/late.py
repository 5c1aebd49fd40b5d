"""What was recorded from one entry on, where only that is verified."""

from dataclasses import dataclass

from audit.verifying.session import Session

# Fenced off by OFFSET 0, or the least act would be looked for among all of them.
_FIRST = "SELECT min(act_id) FROM (SELECT act_id FROM public.audit_entry WHERE index >= %s OFFSET 0) AS late"
# The rows of a history that were written in those, by `act`, `index` and `act`.
WRITTEN = """
WHERE act_id >= %s AND act_id IN (SELECT act_id FROM public.audit_entry WHERE index >= %s AND act_id >= %s)
"""


@dataclass(frozen=True)
class Late:
    """Entries from `index` on. `act` is the least act in them: it is said beside the index in each query, on both sides
    of a join, and takes nothing away. Without it PostgreSQL goes through every entry there is, for each table once."""

    index: int
    act: int


def late_since(session: Session, index: int) -> Late:
    first = session.one(_FIRST, [index]) or (None,)
    return Late(index, first[0] or 0)
