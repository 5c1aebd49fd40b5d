"""Two workers find out at the same moment what a look means: the claim gets one alert."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection, transaction

from audit.models import Act
from sources import looking
from sources.models import Look
from tests.cast import assemble, open_case
from tests.sources import make as sources
from tests.verification.passages import AFTER, URL, page_with_a_passage
from verification import passage_alerts
from verification.models import Alert, AlertsDue


@pytest.fixture
def twice_due(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look that saw a passage gone, and that two workers have been told of."""
    monkeypatch.setattr(passage_alerts, "wake", lambda: None)  # another test's worker may still be there
    with transaction.atomic():
        cast = assemble()
        page = page_with_a_passage(cast, open_case(cast))
        sources.capture(cast, page.source, AFTER, url=URL)
        looking.write_what_is_due()
    AlertsDue.objects.create(look=Look.objects.get(), act=Act.objects.filter(name="watch.look").latest("pk"))
    assert AlertsDue.objects.count() == 2


def alerts_of_two_workers(monkeypatch: pytest.MonkeyPatch) -> int:
    """Each takes one of the two, and tells only after the other has found out what there is to tell, if it can."""
    meet, is_news = Barrier(2), passage_alerts._is_news

    def slowly(each: Any) -> bool:
        news = is_news(each)
        try:
            meet.wait(2)
        except BrokenBarrierError:
            pass  # the other one waits for the claim
        return news

    def work_off(_: int) -> int:
        try:
            return passage_alerts.work_off()
        finally:
            connection.close()

    monkeypatch.setattr(passage_alerts, "BATCH", 1)
    monkeypatch.setattr(passage_alerts, "_is_news", slowly)
    with ThreadPoolExecutor(2) as workers:
        assert list(workers.map(work_off, range(2))) == [1, 1]
    return Alert.objects.filter(kind="PASSAGE_ABSENT").count()


def test_it_is_told_once(twice_due: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert alerts_of_two_workers(monkeypatch) == 1


def test_twin_without_the_claim_held_it_is_told_twice(twice_due: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage_alerts, "_hold", lambda claims: None)
    assert alerts_of_two_workers(monkeypatch) == 2
