"""Claims with a verdict and releases of them, made the way the product makes them."""

from typing import Any

from newsroom.models import Case
from publishing.actions import publishing
from publishing.models import Publication
from publishing.queries import leaving
from publishing.queries.leaving import LeavingClaim
from tests.cast import Cast
from tests.verification import make
from verification.models import Claim


def decided(cast: Cast, case: Case, statement: str = make.STATEMENT, value: str = "DISPUTED", **values: Any) -> Claim:
    """Amal's claim with one account, unless `actor` is another, and Chadi's ruling."""
    claim = make.claim(cast, case, statement, **values)
    make.account(cast, claim, basis="WITNESSED", actor=claim.created_by)
    make.verdict(cast, claim, value)
    return Claim.objects.get(pk=claim.pk)


def seen(claim: Claim) -> LeavingClaim:
    """What whoever opens the form has in front of them."""
    claim = Claim.objects.get(pk=claim.pk)
    return leaving.of_claim(claim, claim.verdicts.current().get())


def released(cast: Cast, claim: Claim, **values: Any) -> Publication:
    """By Chadi, as he sees it now."""
    found = seen(claim)
    sent = {"seen": found.digest, "number": found.number}
    return publishing.publish_claim(**{"actor": cast.chadi, "claim_id": claim.pk, **sent, **values})


def released_case(cast: Cast, case: Case, **values: Any) -> Publication:
    found = leaving.of_case(case)
    sent = {"seen": found.digest, "number": found.number}
    return publishing.publish_case(**{"actor": cast.chadi, "case_id": case.pk, **sent, **values})
