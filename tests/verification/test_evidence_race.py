"""Two people correct the same evidence at the same moment: one is told. Without the check, nobody would be."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from newsroom import versions
from tests.cast import assemble, open_case
from tests.verification import make
from verification.actions import evidence
from verification.models import Evidence


@pytest.fixture
def account(transactional_db):
    cast = assemble()
    return make.account(cast, make.claim(cast, open_case(cast)))


def both_edit(account: Evidence) -> list[str]:
    """What became of two edits that set out from version 1 together."""
    together = Barrier(2, timeout=20)
    people = [account.added_by, account.claim.case.created_by]

    def edit(person) -> str:
        try:
            together.wait()
            evidence.edit(
                actor=person,
                evidence_id=account.pk,
                version=1,
                reason="As I heard it.",
                stance="SUPPORTS",
                source=account.source_id,
                quotation=person.name,
            )
        except versions.Stale as stale:
            return f"told of {stale.who}"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(2) as threads:
        return sorted(threads.map(edit, people))


def test_the_second_is_told_of_the_first(account):
    outcome = both_edit(account)
    account.refresh_from_db()
    assert outcome == ["saved", f"told of {account.quotation}"]
    assert account.version == 2


def test_twin_without_the_check_one_is_lost(account, monkeypatch):
    monkeypatch.setattr(versions, "check", lambda current, version: None)
    assert both_edit(account) == ["saved", "saved"]
