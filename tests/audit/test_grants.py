"""The role that serves pages adds to the record and can do nothing else to it."""

from collections.abc import Iterator

import pytest
from django.core.checks import run_checks
from django.db import ProgrammingError, connection, transaction
from pytest_django import Settings

from audit.acts import act
from audit.grants import grant_to
from audit.models import Act, Checkpoint, Entry
from audit.verifying.run import verify
from audit.verifying.session import reading
from newsroom.models import Case
from tests.cast import Cast
from tests.publishing import make as releases
from tests.settings import RUN
from tests.verification import make

ROLE = f"isnad_web_{RUN}"


@pytest.fixture
def as_web(cast: Cast, case: Case) -> Iterator[None]:
    """The rest of the test runs as that role; making it is undone with the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        grant_to(cursor, ROLE, "a password")
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_it_works(as_web: None, cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    account = make.account(cast, claim)
    make.withdrawn(cast, account)
    with act("case.edit", actor=cast.chadi, case=case) as done:
        case.save()
    assert Entry.objects.get(act=done).index == Entry.objects.count() - 1


def test_it_publishes(as_web: None, cast: Cast, case: Case) -> None:
    releases.decided(cast, case)
    assert releases.released_case(cast, case).inclusions.count() == 1


def test_it_signs(as_web: None) -> None:
    from audit import checkpoints

    checkpoints.make()
    assert Checkpoint.objects.exists()


def test_it_verifies(as_web: None, cast: Cast, case: Case) -> None:
    """Every part: also what only its owner may look at in most databases, such as sequences."""
    make.claim(cast, case)
    with reading(connection.connection) as session:
        assert verify(session).findings == ()


@pytest.mark.parametrize("table", ["audit_head", "audit_entry", "audit_act", "newsroom_historicalcase"])
def test_a_temporary_table_stands_in_for_none_of_the_record(as_web: None, cast: Cast, case: Case, table: str) -> None:
    def known() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM public.audit_entry JOIN public.newsroom_historicalcase USING (act_id)")
            (count,) = cursor.fetchone()
        return int(count)

    before = known()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM public.{table}")  # noqa: S608  # one of the four named above
    with act("case.edit", actor=cast.chadi, case=case):
        case.save()
    assert known() == before + 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE newsroom_historicalcase SET title = 'Another'",
        "INSERT INTO newsroom_historicalcase SELECT * FROM newsroom_historicalcase",
        'SELECT audit_write_newsroom_historicalcase(audit_act, \'{"1": "~"}\') FROM audit_act',
        "DELETE FROM newsroom_historicalcase",
        "TRUNCATE newsroom_historicalcase",
        "UPDATE audit_act SET actor_name = 'Somebody else'",
        "INSERT INTO audit_act (name, at, actor_name, reason, origin) VALUES ('x', now(), 'x', '', '')",
        "DELETE FROM audit_entry",
        "UPDATE audit_head SET size = 0",
        "SELECT audit_bind(audit_act, '{}', '{}', true) FROM audit_act",
        "UPDATE audit_checkpoint SET note = ''",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER record_stays ON audit_entry",
        "CREATE OR REPLACE FUNCTION audit_record_stays() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "UPDATE publishing_publication SET note = 'Another'",
        "DELETE FROM publishing_inclusion",
        "TRUNCATE publishing_publication CASCADE",
        "DELETE FROM django_migrations",
    ],
)
def test_the_record_is_out_of_its_reach(as_web: None, statement: str) -> None:
    acts = Act.objects.count()
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Act.objects.count() == acts


def database_findings() -> set[str | None]:
    return {found.id for found in run_checks(databases=["default"])}


def test_a_server_that_owns_the_record_is_told_so(db: None, settings: Settings) -> None:
    settings.DEBUG = False
    assert "isnad.E011" in database_findings()
    settings.DATABASE_WEB_URL = "postgresql://isnad_web:x@database.example.org/isnad"
    assert "isnad.E011" not in database_findings(), "whoever migrates is not asked"


def test_one_that_does_not_is_not(as_web: None, settings: Settings) -> None:
    settings.DEBUG = False
    assert "isnad.E011" not in database_findings()
