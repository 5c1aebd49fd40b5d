"""PostgreSQL refuses to change what is on record, whoever asks."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from audit.models import Act, BoundToAct
from newsroom.models import Case
from tests.cast import Cast

HISTORY = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, BoundToAct))


@pytest.mark.parametrize("table", ["audit_act", *HISTORY])
def test_every_table_of_the_record_is_guarded(table: str, db: None) -> None:
    """`tgenabled` is A where a trigger fires ALWAYS."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'A'", [table])
        assert {name for (name,) in cursor.fetchall()} >= {"record_stays", "record_stays_whole"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE newsroom_historicalcase SET title = 'Another'",
        "DELETE FROM newsroom_historicalcase",
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE newsroom_historicalcase",
        "UPDATE audit_act SET actor_name = 'Somebody else'",
        "DELETE FROM audit_act",
        # Even where triggers were switched off for the session, as a restore would.
        "SET LOCAL session_replication_role = replica; UPDATE audit_act SET at = now()",
    ],
)
def test_it_is_neither_changed_nor_removed(change: str, cast: Cast, case: Case) -> None:
    before = Act.objects.count()
    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
        connection.cursor().execute(change)
    assert Act.objects.count() == before


def test_without_the_guard_the_same_write_passes(cast: Cast, case: Case) -> None:
    """The twin: what refuses is the trigger and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE newsroom_historicalcase DISABLE TRIGGER USER")
        cursor.execute("UPDATE newsroom_historicalcase SET title = 'Another'")
    assert case.history.get().title == "Another"
