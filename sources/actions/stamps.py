"""Write down what was said of the time of a capture, or why nobody said it."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction

from audit import acts, errands
from audit.acts import act
from audit.models import Act
from audit.stamps.authorities import targets
from audit.stamps.receipts import Receipt
from audit.stamps.states import Failure, StampState
from sources.models import Capture, CaptureStamp

STAMPER = "stamp worker"
NEXT_LOOK = timedelta(hours=1)  # at a calendar that has promised: a block takes hours


@acts.at_the_end
def ask_about_captures(act: Act, rows: Sequence[Any]) -> None:
    """Whichever act gave a capture its file, the authorities are asked about that file.

    Also where the file holds a refusal: that a server said so on that day is worth proving too.
    """
    asked = targets()
    kept = {row.id for row in rows if isinstance(row, Capture.history.model) and row.wacz_digest} if asked else set()
    if not kept:
        return
    stamped = set(CaptureStamp.objects.filter(capture__in=kept).values_list("capture_id", flat=True))
    made = [
        CaptureStamp(capture_id=capture, kind=target.kind, target=target.url)
        for capture in sorted(kept - stamped)
        for target in asked
    ]
    for stamp in acts.create_many(made):
        transaction.on_commit(partial(wake, stamp.pk), robust=True)


def wake(stamp_id: int) -> None:
    from sources.tasks import stamp_capture

    errands.wake(stamp_capture, stamp_id)


def receive(*, stamp_id: int, owner: str, receipt: Receipt) -> bool:
    """Keep a verified receipt whole, if `owner` still holds the lease. One that promises more is come back for."""
    with transaction.atomic():
        stamp = _held(stamp_id, owner)
        if stamp is None:
            return False
        with act("capture.stamp", actor=STAMPER, case=stamp.capture.case) as recorded:
            stamp.state, stamp.reason, stamp.detail = receipt.state, "", ""
            stamp.sent, stamp.receipt = receipt.sent, receipt.receipt
            stamp.said_by, stamp.said_at = receipt.said_by, receipt.said_at
            stamp.received_at = recorded.at
            if receipt.state is StampState.PENDING:
                errands.release(stamp, NEXT_LOOK)
            else:
                errands.end(stamp)
            stamp.save()
    return True


def fail(*, stamp_id: int, owner: str, failure: Failure, detail: str) -> bool:
    """There will be no receipt, or not the rest of one. What had come until then stays."""
    with transaction.atomic():
        stamp = _held(stamp_id, owner)
        if stamp is None:
            return False
        with act("capture.stamp", actor=STAMPER, case=stamp.capture.case):
            _fail(stamp, failure, detail)
    return True


def give_up(*, stamp_id: int) -> bool:
    """End one that was tried as often as one is tried."""
    with transaction.atomic():
        spent = errands.spent(CaptureStamp.objects.filter(pk=stamp_id))
        stamp = spent.select_for_update(of=("self",)).select_related("capture__case").first()
        if stamp is None:
            return False
        with act("capture.stamp", actor=STAMPER, case=stamp.capture.case):
            _fail(stamp, Failure(stamp.retry_reason or Failure.UNREACHABLE), "")
    return True


def _held(stamp_id: int, owner: str) -> CaptureStamp | None:
    return errands.held(CaptureStamp.objects.select_related("capture__case"), stamp_id, owner)


def _fail(stamp: CaptureStamp, failure: Failure, detail: str) -> None:
    stamp.state, stamp.reason, stamp.detail = StampState.FAILED, failure, detail
    errands.end(stamp)
    stamp.save()
