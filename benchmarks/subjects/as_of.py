"""Objects as they stood, out of a million history rows: at an early moment, at a middle one, at the latest."""

from collections.abc import Iterator
from functools import partial

from django.test import Client
from django.urls import reverse

from audit.models import Entry
from audit.queries import moments
from audit.queries.between import MOST_ACTS, MOST_THINGS
from audit.queries.moments import at_time
from audit.queries.then import stood
from benchmarks import Figure, milliseconds
from benchmarks.recorded import versions_of_claims
from benchmarks.subjects.pages import empty_page
from newsroom.models import Case
from tests.cast import Cast, assemble, open_case
from tests.verification import make
from tests.verification.first_case import claim_2
from tests.verification.test_history_pages import edited
from verification.models import Claim

ROWS = 1_000_000
ASKED = 50
SHAPES = {"many objects": 20_000, "few objects": 50}
WHEN = {"early": 0.1, "middle": 0.5, "latest": 1.0}


def measure() -> Iterator[Figure]:
    cast = assemble()
    case = open_case(cast)
    yield from _pages(cast, case)
    for name, objects in SHAPES.items():
        claim = make.claim(cast, case)
        before = Entry.objects.latest("index").index
        last = versions_of_claims(case, claim, objects=objects, versions=ROWS)
        wanted = [claim.pk + 1 + number * objects // ASKED for number in range(ASKED)]
        for when, share in WHEN.items():
            moment = before + int((last - before) * share)
            assert len(stood(Claim, moment, "id", wanted)) == ASKED
            taken = milliseconds(partial(stood, Claim, moment, "id", wanted))
            note = f"{ASKED} of {objects} objects, {ROWS // objects} versions each, median of 30"
            yield Figure(f"as of, {name}, {when}", taken, "ms", note)
        time = Entry.objects.get(index=(before + last) // 2).recorded_at
        yield Figure(f"moment of a time, {name}", milliseconds(partial(at_time, time)), "ms", f"{ROWS} entries")


def _pages(cast: Cast, case: Case) -> Iterator[Figure]:
    """Of a claim with four accounts and of its case, before there is much of anything else."""
    baseline = empty_page()
    claim = claim_2(cast, case)
    reader = Client()
    reader.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    routes = {"claim-as-it-stood": claim.reference, "case-as-it-stood": case.slug}
    for route, thing in routes.items():
        taken = milliseconds(partial(reader.get, reverse(route, args=[thing])))
        yield Figure(f"page {route}", taken, "ms", "the first case's second claim, median of 30")
        yield Figure(f"page {route}, ratio", taken / baseline, "", f"to the empty page of {baseline:.3g} ms")
    since = moments.now()
    while moments.now() - since < MOST_ACTS:
        claim = edited(cast, claim, statement=f"{claim.statement[:200]} {moments.now()}")
    yield from _compared(reader, routes, since, f"{MOST_ACTS} acts between the two", baseline)
    for number in range(MOST_THINGS):
        make.account(cast, claim, quotation=f"The commander said so for the {number + 1}. time.")
    note = f"{MOST_THINGS} accounts more, and so many things are compared at the most"
    yield from _compared(reader, routes, since, note, baseline)


def _compared(reader: Client, routes: dict[str, str], since: int, note: str, baseline: float) -> Iterator[Figure]:
    for route, thing in routes.items():
        taken = milliseconds(partial(reader.get, reverse(route, args=[thing]), {"at": moments.now(), "against": since}))
        yield Figure(f"page {route}, two moments", taken, "ms", f"{note}, median of 30")
        yield Figure(f"page {route}, two moments, ratio", taken / baseline, "", f"to {baseline:.3g} ms")
