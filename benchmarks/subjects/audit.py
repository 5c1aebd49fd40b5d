"""What it costs to record: an act beside django-simple-history alone and beside a plain save, on the same PostgreSQL.

All write the same row of the same model. The library as it comes commits the row and its history row one after the
other; inside a transaction it commits them together, as an act does.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from typing import Any
from unittest import mock

from django.db import connection, transaction
from django.db.models.signals import pre_save
from simple_history.manager import HistoryDescriptor
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record
from simple_history.utils import bulk_create_with_history

from audit import acts
from audit.models import Act, Entry
from audit.models.history import Records, must_be_in_an_act
from audit.queries import proofs
from benchmarks import Figure, milliseconds
from newsroom.models import Case
from sources.models import SourceAssessment
from tests.cast import Cast, assemble, open_case
from tests.sources import make as sources

SAVES, ROUNDS = 25, 40
IMPORTED = 5_000
WRITERS, ACTS_EACH = 16, 50


def measure() -> Iterator[Figure]:
    cast = assemble()
    case = open_case(cast)
    yield from _single(cast, case)
    yield from _import(cast, case)
    yield from _at_once(cast)
    yield Figure("a proof", milliseconds(_proof), "ms", f"inclusion in a log of {Entry.objects.count()} entries")


def _single(cast: Cast, case: Case) -> Iterator[Figure]:
    numbers = iter(range(10**9))

    def change() -> None:
        case.title = f"Aleppo {next(numbers)}"
        case.save()

    def plain() -> None:
        vars(case)["skip_history_when_saving"] = True  # django-simple-history's own switch, which no model declares
        try:
            change()
        finally:
            del vars(case)["skip_history_when_saving"]

    def alone() -> None:
        change()

    def together() -> None:
        with transaction.atomic():
            change()

    def act() -> None:
        with acts.act("case.edit", actor=cast.chadi, case=case):
            change()

    ways: dict[str, Callable[[], None]] = {"plain": plain, "alone": alone, "together": together, "act": act}
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):  # in turn, so that a busy minute of the machine falls on all of them
        for name, call in ways.items():
            with _without_acts() if call in (alone, together) else nullcontext():
                rates[name].append(_a_second(call, SAVES))
    median = {name: statistics.median(found) for name, found in rates.items()}
    note = f"{SAVES} updates of a case, median of {ROUNDS} rounds"
    yield Figure("plain saves", median["plain"], "/s", f"{note}, each with its commit; the baseline")
    yield Figure("django-simple-history as it comes", median["alone"], "/s", f"{note}; two commits each")
    yield Figure("django-simple-history in a transaction", median["together"], "/s", f"{note}; one commit each")
    yield Figure("acts", median["act"], "/s", f"{note}; row, history row, digest, entry, one commit")
    yield Figure("acts to simple-history as it comes", median["act"] / median["alone"], "", "at least 0.9")
    yield Figure("acts to simple-history in a transaction", median["act"] / median["together"], "", note)
    yield Figure("acts to plain saves", median["act"] / median["plain"], "", "at least 0.33")


def _import(cast: Cast, case: Case) -> Iterator[Figure]:
    source = sources.source(cast, case)

    def grades() -> list[SourceAssessment]:
        return [
            SourceAssessment(source=source, topic=f"{number}", reason="As it was imported.", assessed_by=cast.amal)
            for number in range(IMPORTED)
        ]

    def plain() -> None:
        SourceAssessment.objects.bulk_create(grades())

    def alone() -> None:
        bulk_create_with_history(
            grades(), SourceAssessment, custom_historical_attrs={"act_id": Act.objects.latest("pk").pk}
        )

    def act() -> None:
        with acts.act("case.import", actor=cast.amal, case=case):
            acts.create_many(grades())

    plain_took, alone_took, act_took = (min(_seconds(way) for _ in range(3)) for way in (plain, alone, act))
    note = f"{IMPORTED} grades, best of 3"
    yield Figure("bulk_create", plain_took * 1000, "ms", f"{note}; the baseline")
    yield Figure("simple-history's bulk helper to bulk_create", plain_took / alone_took, "", note)
    yield Figure("an import act to bulk_create", plain_took / act_took, "", f"{note}; at least 0.30")


def _at_once(cast: Cast) -> Iterator[Figure]:
    cases = [open_case(cast, slug=f"writer-{number}") for number in range(WRITERS)]

    def write(case: Case) -> None:
        try:
            for number in range(ACTS_EACH):
                with acts.act("case.edit", actor=cast.chadi, case=case):
                    case.title = f"Homs {number}"
                    case.save()
        finally:
            connection.close()

    def together() -> None:
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(write, cases))

    def one() -> None:
        with ThreadPoolExecutor(1) as pool:
            list(pool.map(write, cases))

    took_one, took_together = (min(_seconds(way) for _ in range(2)) for way in (one, together))
    acts_done = WRITERS * ACTS_EACH
    note = f"{acts_done} acts by {WRITERS} threads of one process"
    yield Figure("acts by one writer", acts_done / took_one, "/s", note)
    yield Figure("sixteen writers to one", took_one / took_together, "", f"{note}; at least 1")


@contextmanager
def _without_acts() -> Iterator[None]:
    """The library as it comes; its rows name an act that is there already."""
    number = Act.objects.latest("pk").pk
    ours = Case.__dict__["history"]

    def name_an_act(history_instance: Any, **kwargs: Any) -> None:
        history_instance.act_id = number

    pre_create_historical_record.connect(name_an_act)
    pre_save.disconnect(must_be_in_an_act, sender=Case)
    Case.history = HistoryDescriptor(ours.model)
    as_it_comes = HistoricalRecords.create_historical_record
    try:
        with mock.patch.object(Records, "create_historical_record", as_it_comes):
            yield
    finally:
        Case.history = ours
        pre_save.connect(must_be_in_an_act, sender=Case, weak=False)
        pre_create_historical_record.disconnect(name_an_act)


def _proof() -> None:
    size = Entry.objects.count()
    proofs.inclusion(size // 3, size)


def _a_second(call: Callable[[], None], times: int) -> float:
    def all_of_them() -> None:
        for _ in range(times):
            call()

    return times / _seconds(all_of_them)


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
