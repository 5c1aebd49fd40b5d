"""Times that PostgreSQL holds and Python has none for: infinity, years before the first, years behind the last.

Nobody writes them but who tampers, and the verifier names them. A page that comes upon one must answer all the same: it
is read as the end of time on that side, which can be put into any zone, and is told as a time that cannot be.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from psycopg import DataError, postgres
from psycopg.adapt import Loader
from psycopg.pq import Format

EARLIEST, LATEST = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)


def is_possible(at: datetime) -> bool:
    return EARLIEST.year < at.year < LATEST.year


def bear(connection: Any, **signal: Any) -> None:
    """For `connection_created`: have Django's connection read them."""
    adapters = connection.connection.adapters
    adapters.register_loader(
        "timestamptz", _bearing(adapters.get_loader(postgres.types["timestamptz"].oid, Format.TEXT))
    )


@lru_cache
def _bearing(loader: type[Loader]) -> type[Loader]:
    class Bearing(loader):  # type: ignore[valid-type, misc]  # which of psycopg's two, in C or Python, is known at run time
        def load(self, data: Any) -> Any:
            try:
                return super().load(data)
            except DataError:
                said = bytes(data)
                return EARLIEST if said.startswith(b"-") or said.endswith(b"BC") else LATEST

    return Bearing
