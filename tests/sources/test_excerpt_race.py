"""Two people mark the same passage at one moment: it is one excerpt. Without the lock, one of them would be refused."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection

from newsroom.models import Case, User
from sources.actions import excerpts
from sources.models import Capture, Excerpt
from tests.cast import assemble, open_case
from tests.sources import make

TEXT = "قال القائد: «دخلنا الحي» ثم مضى."


@pytest.fixture
def desk(transactional_db: None) -> tuple[Case, Capture, list[User]]:
    cast = assemble()
    case = open_case(cast)
    return case, make.capture(cast, make.source(cast, case), TEXT), [cast.amal, cast.basim]


def both_mark(case: Case, capture: Capture, people: list[User]) -> list[Any]:
    together = Barrier(2, timeout=20)

    def mark(person: User) -> Any:
        try:
            together.wait()
            return excerpts.create(actor=person, case_id=case.pk, capture_id=capture.pk, start=13, end=23).pk
        except IntegrityError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(mark, people))


def test_it_is_one_excerpt_and_both_have_it(desk: tuple[Case, Capture, list[User]]) -> None:
    one, other = both_mark(*desk)
    assert one == other == Excerpt.objects.get().pk


def test_twin_without_the_lock_one_is_refused(
    desk: tuple[Case, Capture, list[User]], monkeypatch: pytest.MonkeyPatch
) -> None:
    both_looked = Barrier(2, timeout=20)
    read = excerpts._text

    def read_when_both_looked(case: Case, capture: Capture) -> str:
        both_looked.wait()
        return read(case, capture)

    monkeypatch.setattr(excerpts, "_locked", lambda pk: Capture.objects.select_related("source").get(pk=pk))
    monkeypatch.setattr(excerpts, "_text", read_when_both_looked)
    assert "refused" in both_mark(*desk)
    assert Excerpt.objects.count() == 1
