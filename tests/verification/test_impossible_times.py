"""Times that Python has none for, written by who tampers: pages answer, and say that it is one that cannot be."""

from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit import checkpoints
from audit.models import Entry
from newsroom.models import Case
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification import make

TIMES = ["infinity", "-infinity", "0044-03-15 BC", "290000-01-01 00:00+00"]


def reading(cast: Cast) -> Client:
    reader = Client()
    reader.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    return reader


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("column", ["audit_entry recorded_at", "audit_act at", "audit_checkpoint made_at"])
def test_pages_answer(cast: Cast, case: Case, time: str, column: str) -> None:
    claim = make.claim(cast, case)
    checkpoints.make()
    index = Entry.objects.filter(act__name="claim.create").latest("index").index
    table, name = column.split()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER record_stays")
        cursor.execute(f"UPDATE {table} SET {name} = %s", [time])  # noqa: S608  (names above)
    reader = reading(cast)
    pages = [
        reverse("audit-proof", args=[index]),
        reverse("ledger"),
        reverse("audit-list"),
        reverse("claim-history", args=[claim.reference]),
        reverse("claim-as-it-stood", args=[claim.reference]),
    ]
    answers = [reader.get(page) for page in pages]
    assert [answer.status_code for answer in answers] == [HTTPStatus.OK] * len(pages)
    assert "a time that cannot be" in answers[0].content.decode()


@pytest.mark.parametrize("day", ["infinity", "-infinity", "0044-03-15 BC", "290000-01-01"])
def test_pages_answer_where_a_day_is_none(cast: Cast, case: Case, day: str) -> None:
    source = sources.source(cast, case, url="https://news.example/page")
    capture = sources.capture(cast, source, "نص", published="A day")
    claim = make.claim(cast, case)
    make.account(cast, claim, source=source.pk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("ALTER TABLE sources_historicalcapture DISABLE TRIGGER record_stays")
        for table in ("sources_capture", "sources_historicalcapture"):
            cursor.execute(f"UPDATE {table} SET published_on = %s", [day])  # noqa: S608  (names above)
    pages = [
        reverse("capture-detail", args=[capture.pk]),
        reverse("capture-history", args=[capture.pk]),
        reverse("audit-list"),
        reverse("claim-detail", args=[claim.reference]),
        reverse("claim-as-it-stood", args=[claim.reference]),
    ]
    answers = [reading(cast).get(page) for page in pages]
    assert [answer.status_code for answer in answers] == [HTTPStatus.OK] * len(pages)
    for answer in answers[:3]:
        assert "a date that cannot be" in answer.content.decode()
