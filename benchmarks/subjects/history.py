"""The history of a claim that was changed very often, as a ratio to a page with nothing on it but the frame."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.queries.story import PER_PAGE
from benchmarks import Figure, milliseconds
from benchmarks.subjects.pages import empty_page
from tests.cast import Cast, assemble, open_case
from tests.verification import make
from verification.actions import claims
from verification.models import Claim

EDITS = 2_000
WORDS = 150
VIEWS = {"claim-history": "of the claim", "case-history": "of its case", "audit-list": "the whole record"}


def measure() -> Iterator[Figure]:
    baseline = empty_page()
    cast = assemble()
    claim = _often_edited(cast)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    reader = Client()
    reader.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    for route, name in VIEWS.items():
        args = {"claim-history": [claim.reference], "case-history": [claim.case.slug]}.get(route, [])
        url = reverse(route, args=args)
        taken = milliseconds(lambda url=url: _read(reader, url))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        note = f"{EDITS} changes of a statement of {WORDS} words, the latest {PER_PAGE} on the page, median of 30"
        yield Figure(f"history {name}", taken, "ms", note)
        yield Figure(f"history {name}, ratio", taken / baseline, "", f"to the empty page of {baseline:.3g} ms")


def _often_edited(cast: Cast) -> Claim:
    claim = make.claim(cast, open_case(cast), _statement(0))
    for edit in range(1, EDITS + 1):
        claim = claims.edit(
            actor=cast.amal,
            claim_id=claim.pk,
            version=claim.version,
            reason="",
            statement=_statement(edit),
            language="ar",
            translations={},
            claimant_id=None,
            happened="",
            place="",
            risk="LOW" if edit % 2 else "HIGH",
        )
    return claim


def _statement(edit: int) -> str:
    return " ".join(f"كلمة{number + (edit if number % 50 == 0 else 0)}" for number in range(WORDS))


def _read(reader: Client, url: str) -> None:
    assert reader.get(url).status_code == 200
