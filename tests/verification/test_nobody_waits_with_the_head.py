"""Work that takes several acts holds the head of the ledger from the first one on, so it must not wait for a row then.

A person edits a case: they hold it, and wait for the head at the end of their act. A worker that has done its first act
and needs that case for its next one would wait for them, and they for it. PostgreSQL ends such a knot by refusing one.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from audit import acts
from audit.models import Act
from newsroom.models import Case
from sources import looking
from sources.actions import looks
from sources.models import LookDue, Sighting
from tests.cast import Cast, assemble, open_case
from tests.sources import make as sources
from tests.verification import make
from tests.verification.passages import AFTER, PASSAGE, URL, Watched, bound, page_with_a_passage
from verification import passage_alerts
from verification.models import Alert, AlertsDue, Claim

PATIENCE = 20
ENOUGH = 2  # seconds in which whoever is not held up has begun


@pytest.fixture
def page(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """A page of the whole newsroom, that claims of two cases rest on, is not what it was; nobody has said so yet."""
    monkeypatch.setattr(passage_alerts, "wake", lambda: None)  # another test's worker may still be there
    monkeypatch.setattr(looking, "wake", lambda capture: None)
    with transaction.atomic():
        cast = assemble()
        page = page_with_a_passage(cast, open_case(cast), shared=True)
        beside(page, open_case(cast, "another"))
        sources.capture(cast, page.source, AFTER, url=URL)
    return page


def beside(page: Watched, case: Case) -> Claim:
    claim = make.claim(page.cast, case)
    evidence = make.account(page.cast, claim, source=page.source.pk, quotation=PASSAGE, basis="WITNESSED")
    bound(page.cast, evidence, sources.excerpt(page.cast, case, page.capture, PASSAGE))
    return claim


def beside_an_editor(work: Callable[[], Any], cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """`work` while Chadi edits the other case. He goes on when its first act is done, or when it visibly waits for him.

    Answers who was refused.
    """
    held, begun, one_act = Event(), Event(), acts.act

    @contextmanager
    def told(*named: Any, **more: Any) -> Iterator[Act]:
        with one_act(*named, **more) as done:
            yield done
        begun.set()

    def edit() -> None:
        with one_act("case.edit", actor=cast.chadi) as done:
            case = Case.objects.select_for_update().get(slug="another")
            held.set()
            begun.wait(ENOUGH)
            case.title = "Another, edited"
            case.save()
            done.case = case

    def as_a_worker() -> None:
        assert held.wait(PATIENCE)
        work()

    def refused(deed: Callable[[], Any]) -> bool:
        try:
            deed()
        except OperationalError as error:
            return "deadlock detected" in str(error)
        else:
            return False
        finally:
            connection.close()

    monkeypatch.setattr(acts, "act", told)
    monkeypatch.setattr(looks, "act", told)
    with ThreadPoolExecutor(2) as threads:
        done = {name: threads.submit(refused, deed) for name, deed in (("editor", edit), ("worker", as_a_worker))}
        return [name for name, each in done.items() if each.result(PATIENCE)]


def looked_at() -> int:
    return looks.write(due_id=LookDue.objects.get().pk)


def test_a_look_at_a_page_of_several_cases(page: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    assert beside_an_editor(looked_at, page.cast, monkeypatch) == []
    assert Sighting.objects.count() == 2
    assert Case.objects.get(slug="another").title == "Another, edited"


def test_twin_without_the_cases_held_one_of_them_is_refused(page: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "_hold", lambda cases: None)
    assert len(beside_an_editor(looked_at, page.cast, monkeypatch)) == 1


def test_alerts_on_claims_of_several_cases(page: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    looking.write_what_is_due()
    due = AlertsDue.objects.count()
    assert beside_an_editor(passage_alerts.work_off, page.cast, monkeypatch) == []
    assert sorted(Alert.objects.values_list("claim__case__slug", flat=True)) == sorted([page.case.slug, "another"])
    assert (due, AlertsDue.objects.count()) == (1, 0)
    assert Case.objects.get(slug="another").title == "Another, edited"


def test_twin_with_only_the_claims_held_one_of_them_is_refused(page: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    def hold(claims: set[int]) -> None:
        list(Claim.objects.select_for_update(of=("self",)).filter(pk__in=claims).order_by("pk"))

    monkeypatch.setattr(passage_alerts, "_hold", hold)
    looking.write_what_is_due()
    assert len(beside_an_editor(passage_alerts.work_off, page.cast, monkeypatch)) == 1
