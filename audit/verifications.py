"""Verifications that were asked for. The row in PostgreSQL is the queue; a message only wakes a worker with its number.

A worker owns a run for the time of a lease, which it renews as it comes on. A run nobody works on any more is found by
the sweep, and given up after three attempts.
"""

import logging
import time
from datetime import timedelta

import psycopg
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from audit.models import RunState, VerificationRun
from audit.verifying.run import Wanted, verify
from audit.verifying.session import snapshot

LEASE = timedelta(minutes=3)
MOST_ATTEMPTS = 3
TOLD_EVERY = 0.5  # seconds

log = logging.getLogger(__name__)


def due() -> "QuerySet[VerificationRun]":
    abandoned = Q(state=RunState.RUNNING, lease_expires_at__lt=Now())
    return VerificationRun.objects.filter(Q(state=RunState.QUEUED) | abandoned)


def take(run_id: int) -> bool:
    """Of any number of workers that try at once, one is told True."""
    # PostgreSQL looks at the condition again on the locked row, so the second UPDATE finds none.
    taken = due().filter(pk=run_id, attempts__lt=MOST_ATTEMPTS)
    return taken.update(state=RunState.RUNNING, attempts=F("attempts") + 1, lease_expires_at=Now() + LEASE) == 1


def make(run_id: int) -> None:
    if not take(run_id):
        return
    attempt = VerificationRun.objects.values_list("attempts", flat=True).get(pk=run_id)
    # A worker that was thought lost and comes back writes nothing: the attempt is another's by then.
    ours = VerificationRun.objects.filter(pk=run_id, state=RunState.RUNNING, attempts=attempt)
    told = 0.0

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= TOLD_EVERY:
            told = time.monotonic()
            ours.update(stage=stage, done=done, total=total, lease_expires_at=Now() + LEASE)

    try:
        with snapshot() as session:
            report = verify(session, Wanted(), tell)
    except psycopg.OperationalError:
        raise  # the database did not answer: the sweep has it tried again
    except Exception:
        ours.update(state=RunState.FAILED, ended_at=Now(), lease_expires_at=None)
        raise
    ours.update(state=RunState.DONE, report=report.as_json(), ended_at=Now(), lease_expires_at=None)


def sweep() -> None:
    due().filter(attempts__gte=MOST_ATTEMPTS).update(state=RunState.FAILED, ended_at=Now())
    for run_id in due().values_list("pk", flat=True):
        wake(run_id)


def wake(run_id: int) -> None:
    """Tell a worker. While the broker is down nothing is lost: the sweep tells again."""
    from audit.tasks import verify_ledger

    try:
        verify_ledger.delay(run_id)
    except OperationalError:
        log.warning("The broker is down; the sweep will publish waiting verifications when it is back.")
