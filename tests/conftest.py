"""Fixtures of every test: a migrated database of its own for each pytest process, a broker, and a real worker."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import TransactionTestCase

from config.celery import app
from tests import engines


@pytest.fixture(scope="session")
def servers() -> Iterator[None]:
    engines.start()
    with engines.valkey():
        yield


@pytest.fixture(scope="session")
def django_db_setup(servers: None, django_db_blocker: Any) -> Iterator[None]:
    """pytest-django's own would migrate from nothing; this copies a template (tests/engines.py)."""
    with django_db_blocker.unblock():
        engines.create_database()
    # After a test that committed, the database is made anew: history and ledger tables refuse to be emptied.
    original, TransactionTestCase._fixture_teardown = TransactionTestCase._fixture_teardown, _renew_database
    yield
    TransactionTestCase._fixture_teardown = original
    with django_db_blocker.unblock():
        engines.drop_database()


def _renew_database(_: TransactionTestCase) -> None:
    engines.drop_database()
    engines.create_database()


@pytest.fixture(scope="session")
def run_environment(django_db_setup: None) -> dict[str, str]:
    """What a child process needs to work on this run's database and broker."""
    return os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "ISNAD_TEST_RUN": settings.RUN}


@pytest.fixture(scope="session")
def worker_process(run_environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "config",
        "worker",
        "-Q",
        "capture,default",
        "-c",
        "1",
        "-l",
        "warning",
    ]
    worker = subprocess.Popen(command, cwd=settings.BASE_DIR, env=run_environment)
    try:
        for _ in range(30):
            if app.control.ping(timeout=1, limit=1):
                break
            assert worker.poll() is None, "the worker ended before it answered"
        else:
            raise AssertionError("the worker did not answer within 30 s")
        yield worker
    finally:
        worker.terminate()
        worker.wait(20)


@pytest.fixture
def celery_worker(transactional_db: None, worker_process: subprocess.Popen[bytes]) -> Iterator[Any]:
    """A real `celery worker` on this test's database. What a test leaves in the queues is gone before the next."""
    app.control.purge()
    yield worker_process
    app.control.purge()


@pytest.fixture
def cast(db: None) -> Any:
    from tests.cast import assemble

    return assemble()


@pytest.fixture
def case(cast: Any) -> Any:
    from tests.cast import open_case

    return open_case(cast)


@pytest.fixture
def restricted(cast: Any) -> Any:
    from tests.cast import restricted_case

    return restricted_case(cast)
