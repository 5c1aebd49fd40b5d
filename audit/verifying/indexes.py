"""Indexes of others: they may be there, and compute at every writing, but by nothing that is not PostgreSQL's own or
an extension's. What such a function writes besides would stand in our own history.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from audit.verifying.expressions import of_others
from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session
from audit.verifying.tables import Types

_INDEXES = """
SELECT r.relname::text, x.relname::text, concat_ws(' ', i.indexprs::text, i.indpred::text),
    ARRAY(SELECT c::bigint FROM unnest(i.indclass::oid[]) c WHERE c >= 16384)
FROM pg_index i JOIN pg_class r ON r.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
WHERE r.relnamespace = 'public'::regnamespace AND r.relname = ANY(%s)
    AND (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL OR 16384 <= ANY (i.indclass::oid[]))
ORDER BY 1, 2
"""
_OF_EXTENSIONS = "SELECT objid::bigint FROM pg_depend WHERE deptype = 'e' AND objid::bigint = ANY(%s::bigint[])"


def check(session: Session, models: Mapping[str, Any], types: Types) -> Iterator[Finding]:
    rows = session.rows(_INDEXES, [[*models]])
    using = {(table, index): {*classes, *of_others(nodes)} for table, index, nodes, classes in rows if table in types}
    brought = {number for (number,) in session.rows(_OF_EXTENSIONS, [[*set().union(*using.values())]])}
    for (table, index), numbers in using.items():
        if numbers - brought:
            yield Finding(Kind.SCHEMA_INDEX, table=table, object=index)
