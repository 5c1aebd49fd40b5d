"""Which sources rest on others: whom a change of one concerns, the works that rely on it and what it controls."""

from collections.abc import Iterable

from django.db import connection

_RESTING = """
WITH RECURSIVE resting(id) AS (
    SELECT unnest(%s::bigint[])
    UNION
    SELECT below.id FROM resting CROSS JOIN LATERAL (
        SELECT downstream_id FROM sources_derivation WHERE upstream_id = resting.id AND standing <> 'WITHDRAWN'
        UNION ALL
        SELECT source_id FROM sources_affiliation WHERE controller_id = resting.id AND standing <> 'WITHDRAWN'
        UNION ALL
        SELECT id FROM sources_source WHERE publisher_id = resting.id
    ) below(id)
)
SELECT id FROM resting
"""


def resting_on(sources: Iterable[int]) -> set[int]:
    """`sources` themselves, the works made from them, and what they control or publish, however far. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_RESTING, [sorted(sources)])
        return {source for (source,) in cursor.fetchall()}
