"""One errand to an authority: take it, ask, verify what comes back, write it down or come again."""

from datetime import timedelta

from django.utils import timezone

from audit import errands
from audit.stamps.authorities import target
from audit.stamps.receipts import pursue
from audit.stamps.states import Failure, StampState, UnableToStamp
from sources.actions import stamps
from sources.models import CaptureStamp

PATIENCE = timedelta(days=14)  # with a calendar's promise


def make(stamp_id: int, owner: str) -> bool:
    """Ask, unless somebody else does or it is done. Returns whether a result was written."""
    if not errands.take(CaptureStamp.objects.all(), stamp_id, owner):
        return False
    stamp = CaptureStamp.objects.select_related("capture").get(pk=stamp_id)
    promised = bytes(stamp.receipt) if stamp.state == StampState.PENDING else b""
    try:
        receipt = pursue(target(stamp.kind, stamp.target), stamp.digest, promised)
    except UnableToStamp as unable:
        return _unable(stamp, owner, unable)
    if receipt is not None:
        return stamps.receive(stamp_id=stamp_id, owner=owner, receipt=receipt)
    if timezone.now() - stamp.asked_at > PATIENCE:
        return stamps.fail(stamp_id=stamp_id, owner=owner, failure=Failure.NEVER_COMPLETED, detail="")
    errands.come_back(CaptureStamp.objects.all(), stamp_id, owner, stamps.NEXT_LOOK)
    return False


def _unable(stamp: CaptureStamp, owner: str, unable: UnableToStamp) -> bool:
    if unable.failure.may_pass and not errands.is_last(stamp):
        wait = timedelta(seconds=unable.wait)
        errands.put_back(CaptureStamp.objects.all(), stamp.pk, owner, unable.failure, wait=wait)
        return False
    return stamps.fail(stamp_id=stamp.pk, owner=owner, failure=unable.failure, detail=unable.detail)
