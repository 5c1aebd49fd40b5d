"""Times and days that PostgreSQL holds and Python has none for: infinity, years before the first, behind the last.

Nobody writes them but who tampers, and the verifier names them. A page that comes upon one must answer all the same: it
is read as the end of time on that side, which can be put into any zone, and is told as a time that cannot be.
"""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from psycopg import DataError, postgres
from psycopg.adapt import Loader
from psycopg.pq import Format
from psycopg.types.datetime import DateLoader

EARLIEST, LATEST = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)


def is_possible(at: date) -> bool:
    return EARLIEST.year < at.year < LATEST.year


def in_words(at: date) -> str:
    """What is said in the place of one that is not possible."""
    return _("a time that cannot be") if isinstance(at, datetime) else _("a date that cannot be")


def bear(connection: Any, **signal: Any) -> None:
    """For `connection_created`: have Django's connection read them."""
    adapters = connection.connection.adapters
    moments = adapters.get_loader(postgres.types["timestamptz"].oid, Format.TEXT)
    adapters.register_loader("timestamptz", _bearing(moments, EARLIEST, LATEST))
    # Not the one that is in use: of what psycopg has in C for days, nothing can inherit.
    adapters.register_loader("date", _bearing(DateLoader, EARLIEST.date(), LATEST.date()))


@lru_cache
def _bearing(loader: type[Loader], earliest: date, latest: date) -> type[Loader]:
    class Bearing(loader):  # type: ignore[valid-type, misc]  # which of psycopg's two, in C or Python, is known at run time
        def load(self, data: Any) -> Any:
            try:
                return super().load(data)
            except DataError:
                said = bytes(data)
                return earliest if said.startswith(b"-") or said.endswith(b"BC") else latest

    return Bearing
