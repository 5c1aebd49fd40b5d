"""What stands behind sources, however far: the works they rely on and the hands that control them. One query each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

# UNION (not UNION ALL) keeps a row once, so a circle of derivations ends the recursion instead of feeding it.
_DERIVATIONS = """
WITH RECURSIVE reached(id) AS (
    SELECT unnest(%s::bigint[])
    UNION
    SELECT derivation.upstream_id
      FROM sources_derivation derivation JOIN reached ON derivation.downstream_id = reached.id
     WHERE derivation.standing <> 'WITHDRAWN'
)
SELECT derivation.downstream_id, derivation.upstream_id, derivation.kind, derivation.verified_relay
  FROM sources_derivation derivation JOIN reached ON derivation.downstream_id = reached.id
 WHERE derivation.standing <> 'WITHDRAWN'
"""

# A work belongs to its publisher, so the publisher is one of its controllers without an affiliation of its own.
_CONTROLLERS = """
WITH RECURSIVE held(source_id, controller_id) AS (
    SELECT source_id, controller_id FROM sources_affiliation WHERE standing <> 'WITHDRAWN'
    UNION
    SELECT id, publisher_id FROM sources_source WHERE publisher_id IS NOT NULL
), reached(id) AS (
    SELECT unnest(%s::bigint[])
    UNION
    SELECT held.controller_id FROM held JOIN reached ON held.source_id = reached.id
)
SELECT held.source_id, held.controller_id FROM held JOIN reached ON held.source_id = reached.id
"""


@dataclass(frozen=True, slots=True)
class Relied:
    """One whole work relies on another; both by their numbers."""

    downstream: int
    upstream: int
    kind: str
    verified_relay: bool


def derivations_behind(sources: Iterable[int]) -> list[Relied]:
    """All derivations that a line through `sources` passes. Disputed ones count until they are withdrawn."""
    with connection.cursor() as cursor:
        cursor.execute(_DERIVATIONS, [sorted(sources)])
        return [Relied(*row) for row in cursor.fetchall()]


def controllers_behind(sources: Iterable[int]) -> dict[int, list[int]]:
    """Who controls whom, from `sources` upwards: the direct controllers of each."""
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_CONTROLLERS, [sorted(sources)])
        for source, controller in cursor.fetchall():
            found.setdefault(source, []).append(controller)
    return found
