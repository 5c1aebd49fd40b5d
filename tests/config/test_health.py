"""`/healthz` says what is alive, and names what is not."""

import pytest
from django.test import Client

from config.celery import app


@pytest.mark.django_db(transaction=True)
def test_it_works(client: Client, celery_worker: object) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "broker": "ok", "worker": "ok"})


@pytest.mark.django_db
def test_a_silent_broker_takes_the_worker_with_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "broker": "silent", "worker": "silent"})


@pytest.mark.django_db
def test_it_only_reads(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
