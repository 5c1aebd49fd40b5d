"""A real worker counts again what a change elsewhere made out of date."""

import time
from typing import Any

from tests.cast import assemble, open_case
from tests.sources import make as sources
from tests.verification import make
from verification.models import Corroboration, RecountDue

PATIENCE = 60


def test_a_derivation_reaches_the_numbers(celery_worker: Any) -> None:
    cast = assemble()
    claim = make.claim(cast, open_case(cast))
    one = make.account(cast, claim, source=make.article("Reuters"), basis="WITNESSED").source
    other = make.account(cast, claim, source=make.article("AFP"), basis="WITNESSED").source
    assert Corroboration.objects.get(claim=claim).established == 2
    sources.derivation(cast, one, other, "REPUBLISHES")
    deadline = time.monotonic() + PATIENCE
    while RecountDue.objects.exists():
        assert time.monotonic() < deadline, "the worker did not count again"
        time.sleep(0.05)
    assert Corroboration.objects.get(claim=claim).established == 1
    assert claim.alerts.get().because_of.name == "source.derive"
