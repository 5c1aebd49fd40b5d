"""The history of a claim that was changed very often: its pages, as a ratio to a page with nothing on it but the frame,
and what it takes to read its changes without a page."""

from collections import deque
from collections.abc import Iterator
from functools import partial

from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.queries import plain, story
from audit.queries.story import PER_PAGE
from benchmarks import Figure, milliseconds
from benchmarks.recorded import versions_of_claims
from benchmarks.subjects.pages import empty_page
from tests.cast import Cast, assemble, open_case
from tests.verification import make
from verification.actions import claims
from verification.models import Claim
from verification.queries.record import acts_on

EDITS = 500
WORDS = 150
MANY = 10_000
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

    yield from _data_time(cast, claim)


def _data_time(cast: Cast, claim: Claim) -> Iterator[Figure]:
    """Of short fields: before and after of each, told in words. A word diff is taken when a page shows it."""
    edited = claim.pk + 1
    versions_of_claims(claim.case, claim, objects=1, versions=MANY)
    Claim.objects.bulk_create([Claim(pk=edited, case=claim.case, statement="سقطت", created_by=cast.amal)])
    acts = acts_on(Claim.objects.get(pk=edited), cast.omar)
    read = partial(story.read, acts, reader=cast.omar)
    note = f"of {MANY} changes, with fields before and after, acts, names and proofs, median of"
    yield Figure("history, latest 50", milliseconds(read), "ms", f"{note} 30")
    every = partial(plain.every, acts, reader=cast.omar, about=None, before=None, most=MANY)
    taken = milliseconds(lambda: deque(every(withheld=story.nothing_withheld), maxlen=0), times=3)
    yield Figure("history, all", taken, "ms", f"{note} 3")


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
