"""What the queue promises, on a real Valkey."""

import time
from subprocess import Popen

import pytest
from celery.signals import task_prerun
from django.db import connection
from django.test import Client
from kombu.exceptions import OperationalError
from pytest_django import Settings

from config.celery import app
from tests.engines import Valkey


@app.task(name="celery.ping")
def wake_nobody() -> None:
    """Only its message is of interest; a worker knows the name and does nothing."""


def test_a_message_goes_to_its_queue_and_to_no_other() -> None:
    bindings = [(queue.exchange.name, queue.routing_key) for queue in app.conf.task_queues]
    assert len(set(bindings)) == len(bindings) == 2


def test_no_promise_is_weakened_by_another_option() -> None:
    options = app.conf
    assert options.task_acks_late
    assert options.task_reject_on_worker_lost
    assert options.worker_prefetch_multiplier == 1
    assert options.accept_content == ["json"]
    assert options.result_backend is None
    assert options.broker_transport_options["visibility_timeout"] > options.task_time_limit


@pytest.mark.django_db
def test_a_worker_keeps_no_queries(settings: Settings) -> None:
    """Django does in development, and forgets them when a request begins: a worker serves none."""
    settings.DEBUG = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.queries_log
    task_prerun.send(sender=wake_nobody)
    assert not connection.queries_log


@pytest.mark.django_db(transaction=True)
def test_all_come_back_to_a_broker_that_was_killed(broker: Valkey, celery_worker: Popen[bytes], client: Client) -> None:
    if broker.socket is None:
        pytest.skip("REDIS_URL names a broker that is not ours to kill")
    wake_nobody.delay()
    broker.kill()
    assert client.get("/healthz").json()["broker"] == "silent"
    asked_at = time.monotonic()
    with pytest.raises(OperationalError):
        wake_nobody.delay()
    assert time.monotonic() - asked_at < 2

    broker.start()
    wake_nobody.delay()
    assert any(client.get("/healthz").json()["worker"] == "ok" for _ in range(30))
    assert celery_worker.poll() is None
