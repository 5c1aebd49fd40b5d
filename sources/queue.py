"""Captures waiting to be made. The row in PostgreSQL is the queue; a message only wakes a worker with its number.

A worker owns a capture by a conditional UPDATE and for the time of a lease; the result is written only by who still
holds the lease. A message that comes twice, late or not at all therefore changes nothing: what nobody does, the sweep
finds again. All times are the database's.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from sources.domain.captures import Reason
from sources.models import Capture, CaptureState
from sources.models.capture import CaptureQuerySet

# Longer than everything a capture may take (archiving.limits: 40 s of fetching, 20 s of reading) and writing it down.
LEASE = timedelta(seconds=150)
BACK_OFF = (timedelta(seconds=20), timedelta(minutes=2))  # after the first attempt, and after the second
MOST_ATTEMPTS = len(BACK_OFF) + 1

log = logging.getLogger(__name__)


def due() -> CaptureQuerySet:
    """What a worker may take now: waiting and due, or taken by a worker that was not heard of since."""
    waiting = Q(state=CaptureState.QUEUED, next_attempt_at__lte=Now())
    abandoned = Q(state=CaptureState.RUNNING, lease_expires_at__lt=Now())
    return Capture.objects.filter(waiting | abandoned)


def take(capture_id: UUID, owner: str) -> bool:
    """Make `owner` the one who does it. Of any number of workers that try at once, one is told True."""
    # The race is decided here: PostgreSQL re-checks the condition on the locked row, so the second UPDATE finds none.
    taken = (
        due()
        .filter(pk=capture_id, attempts__lt=MOST_ATTEMPTS)
        .update(
            state=CaptureState.RUNNING,
            attempts=F("attempts") + 1,
            lease_owner=owner,
            lease_expires_at=Now() + LEASE,
        )
    )
    return taken == 1


def put_back(capture_id: UUID, owner: str, reason: Reason, not_before: timedelta = timedelta()) -> bool:
    """Try again later, for a reason that may pass. False when `owner` lost the lease meanwhile.

    `not_before` is how long the server asked to be left alone: a longer wait than ours is kept, a shorter one is not.
    """
    held = Capture.objects.filter(pk=capture_id, state=CaptureState.RUNNING, lease_owner=owner)
    attempts = held.values_list("attempts", flat=True).first()
    if attempts is None:
        return False
    wait = max(BACK_OFF[attempts - 1], not_before)
    back = held.update(
        state=CaptureState.QUEUED,
        next_attempt_at=Now() + wait,
        retry_reason=reason,
        lease_owner="",
        lease_expires_at=None,
    )
    return back == 1


def wake(capture_id: UUID) -> None:
    """Tell a worker. A broker that is down is no reason to refuse the capture: the sweep tells again."""
    from sources.tasks import make_capture

    try:
        make_capture.apply_async(args=[str(capture_id)])
    except OperationalError:
        log.warning("The broker is down; the sweep will publish waiting captures when it is back.")
