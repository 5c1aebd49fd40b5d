"""What a verification survives: whatever a part of it fails of is found at that part, and the rest goes on.

Whoever can change everything can also leave behind what breaks a query: a table that is gone, a value that nothing
reads. A verifier that ends there says nothing of what it had found before, and nothing of the rest.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from audit.verifying.findings import Finding, Found, Kind
from audit.verifying.session import Session

# Of what stands in the database: the database's own errors, and those of reading what it gives.
_OF_READING = (psycopg.Error, ValueError, TypeError, LookupError, ArithmeticError, AttributeError)


@dataclass(frozen=True)
class Surviving:
    session: Session
    found: Found

    @contextmanager
    def part(self, name: str, table: str = "") -> Iterator[None]:
        try:
            with self.session.attempt():
                yield
        except _OF_READING as error:
            if self.session.connection.closed or isinstance(error, psycopg.errors.QueryCanceled):
                raise  # nobody's deed, or not to be told from it: it is tried again
            said = str(error).partition("\n")[0]
            self.found.add(Finding(Kind.UNVERIFIED, table=table, object=name, detail=f"{type(error).__name__}: {said}"))
