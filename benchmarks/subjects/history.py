"""The history of a claim that was changed ten thousand times, among others that were: reading it as data, in words, as
a file, and as pages."""

import statistics
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.domain.worddiff import Piece, diff
from audit.queries import plain, story
from audit.queries.story import PER_PAGE
from audit.queries.subjects import touched
from audit.queries.trail import Trail
from audit.queries.values import is_text
from audit.queries.versions import differing, steps
from benchmarks import Figure, milliseconds
from benchmarks.recorded import versions_of_claims
from benchmarks.subjects.pages import empty_page
from tests.cast import Cast, assemble, open_case
from tests.verification import make
from verification.actions import claims
from verification.models import Claim
from verification.queries.record import acts_on

EDITS, WORDS = 500, 150
MANY, OBJECTS = 10_000, 10
Read = Callable[[], object]


def measure() -> Iterator[Figure]:
    baseline = empty_page()
    cast = assemble()
    long_texts = _often_edited(cast)
    many = _changed_many_times(cast, long_texts)
    yield from _data(acts_on(many, cast.omar))
    yield from _story(acts_on(many, cast.omar), cast)
    yield from _pages(cast, many, long_texts, baseline)


def _data(trail: Trail) -> Iterator[Figure]:
    """From the object to every changed field of its acts, before and after, and its texts word by word: no labels."""
    taken = milliseconds(lambda: _with_diffs(trail))
    yield Figure("history, latest 50 with diffs", taken, "ms", f"acts, fields and word diffs, of {MANY}, median of 30")
    waited = statistics.median(_waited(lambda: _changed(trail, PER_PAGE)) for _ in range(30))
    yield Figure(
        "history, of that for the database", waited * 1000, "ms", "its four statements, as they are waited for"
    )
    taken = milliseconds(lambda: _changed(trail, PER_PAGE))
    yield Figure("history, of that before the diffs", taken, "ms", "acts and fields before and after, median of 30")
    taken = milliseconds(lambda: _all_changed(trail), times=5)
    yield Figure("history, all as data", taken, "ms", f"{MANY}, {plain.AT_ONCE} acts at a time, median of 5")


def _waited(call: Read) -> float:
    """Seconds between sending a statement and its answer, of all that `call` asks."""
    spent = 0.0

    def timed(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal spent
        began = time.perf_counter()
        try:
            return execute(*statement)
        finally:
            spent += time.perf_counter() - began

    with connection.execute_wrapper(timed):
        call()
    return spent


def _with_diffs(trail: Trail) -> list[list[Piece]]:
    return [diff(old, new) for _, field, old, new in _changed(trail, PER_PAGE) if is_text(field)]


def _changed(trail: Trail, size: int, before: int | None = None) -> list[tuple[int, Any, Any, Any]]:
    acts = trail.numbers(size, before=before)
    return [(step.act_id, *field) for step in steps(acts, touched(acts)) for field in differing(step)]


def _all_changed(trail: Trail) -> None:
    before = None
    while found := _changed(trail, plain.AT_ONCE, before):
        before = min(act for act, *_ in found)


def _story(trail: Trail, cast: Cast) -> Iterator[Figure]:
    """The same with who and when, sentences, labels, names and proofs."""
    taken = milliseconds(partial(story.read, trail, reader=cast.omar))
    yield Figure("history, latest 50 in words", taken, "ms", f"of {MANY}, all that a page shows of them, median of 30")
    every = partial(plain.every, trail, reader=cast.omar, about=None, before=None, most=MANY)
    told = partial(every, withheld=story.nothing_withheld)
    taken = milliseconds(lambda: deque(told(), maxlen=0), times=3)
    yield Figure("history, all in words", taken, "ms", f"{MANY}, as a file takes them, median of 3")


def _pages(cast: Cast, many: Claim, long_texts: Claim, baseline: float) -> Iterator[Figure]:
    """By the view, with the test client."""
    reader = Client()
    reader.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = f"of {MANY} changes the latest {PER_PAGE} on the page, median of 30"
    older = f"of {MANY} changes those after the first half, median of 30"
    half = acts_on(many, cast.omar).numbers(MANY // 2)[-1]
    of_many = reverse("claim-history", args=[many.reference])
    addresses = {
        "of the claim": (of_many, page),
        "of the claim, older": (f"{of_many}?before={half}", older),
        "of the claim, long texts": (
            reverse("claim-history", args=[long_texts.reference]),
            f"{EDITS} changes of a statement of {WORDS} words, the latest {PER_PAGE} on the page, median of 30",
        ),
        "of its case": (reverse("case-history", args=[many.case.slug]), page),
        "of the person": (reverse("person-history", args=[many.case.created_by_id]), page),
        "the whole record": (reverse("audit-list"), page),
    }
    for name, (url, note) in addresses.items():
        taken = milliseconds(partial(_read, reader, url))
        yield Figure(f"history {name}", taken, "ms", note)
        yield Figure(f"history {name}, ratio", taken / baseline, "", f"to the empty page of {baseline:.3g} ms")
    for form in ("csv", "json"):
        taken = milliseconds(partial(_take, reader, of_many, form), times=3)
        yield Figure(f"history as {form}", taken, "ms", f"the whole file of {MANY} changes, median of 3")


def _changed_many_times(cast: Cast, like: Claim) -> Claim:
    numbers = range(like.pk + 1, like.pk + 1 + OBJECTS)
    versions_of_claims(like.case, like, objects=OBJECTS, versions=MANY * OBJECTS)
    Claim.objects.bulk_create(
        [Claim(pk=number, case=like.case, statement="سقطت", created_by=cast.amal) for number in numbers]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Claim.objects.select_related("case").get(pk=numbers[0])


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


def _take(reader: Client, url: str, form: str) -> None:
    answer: Any = reader.post(url, {"format": form})
    deque(answer, maxlen=0)
