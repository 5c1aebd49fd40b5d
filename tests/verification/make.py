"""Claims for tests, written the way people write them."""

from typing import Any

from newsroom.models import Case
from tests.cast import Cast
from verification.actions import claims
from verification.models import Claim

STATEMENT = "سيطرت الفصائل على حي الفرقان في حلب."


def claim(cast: Cast, case: Case, statement: str = STATEMENT, **values: Any) -> Claim:
    """Amal's claim in `case`, unless `actor` is another."""
    return claims.create(
        **{"actor": cast.amal, "case_id": case.pk, "statement": statement, "language": "ar", **values},
    )
