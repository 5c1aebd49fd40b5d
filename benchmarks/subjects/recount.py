"""Corroboration out of the database: one large claim in a large case, and a whole case counted again."""

import random
import time
from collections.abc import Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import Figure, milliseconds
from benchmarks.large_case import all_due, large_case
from newsroom.models import Case
from sources.models import Affiliation, Derivation, DerivationKind, Source, SourceKind
from tests.cast import Cast, assemble, open_case
from verification import recount
from verification.models import Basis, Claim, Evidence, Hop, HopKind, Stance
from verification.queries.corroboration import weigh

SOURCES = 10_000
EVIDENCE = 50
CLAIMS = 2_000


def measure() -> Iterator[Figure]:
    cast = assemble()
    claim = _large_claim(cast, open_case(cast, slug="tangled"))
    _analyse()
    with CaptureQueriesContext(connection) as queries:
        weigh(claim)
    note = f"{EVIDENCE} pieces of evidence in a case of {SOURCES} sources, {len(queries)} queries, median of 30"
    yield Figure(
        "corroboration loaded and counted", milliseconds(lambda: weigh(claim)), "ms", f"{note}; to stay under 60"
    )
    case = large_case(cast, claims=CLAIMS)
    all_due(case)
    _analyse()
    started = time.perf_counter()
    counted = 0
    while batch := recount.work_off():
        counted += batch
    spent = time.perf_counter() - started
    note = f"{counted} claims and {5 * CLAIMS} pieces of evidence, batches of {recount.BATCH}; to stay under 30"
    yield Figure("a whole case counted again", spent, "s", note)


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _large_claim(cast: Cast, case: Case) -> Claim:
    """Most of the sources derived from others, one in ten with a controller, chains of up to three steps."""
    dice = random.Random(SOURCES)
    sources = Source.objects.bulk_create(
        Source(case=case, kind=SourceKind.ARTICLE, name=f"Source {number}", search_key="", created_by=cast.amal)
        for number in range(SOURCES)
    )
    Derivation.objects.bulk_create(
        Derivation(
            downstream=sources[number],
            upstream=sources[dice.randrange(number)],
            kind=DerivationKind.REPUBLISHES,
            verified_relay=dice.random() < 0.2,
            asserted_by=cast.amal,
        )
        for number in range(1, SOURCES)
        if dice.random() < 0.6
    )
    Affiliation.objects.bulk_create(
        Affiliation(source=sources[number], controller=sources[dice.randrange(number)], asserted_by=cast.amal)
        for number in range(1, SOURCES)
        if dice.random() < 0.1
    )
    claim = Claim(case=case, statement="One claim.", language="en", created_by=cast.amal, search_key="")
    [claim] = Claim.objects.bulk_create([claim])
    evidence = Evidence.objects.bulk_create(
        Evidence(
            claim=claim,
            stance=Stance.SUPPORTS,
            source=dice.choice(sources),
            basis=dice.choice([Basis.WITNESSED, Basis.UNKNOWN]),
            added_by=cast.amal,
        )
        for _ in range(EVIDENCE)
    )
    Hop.objects.bulk_create(
        Hop(evidence=each, position=position, source=source, kind=HopKind.QUOTES, verified_relay=dice.random() < 0.2)
        for each in evidence
        for position, source in enumerate(dice.sample(sources[:400], dice.randint(0, 3)), start=1)
    )
    return claim
