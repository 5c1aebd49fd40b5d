"""Whose turn it is: which of the captures that are due a free worker begins.

Fair to those who ask: next is whoever was served longest ago, and of theirs what was asked for first, so a batch of a
thousand takes turns with one page of somebody else. Polite to those who are asked: of one host so many at a time, a
pause between two beginnings, and nothing at all for as long as it asked to be left alone. Addresses this installation
names as its own (`ISNAD_CAPTURE_ALLOW`) need no politeness.
"""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, Count, F, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import Greatest, Now

from sources import queue
from sources.models import Capture, CaptureState, HostRest
from sources.models.capture import CaptureQuerySet

# Any fixed number that no other advisory lock of the product has.
_TAKING = 8_000_001


def take_next(owner: str) -> UUID | None:
    """Make `owner` the one who does what is next; None when nothing may be begun now."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Two workers that count at the same moment would each find room for one more at the same host.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TAKING])
        return take_unguarded(owner)


def take_unguarded(owner: str) -> UUID | None:
    """`take_next` for who is alone: between counting and taking nobody else may do the same."""
    while (capture_id := _next()) is not None:
        if queue.take(capture_id, owner):
            return capture_id
    return None


def until_next() -> timedelta | None:
    """How long to wait before it is worth trying `take_next`; None while nothing is due."""
    if not _waiting().exists():
        return None
    return timedelta() if _may_begin(_waiting()).exists() else _pause()


def leave_alone(url: str, wait: timedelta) -> None:
    """The host of `url` asked not to be asked for `wait`. A longer wait it named before still holds."""
    host, until = urlsplit(url).netloc, Now() + wait
    # Conditional and in PostgreSQL, as two workers may be told two different times.
    _, is_new = HostRest.objects.get_or_create(host=host, defaults={"until": until})
    if not is_new:
        HostRest.objects.filter(host=host).update(until=Greatest("until", until))


def _next() -> UUID | None:
    open_now = _may_begin(_waiting())
    served = Capture.objects.filter(taken_at__isnull=False).order_by("-taken_at").values("taken_at")
    by_same_person = Subquery(served.filter(requested_by=OuterRef("requested_by"))[:1])
    # What the system itself asked for (a watch, the command line) counts as one asker.
    by_nobody = Subquery(served.filter(requested_by=None)[:1])
    asker = (
        open_now.order_by()
        .values("requested_by")
        .annotate(
            oldest=Min("requested_at"), served=Case(When(requested_by=None, then=by_nobody), default=by_same_person)
        )
        .order_by(F("served").asc(nulls_first=True), "oldest")
        .first()
    )
    if asker is None:
        return None
    theirs = open_now.filter(requested_by=asker["requested_by"]).order_by("requested_at", "pk")
    return theirs.values_list("pk", flat=True).first()


def _waiting() -> CaptureQuerySet:
    return queue.due().filter(attempts__lt=queue.MOST_ATTEMPTS)


def _may_begin(captures: CaptureQuerySet) -> CaptureQuerySet:
    """Those of hosts that may be asked now."""
    running = Capture.objects.filter(state=CaptureState.RUNNING, lease_expires_at__gte=Now()).order_by().values("host")
    full = running.annotate(at_once=Count("pk")).filter(at_once__gte=settings.CAPTURES_PER_HOST).values("host")
    just_asked = Capture.objects.filter(taken_at__gt=Now() - _pause()).values("host")
    ours = Q(host__in=settings.ISNAD_CAPTURE_ALLOW)
    polite = ~Q(host__in=full) & ~Q(host__in=just_asked)
    return captures.filter(ours | polite).exclude(host__in=HostRest.objects.filter(until__gt=Now()).values("host"))


def _pause() -> timedelta:
    return timedelta(seconds=settings.CAPTURE_HOST_PAUSE)
