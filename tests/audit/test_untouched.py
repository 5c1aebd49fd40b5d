"""What honest work does to the database is no alarm: imports, many at once, a killed worker, a restored backup."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import connection

from audit import checkpoints
from audit.acts import act, create_many
from audit.models import Head
from audit.verifying.report import Report
from audit.verifying.run import Wanted, verify
from audit.verifying.session import reading, snapshot
from audit.verifying.witnesses import Witness
from config import embedded
from newsroom.models import Case
from sources.models import Source, SourceKind
from tests import world
from tests.audit.tampering.conftest import own_connection
from tests.cast import Cast, assemble, open_case
from tests.processes import running
from tests.settings import ROOT


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


def report(**wanted: Any) -> Report:
    with snapshot() as session:
        return verify(session, Wanted(**wanted))


def import_sources(cast: Cast, case: Case, number: int) -> None:
    made = [
        Source(case=case, kind=SourceKind.PERSON, name=f"مصدر {number}", search_key="", created_by=cast.amal)
        for number in range(number)
    ]
    with act("source.create", actor=cast.amal, case=case):
        create_many(made)


def test_an_empty_ledger_fits(transactional_db: None) -> None:
    assert report() == Report(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0, 0, {}, ())


def test_one_of_everything_and_an_import_fit(cast: Cast) -> None:
    things = world.build(cast)
    import_sources(cast, things.case, 500)
    checkpoints.make()
    found = report()
    assert found.fits, found.findings
    assert found.size == Head.objects.get().size


def test_what_is_written_meanwhile_disturbs_nothing(cast: Cast) -> None:
    cases = [open_case(cast, f"case-{number}") for number in range(4)]
    checkpoints.make()
    until = time.monotonic() + 3

    def write(case: Case) -> int:
        written = 0
        try:
            while time.monotonic() < until:
                with act("case.edit", actor=cast.chadi, case=case):
                    held = Case.objects.select_for_update().get(pk=case.pk)
                    held.title = f"{case.slug} {written}"
                    held.save()
                written += 1
                if written % 5 == 0:
                    checkpoints.make()
        finally:
            connection.close()
        return written

    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(write, case) for case in cases]
        found = [report()]
        while not all(each.done() for each in writing):
            found.append(report())
        assert sum(each.result() for each in writing) > 4
    found.append(report())
    assert [each.findings for each in found if not each.fits] == []
    assert len({each.size for each in found}) > 1, "it grew while it was read"


KILLED = """
import django; django.setup()
from audit.acts import act
from newsroom.models import Case, User
case, actor = Case.objects.get(), User.objects.get(name="Chadi")
while True:
    with act("case.edit", actor=actor, case=case):
        held = Case.objects.select_for_update().get(pk=case.pk)
        held.version += 1
        held.save()
"""


def _is_longer_than(size: int) -> bool:
    return Head.objects.get().size > size


def test_a_worker_that_was_killed_leaves_nothing_half_done(cast: Cast, run_environment: dict[str, str]) -> None:
    case = open_case(cast)
    for _ in range(3):
        size = Head.objects.get().size
        has_begun = partial(_is_longer_than, size)
        with running([sys.executable, "-c", KILLED], run_environment, has_begun) as worker:
            worker.kill()
    assert Case.objects.get(pk=case.pk).version > case.version
    found = report()
    assert found.fits, found.findings


@contextmanager
def restored() -> Iterator[psycopg.Connection[Any]]:
    """The run's database, dumped and restored beside it under another name, by PostgreSQL's own programs."""
    params = connection.settings_dict
    name, copy = params["NAME"], f"{params['NAME']}_restored"
    server = ["--host", params["HOST"], "--username", params["USER"]]
    with own_connection() as own:
        own.autocommit = True
        own.execute(f'CREATE DATABASE "{copy}"'.encode())
        try:
            dump = subprocess.run([embedded.program("pg_dump"), *server, "-Fc", name], check=True, capture_output=True)
            restore = [embedded.program("pg_restore"), *server, "--dbname", copy, "--exit-on-error"]
            subprocess.run(restore, input=dump.stdout, check=True, capture_output=True)
            with own_connection(dbname=copy) as there:
                yield there
        finally:
            own.execute(f'DROP DATABASE "{copy}" WITH (FORCE)'.encode())


def test_a_restored_backup_fits(cast: Cast) -> None:
    things = world.build(cast)
    import_sources(cast, things.case, 50)
    made = checkpoints.make()
    assert made is not None
    with restored() as there, reading(there) as session:
        found = verify(session, Wanted(witnesses=[Witness("kept", made.note)]))
    assert found.fits, found.findings
    assert found == report()


def test_a_backup_older_than_what_is_kept_elsewhere_does_not(cast: Cast) -> None:
    """The twin: a restore that loses what was signed is a cut-off tail, whoever did it and why."""
    case = open_case(cast)
    with restored() as there:
        with act("case.edit", actor=cast.chadi, case=case):
            case.save()
        made = checkpoints.make()
        assert made is not None
        with reading(there) as session:
            found = verify(session, Wanted(witnesses=[Witness("kept", made.note)]))
    assert found.counts == {"witness.beyond": 1}


def test_upkeep_of_the_database_is_no_alarm(cast: Cast) -> None:
    world.build(cast)
    checkpoints.make()
    with own_connection() as own:
        own.autocommit = True
        for done in ("VACUUM FULL", "REINDEX SCHEMA public", "ANALYZE", "VACUUM FREEZE"):
            own.execute(done.encode())
    found = report()
    assert found.fits, found.findings


def test_the_command_ends_with_zero_only_when_everything_fits(cast: Cast, run_environment: dict[str, str]) -> None:
    import json

    case = open_case(cast)
    made = checkpoints.make()
    assert made is not None
    kept = ROOT / "var" / "test" / "kept.txt"
    kept.write_text(made.note, encoding="utf-8")
    program = [sys.executable, str(ROOT / "manage.py"), "verify_audit", "--json", "--checkpoint", str(kept)]
    fits = subprocess.run(program, env=run_environment, capture_output=True, text=True, check=False)
    assert (fits.returncode, json.loads(fits.stdout)["fits"], fits.stderr) == (0, True, "")
    with own_connection() as own:
        own.execute(b"UPDATE newsroom_case SET title = 'Other'")
        own.commit()
    not_so = subprocess.run(program, env=run_environment, capture_output=True, text=True, check=False)
    [found] = json.loads(not_so.stdout)["findings"]
    assert (not_so.returncode, found["kind"], found["object"]) == (1, "live.changed", str(case.pk))
