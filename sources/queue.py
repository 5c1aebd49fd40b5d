"""Captures waiting to be made. The row in PostgreSQL is the queue; a message only wakes a worker.

A worker owns a capture by a conditional UPDATE and for the time of a lease, which it renews while it lives; the result
is written only by who still holds it. A message that comes twice, late or not at all therefore changes nothing: what
nobody does, the sweep finds again. All times are the database's. Whose turn it is: turns.py.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection
from django.db.models import F, Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerDown

from sources.domain.captures import Reason
from sources.models import Capture, CaptureState
from sources.models.capture import CaptureQuerySet

# Short, so that what a dead worker had is soon another's; a living one renews it three times over. After the last
# renewal a worker that hangs is taken for dead: by then Celery has killed it (config/queue.py, task_time_limit).
LEASE = timedelta(seconds=60)
RENEW_EVERY = LEASE / 3
LONGEST = timedelta(minutes=10)
BACK_OFF = (timedelta(seconds=20), timedelta(minutes=2))  # after the first attempt, and after the second
MOST_ATTEMPTS = len(BACK_OFF) + 1

log = logging.getLogger(__name__)


def due() -> CaptureQuerySet:
    """What a worker may take now: waiting and due, or taken by a worker that was not heard of since."""
    waiting = Q(state=CaptureState.QUEUED, next_attempt_at__lte=Now())
    abandoned = Q(state=CaptureState.RUNNING, lease_expires_at__lt=Now())
    return Capture.objects.filter(waiting | abandoned)


def take(capture_id: UUID, owner: str) -> bool:
    """Make `owner` the one who does it. Of any number of workers that try at once, one is told True.

    An owner is a name nobody had before: whoever took the same capture twice would take its own dead self for alive.
    """
    # The race is decided here: PostgreSQL re-checks the condition on the locked row, so the second UPDATE finds none.
    taken = (
        due()
        .filter(pk=capture_id, attempts__lt=MOST_ATTEMPTS)
        .update(
            state=CaptureState.RUNNING,
            attempts=F("attempts") + 1,
            taken_at=Now(),
            lease_owner=owner,
            lease_expires_at=Now() + LEASE,
        )
    )
    return taken == 1


@contextmanager
def renewed(capture_id: UUID, owner: str) -> Iterator[None]:
    """Keep the lease of `owner` from ending while the block runs."""
    done = threading.Event()
    renewer = threading.Thread(target=_renew, args=[capture_id, owner, done], daemon=True)
    renewer.start()
    try:
        yield
    finally:
        done.set()


def _renew(capture_id: UUID, owner: str, done: threading.Event) -> None:
    for _ in range(LONGEST // RENEW_EVERY):
        if done.wait(RENEW_EVERY.total_seconds()):
            return
        try:
            if not held(capture_id, owner).update(lease_expires_at=Now() + LEASE):
                return
        except (OperationalError, InterfaceError):
            log.warning("The database does not answer; a lease could not be renewed.")
        finally:
            connection.close()


def held(capture_id: UUID, owner: str) -> CaptureQuerySet:
    """The capture, if it is still `owner` who does it."""
    return Capture.objects.filter(pk=capture_id, state=CaptureState.RUNNING, lease_owner=owner)


def put_back(capture_id: UUID, owner: str, reason: Reason, not_before: timedelta = timedelta()) -> bool:
    """Try again later, for a reason that may pass. False when `owner` lost the lease meanwhile.

    `not_before` is how long the server asked to be left alone: a longer wait than ours is kept, a shorter one is not.
    """
    attempts = held(capture_id, owner).values_list("attempts", flat=True).first()
    if attempts is None:
        return False
    wait = max(BACK_OFF[attempts - 1], not_before)
    back = held(capture_id, owner).update(
        state=CaptureState.QUEUED,
        next_attempt_at=Now() + wait,
        retry_reason=reason,
        lease_owner="",
        lease_expires_at=None,
    )
    return back == 1


def wake(after: timedelta = timedelta(), *, useful_for: timedelta | None = None) -> None:
    """Tell a worker that there is something to do. A broker that is down is no reason to refuse a capture: the sweep
    tells again.
    """
    from sources.tasks import make_capture

    try:
        make_capture.apply_async(
            countdown=after.total_seconds() or None, expires=useful_for.total_seconds() if useful_for else None
        )
    except BrokerDown:
        log.warning("The broker is down; the sweep will wake workers when it is back.")
