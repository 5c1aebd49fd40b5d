"""Acts that overlap are numbered as they come and recorded as they end: none of that is taken for tampering."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from audit.acts import act
from audit.models import Entry
from audit.recording import prepare
from audit.verifying import order
from audit.verifying.run import verify
from audit.verifying.session import snapshot
from newsroom.models import Case
from tests.cast import Cast, open_case


@pytest.fixture(autouse=True)
def exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the minute that is let pass, or what a test does would be over within it."""
    monkeypatch.setattr(order, "MINUTE", 0)


def edit(cast: Cast, case: Case, title: str, ready: Event | None = None, go: Event | None = None) -> None:
    """Numbered as it begins, where it has something to wait for before it touches the case."""
    with act("case.edit", actor=cast.chadi, case=case) as done:
        if ready and go:
            done.numbered()
            ready.set()
            assert go.wait(20)
        held = Case.objects.select_for_update().get(pk=case.pk)
        held.title = title
        held.save()
    if ready:
        connection.close()


def findings() -> list[str]:
    with snapshot() as session:
        return [str(each) for each in verify(session).findings]


def test_an_act_may_be_numbered_before_and_recorded_after_another(transactional_db: None, cast: Cast) -> None:
    case, ready, go = open_case(cast), Event(), Event()
    with ThreadPoolExecutor(1) as pool:
        early = pool.submit(edit, cast, case, "Numbered first", ready, go)
        assert ready.wait(20)
        edit(cast, case, "Recorded first")
        go.set()
        early.result()
    first, second = Entry.objects.order_by("-index").values_list("act_id", flat=True)[:2]
    assert first < second, "or this shows nothing"
    assert findings() == []


def test_many_who_write_the_same(transactional_db: None, cast: Cast) -> None:
    cases = [open_case(cast, f"case-{number}") for number in range(2)]

    def work(number: int) -> None:
        for turn in range(6):
            edit(cast, cases[(number + turn) % 2], f"{number}.{turn}")
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert findings() == []


def test_what_is_older_than_the_ledger_is_in_no_order(transactional_db: None, cast: Cast) -> None:
    """Acts were numbered as they began then, and are adopted in the order of their numbers."""
    case = open_case(cast)
    edit(cast, case, "First")
    edit(cast, case, "Second")
    with connection.cursor() as cursor:
        for table in ("audit_entry", "newsroom_historicalcase"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_entry; UPDATE audit_head SET size = 0, packed = ''")
        cursor.execute("SELECT act_id FROM newsroom_historicalcase ORDER BY history_id DESC LIMIT 2")
        (second,), (first,) = cursor.fetchall()
        cursor.execute(
            "UPDATE newsroom_historicalcase SET act_id = %s - act_id WHERE act_id IN (%s, %s)",
            [first + second, first, second],
        )
        for table in ("audit_entry", "newsroom_historicalcase"):
            for trigger in ("record_stays", "record_stays_whole"):
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")
    prepare()
    assert findings() == []
