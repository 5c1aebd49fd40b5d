"""Two people edit the same claim at the same moment: one is told. Without the check, nobody would be."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from newsroom import versions
from newsroom.models import User
from tests.cast import assemble, open_case
from tests.verification import make
from verification.actions import claims
from verification.models import Claim


@pytest.fixture
def claim(transactional_db: None) -> Claim:
    cast = assemble()
    return make.claim(cast, open_case(cast))


def both_edit(claim: Claim) -> list[str]:
    """What became of two edits that set out from version 1 together."""
    together = Barrier(2, timeout=20)

    def edit(person: User) -> str:
        try:
            together.wait()
            claims.edit(
                actor=person,
                claim_id=claim.pk,
                version=1,
                statement=claim.statement,
                language="ar",
                translations={},
                claimant_id=None,
                happened="",
                place=person.name,
                risk="LOW",
            )
        except versions.Stale as stale:
            return f"told of {stale.who}"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(2) as threads:
        return sorted(threads.map(edit, [claim.created_by, claim.case.created_by]))


def test_the_second_is_told_of_the_first(claim: Claim) -> None:
    outcome = both_edit(claim)
    claim.refresh_from_db()
    assert outcome == ["saved", f"told of {claim.place}"]
    assert claim.version == 2


def test_twin_without_the_check_one_is_lost(claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "check", lambda current, version: None)
    assert both_edit(claim) == ["saved", "saved"]
