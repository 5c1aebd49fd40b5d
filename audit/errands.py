"""Errands to the outside that must not get lost: time stamps, copies elsewhere, anchors of the ledger.

The row in PostgreSQL is the queue; a message only wakes a worker with its number. Taking one is a conditional UPDATE
that gives a lease; the result is written by who still holds it. A message that comes twice, late or never changes
nothing, and a service that is down for days delays what is asked of it and loses nothing. All times are the database's.
"""

import logging
from datetime import timedelta
from typing import Any, TypeVar

from celery import Task
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from audit.models.errand import Errand

# Longer than a conversation may take, and writing down what came of it.
LEASE = timedelta(minutes=3)
# After each attempt that failed; the last of them again and again. Together some ten days.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720))
MOST_ATTEMPTS = 24
SOON = timedelta(seconds=10)  # where the other side said that it is at it


log = logging.getLogger(__name__)
E = TypeVar("E", bound=Errand)
Errands = models.QuerySet[E]


def due(errands: Errands[E]) -> Errands[E]:
    """Those whose time has come and that nobody has, or whose worker was not heard of since."""
    free = Q(lease_expires_at=None) | Q(lease_expires_at__lt=Now())
    return errands.filter(free, next_attempt_at__lte=Now())


def take(errands: Errands[E], pk: Any, owner: str) -> bool:
    """Make `owner` the one who does it. Of any number of workers that try at once, one is told True."""
    # The race is decided here: PostgreSQL re-checks the condition on the locked row, so the second UPDATE finds none.
    mine = {"lease_owner": owner, "lease_expires_at": Now() + LEASE, "attempts": F("attempts") + 1}
    return due(errands).filter(pk=pk, attempts__lt=MOST_ATTEMPTS).update(**mine) == 1


def put_back(errands: Errands[E], pk: Any, owner: str, reason: str, *, wait: timedelta = timedelta()) -> bool:
    """Ask again later: after our own pause, or the longer one that the service named."""
    attempts = _held(errands, pk, owner).values_list("attempts", flat=True).first()
    if attempts is None:
        return False
    pause = BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
    return _again(errands, pk, owner, max(pause, wait), retry_reason=reason)


def come_back(errands: Errands[E], pk: Any, owner: str, after: timedelta) -> bool:
    """It went well and there is more to come: the failures so far are forgotten."""
    return _again(errands, pk, owner, after, retry_reason="", attempts=0)


def held(errands: Errands[E], pk: Any, owner: str) -> E | None:
    """The errand, locked, if `owner` still has it."""
    return _held(errands, pk, owner).select_for_update(of=("self",)).first()


def spent(errands: Errands[E]) -> Errands[E]:
    """Those tried as often as one is tried, the last time by a worker that was not heard of since."""
    return due(errands).filter(attempts__gte=MOST_ATTEMPTS)


def end(errand: Errand) -> None:
    """Nothing is left to ask. Saved by whoever writes the result."""
    errand.next_attempt_at = errand.lease_expires_at = None
    errand.lease_owner = errand.retry_reason = ""


def release(errand: Errand, after: timedelta) -> None:
    """There is more to come. Saved by whoever writes what has come so far."""
    end(errand)
    errand.attempts = 0
    errand.next_attempt_at = Now() + after  # an expression, for the database's clock


def is_last(errand: Errand) -> bool:
    return errand.attempts >= MOST_ATTEMPTS


def wake(task: Task, pk: Any, **options: Any) -> None:
    """Tell a worker. A broker that is down is no reason to refuse anything: the sweep tells again."""
    try:
        task.apply_async(args=[str(pk)], **options)
    except OperationalError:
        log.warning("The broker is down; the sweep will publish what is due when it is back.")


def _held(errands: Errands[E], pk: Any, owner: str) -> Errands[E]:
    return errands.filter(pk=pk, lease_owner=owner, lease_expires_at__isnull=False)


def _again(errands: Errands[E], pk: Any, owner: str, after: timedelta, **values: Any) -> bool:
    free = {"lease_owner": "", "lease_expires_at": None, "next_attempt_at": Now() + after}
    return _held(errands, pk, owner).update(**free, **values) == 1
