"""Claims and their evidence for tests, written the way people write them."""

from typing import Any

from newsroom.models import Case
from tests.cast import Cast
from verification.actions import claims, evidence
from verification.actions.chain import NewSource, Step
from verification.models import Claim, Evidence

STATEMENT = "سيطرت الفصائل على حي الفرقان في حلب."


def claim(cast: Cast, case: Case, statement: str = STATEMENT, **values: Any) -> Claim:
    """Amal's claim in `case`, unless `actor` is another."""
    return claims.create(
        **{"actor": cast.amal, "case_id": case.pk, "statement": statement, "language": "ar", **values},
    )


def article(name: str = "Middle East Eye", **values: Any) -> NewSource:
    return NewSource(**{"kind": "ARTICLE", "name": name, "language": "en", **values})


def person(name: str = "قائد سوري", **values: Any) -> NewSource:
    return NewSource(**{"kind": "PERSON", "name": name, **values})


def account(cast: Cast, claim: Claim, *above: Step, **values: Any) -> Evidence:
    """Amal's evidence for `claim`: an article of its own as the carrier unless `source` is another, then `above`."""
    return evidence.add(
        **{"actor": cast.amal, "claim_id": claim.pk, "stance": "SUPPORTS", "source": article(), "hops": above, **values}
    )
