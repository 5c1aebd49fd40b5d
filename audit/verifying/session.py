"""How the verifier reads: one snapshot, and no name that the database may have been taught to answer differently.

Only `pg_catalog` is searched for names, so tables are written `public.…`, and a table, function or operator somewhere
else is never taken for the one that is meant.

Times are read as PostgreSQL keeps them, in microseconds: whoever tampers may write times that Python has none for.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import inf
from typing import Any

import psycopg
from django.db import connection as ours
from psycopg import IsolationLevel
from psycopg.types.numeric import Int8BinaryLoader

AT_ONCE = 512
AHEAD = 256
MINUTE = 60_000_000
_SETTINGS = """
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL row_security = off;
SET LOCAL timezone = 'UTC';
SET LOCAL quote_all_identifiers = off;
SET LOCAL jit = off;
"""
# Whatever the database is set to, a verification takes as long as it takes. Not every version has all of these.
_TIMEOUTS = """
SELECT set_config(name, '0', true) FROM pg_settings WHERE name IN
    ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
"""


class Session:
    def __init__(self, connection: "psycopg.Connection[Any]", began: float = inf) -> None:
        self.connection, self.began = connection, began
        self._open: list[psycopg.ServerCursor[Any]] = []

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What fails in it is undone by itself: what is read afterwards can be read."""
        before = len(self._open)
        with self.connection.transaction():
            try:
                yield
            except BaseException:
                for cursor in self._open[before:]:  # they end with the attempt, and not when somebody forgets them
                    cursor.close()
                raise

    def rows(self, query: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with psycopg.Cursor(self.connection) as cursor:
            cursor.adapters.register_loader("timestamptz", Int8BinaryLoader)
            return cursor.execute(query.encode(), params or None, binary=True).fetchall()

    def one(self, query: str, params: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        found = self.rows(query, params)
        return found[0] if found else None

    def stream(self, query: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows as they come: as many as there are, in the memory of a few."""
        with psycopg.ServerCursor(self.connection, "verifying", scrollable=False) as cursor:
            cursor.itersize = AT_ONCE
            cursor.adapters.register_loader("timestamptz", Int8BinaryLoader)
            self._open.append(cursor)
            try:
                cursor.execute(query.encode(), params or None, binary=True)
                yield from cursor
            finally:
                self._open.remove(cursor)

    def flow(self, query: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The same, faster: PostgreSQL sends on while we compute. Until the last row nothing else can be asked."""
        with self.attempt(), psycopg.Cursor(self.connection) as cursor:  # whoever stops early cancels the query
            cursor.adapters.register_loader("timestamptz", Int8BinaryLoader)
            yield from cursor.stream(query.encode(), params or None, binary=True, size=AHEAD)


@contextmanager
def reading(connection: "psycopg.Connection[Any]") -> Iterator[Session]:
    """A session on a connection that may be in the midst of a transaction, which is left as it was."""
    began = time.time()
    with connection.transaction(force_rollback=True):
        connection.execute(_SETTINGS)
        connection.execute(_TIMEOUTS)
        yield Session(connection, began)


@contextmanager
def snapshot() -> Iterator[Session]:
    """A session of its own on everything that is committed now, and on nothing later."""
    params = ours.get_connection_params()
    for djangos in ("context", "cursor_factory", "prepare_threshold"):
        params.pop(djangos, None)
    with psycopg.connect(**params) as own:
        own.isolation_level = IsolationLevel.REPEATABLE_READ
        own.read_only = True
        with reading(own) as session:
            yield session
