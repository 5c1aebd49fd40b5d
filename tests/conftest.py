"""Fixtures of every test: a migrated database of its own for each pytest process, a broker, and a real worker."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from config.celery import app
from tests import engines
from tests.pages import PageServer
from tests.processes import running
from tests.settings import RUN

# No test is timed: a machine that is busy is not wrong.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.hookimpl
def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are processors: much of the time a browser, a worker or a clock is waited for."""
    return len(os.sched_getaffinity(0)) * 3 // 2


@pytest.fixture(scope="session")
def broker() -> Iterator[engines.Valkey]:
    engines.start()
    valkey = engines.Valkey()
    valkey.start()
    yield valkey
    valkey.kill()


@pytest.fixture(scope="session")
def django_db_setup(broker: engines.Valkey, django_db_blocker: Any) -> Iterator[None]:
    """pytest-django's own would migrate from nothing; this copies a template (tests/engines.py)."""
    with django_db_blocker.unblock():
        engines.create_database()
    # After a test that committed, the database is made anew: history and ledger tables refuse to be emptied.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _renew_database)
        yield
    with django_db_blocker.unblock():
        engines.drop_database()
    shutil.rmtree(settings.ARCHIVE_ROOT, ignore_errors=True)


def _renew_database(_: TransactionTestCase) -> None:
    engines.drop_database()
    engines.create_database()


@pytest.fixture(scope="session")
def run_environment(django_db_setup: None, page_server: PageServer) -> dict[str, str]:
    """What a child process needs to work on this run's database and broker, and to capture this run's pages."""
    ours = {"DJANGO_SETTINGS_MODULE": "tests.settings", "ISNAD_TEST_RUN": RUN}
    return {**os.environ, **ours, "ISNAD_CAPTURE_ALLOW": f"127.0.0.1:{page_server.port}"}


@pytest.fixture(scope="session")
def page_server() -> Iterator[PageServer]:
    server = PageServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def pages(page_server: PageServer, settings: Any) -> PageServer:
    """A web server whose pages may be captured, by this process and by the worker."""
    settings.ISNAD_CAPTURE_ALLOW = [f"127.0.0.1:{page_server.port}"]
    page_server.reset()
    return page_server


@pytest.fixture(scope="session")
def worker_process(run_environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    program = [sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker", "--without-mingle"]
    options = ["--queues", "capture,default", "--concurrency", "1", "--loglevel", "warning"]
    with running([*program, *options], run_environment, lambda: bool(app.control.ping(timeout=1, limit=1))) as worker:
        yield worker


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


@pytest.fixture
def full() -> Iterator[None]:
    """A disk on which no file can grow beyond a hundred bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """A journey nobody took must not look like one that went well."""
    skipped = [
        report for report in terminalreporter.stats.get("skipped", []) if "journeys did not run" in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.write_sep("!", f"{len(skipped)} JOURNEYS DID NOT RUN: no Chromium on this machine", red=True)
