"""Two changes that cannot see each other meet on one claim: the number that is left is that of both.

Amal adds a second witness while Chadi, in a transaction of his own, records that the two carriers are one work. Neither
count sees the other's change; the queue does.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from audit.acts import act
from sources.actions import relations
from sources.models import DerivationKind
from tests.cast import assemble, open_case
from tests.sources import make as sources
from tests.verification import make
from verification import recount
from verification.models import Claim, Corroboration, RecountDue

PATIENCE = 20


def established_after_both(claim: Claim, cast: Any, one: int, other: int) -> int:
    """The derivation is written first and committed last."""
    written, added = Event(), Event()

    def derive() -> None:
        try:
            with act("source.derive", actor=cast.chadi, case=claim.case):
                relations.write_derivation(
                    actor=cast.chadi,
                    downstream_id=one,
                    upstream_id=other,
                    kind=DerivationKind.REPUBLISHES,
                    basis="Word for word.",
                    verified_relay=False,
                )
                written.set()
                assert added.wait(PATIENCE)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        deriving = thread.submit(derive)
        assert written.wait(PATIENCE)
        # The carrier was cited before, so that this evidence needs no lock on what the other transaction holds.
        third = sources.source(cast, claim.case, "Tasnim")
        make.account(cast, claim, source=third.pk, basis="WITNESSED")
        assert Corroboration.objects.get(claim=claim).established == 3
        added.set()
        deriving.result()
    while recount.work_off():
        pass
    return Corroboration.objects.get(claim=claim).established


@pytest.fixture
def world(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(recount, "wake", lambda: None)  # a worker of the suite might hold what we are to count
    cast = assemble()
    claim = make.claim(cast, open_case(cast))
    one = make.account(cast, claim, source=make.article("Reuters"), basis="WITNESSED").source_id
    other = make.account(cast, claim, source=make.article("AFP"), basis="WITNESSED").source_id
    return claim, cast, one, other


def test_the_number_is_that_of_both(world: Any) -> None:
    assert established_after_both(*world) == 2


def test_twin_without_the_queue_one_is_lost(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recount, "claims_elsewhere", lambda rows: set())
    assert established_after_both(*world) == 3


def test_a_claim_somebody_holds_stays_due(world: Any) -> None:
    claim, cast, *_ = world
    sources.derivation(cast, claim.evidence.first().source, claim.evidence.last().source)

    def work_off() -> int:
        try:
            return recount.work_off()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread, transaction.atomic():
        Claim.objects.select_for_update().get(pk=claim.pk)
        assert thread.submit(work_off).result() == 0
    assert RecountDue.objects.filter(claim=claim).exists()
    assert recount.work_off() == 1
