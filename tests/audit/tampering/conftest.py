"""One desk for all attacks; each is undone by a rollback."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from audit.tracked import tracked_tables
from audit.verifying.report import Report
from audit.verifying.run import Wanted, verify
from audit.verifying.session import reading
from audit.verifying.tables import OWN_TABLES
from tests import engines
from tests.audit.tampering.attacker import Attacker
from tests.audit.tampering.desk import Desk, work

Verify = Callable[..., Report]


def own_connection(**differing: Any) -> "psycopg.Connection[Any]":
    """To the run's database, past Django."""
    params = {**connection.get_connection_params(), **differing}
    for djangos in ("context", "cursor_factory", "prepare_threshold"):
        params.pop(djangos, None)
    return psycopg.connect(**params)


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:
    with django_db_blocker.unblock():
        yield work()
        engines.drop_database()
        engines.create_database()


@pytest.fixture
def attacker(desk: Desk) -> Iterator[Attacker]:
    with own_connection() as own:
        tracked = tracked_tables()
        growing = (table.live for table in tracked if table.only_grows)
        yield Attacker(own, [*OWN_TABLES, *(table.history for table in tracked), *growing])
        own.rollback()


@pytest.fixture
def verified(attacker: Attacker) -> Verify:
    """What the verifier finds in what the attacker left."""

    def look(**wanted: Any) -> Report:
        attacker.connection.execute("SET CONSTRAINTS ALL DEFERRED")
        with reading(attacker.connection) as session:
            return verify(session, Wanted(**wanted))

    return look
