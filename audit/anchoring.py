"""Takes checkpoints outside, to every place the settings name, and keeps what comes back.

Each checkpoint covers all before it, so a place that would be pestered by every one of them is given one now and then.
"""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models.functions import Now

from audit import errands
from audit.models import Anchor, AnchorReceipt, Checkpoint
from audit.stamps import places, receipts
from audit.stamps.authorities import Place, configured_places, target
from audit.stamps.receipts import Receipt
from audit.stamps.states import AnchorKind, Failure, StampState, UnableToStamp

LEAST_PAUSE = {AnchorKind.OTS: timedelta(hours=1), AnchorKind.MAIL: timedelta(days=1)}
NEXT_LOOK = timedelta(hours=1)  # at a calendar that has promised
PATIENCE = timedelta(days=14)
OUTSIDE = (AnchorKind.RFC3161, AnchorKind.OTS)  # asked through the guard, by workers that may


def plan(checkpoint: Checkpoint) -> list[Anchor]:
    """Have it taken to every place that is to have it, and have workers told."""
    wanted = [place for place in configured_places() if not _rests(place)]
    made = [Anchor(checkpoint=checkpoint, kind=place.kind, target=place.where) for place in wanted]
    there = {(each.kind, each.target) for each in checkpoint.anchors.all()}
    new = [each for each in made if (each.kind, each.target) not in there]
    if not new:
        return []
    Anchor.objects.bulk_create(new, ignore_conflicts=True)  # two who sign at once plan the same
    planned = list(checkpoint.anchors.filter(state=StampState.QUEUED))
    transaction.on_commit(lambda: _wake_all(planned), robust=True)
    return planned


def make(anchor_id: int, owner: str) -> bool:
    """Take one there, unless somebody else does or it is done. Returns whether something was kept."""
    if not errands.take(Anchor.objects.all(), anchor_id, owner):
        return False
    anchor = Anchor.objects.select_related("checkpoint").get(pk=anchor_id)
    try:
        receipt = _taken(anchor)
    except UnableToStamp as unable:
        return _unable(anchor, owner, unable)
    if receipt is not None:
        return _keep(anchor_id, owner, receipt)
    if Anchor.objects.filter(pk=anchor_id, asked_at__lt=Now() - PATIENCE).exists():
        return _fail(anchor_id, owner, Failure.NEVER_COMPLETED, "")
    errands.come_back(Anchor.objects.all(), anchor_id, owner, NEXT_LOOK)
    return False


def give_up(anchor_id: int) -> bool:
    """End one that was tried as often as one is tried."""
    with transaction.atomic():
        spent = errands.spent(Anchor.objects.filter(pk=anchor_id))
        anchor = spent.select_for_update().first()
        if anchor is None:
            return False
        _end(anchor, StampState.FAILED, anchor.retry_reason or Failure.UNREACHABLE, anchor.detail)
    return True


def wake(anchor_id: int, kind: str) -> None:
    from audit.tasks import anchor, anchor_outside

    errands.wake(anchor_outside if kind in OUTSIDE else anchor, anchor_id)


def _wake_all(anchors: Iterable[Anchor]) -> None:
    for each in anchors:
        wake(each.pk, each.kind)


def _rests(place: Place) -> bool:
    """Whether it has been given one not long ago."""
    pause = LEAST_PAUSE.get(place.kind)
    if pause is None:
        return False
    return Anchor.objects.filter(kind=place.kind, target=place.where, asked_at__gt=Now() - pause).exists()


def _taken(anchor: Anchor) -> Receipt | None:
    """What came back; None while there is nothing new. Raises UnableToStamp."""
    checkpoint, kind = anchor.checkpoint, AnchorKind(anchor.kind)
    if Place(kind, anchor.target) not in configured_places():
        raise UnableToStamp(Failure.NOT_CONFIGURED, f"{anchor.target} is not in the settings any more")
    if kind is AnchorKind.FILE:
        left = places.write(anchor.target, checkpoint.size, checkpoint.note)
        return Receipt(StampState.DELIVERED, b"", b"", left)
    if kind is AnchorKind.MAIL:
        sent = places.mail(anchor.target, checkpoint.size, checkpoint.note)
        return Receipt(StampState.DELIVERED, b"", sent.encode("utf-8", "surrogateescape"), anchor.target)
    promised = anchor.receipts.filter(state=StampState.PENDING).first()
    proof = bytes(promised.receipt) if promised else b""
    return receipts.pursue(target(kind, anchor.target), sha256(checkpoint.note.encode()).digest(), proof)


def _keep(anchor_id: int, owner: str, receipt: Receipt) -> bool:
    with transaction.atomic():
        anchor = errands.held(Anchor.objects.select_related("checkpoint"), anchor_id, owner)
        if anchor is None:
            return False
        AnchorReceipt.objects.create(
            anchor=anchor,
            state=receipt.state,
            note=anchor.checkpoint.note,
            sent=receipt.sent,
            receipt=receipt.receipt,
            said_by=receipt.said_by,
            said_at=receipt.said_at,
        )
        if receipt.state is StampState.PENDING:
            anchor.state = receipt.state
            errands.release(anchor, NEXT_LOOK)
            anchor.save()
        else:
            _end(anchor, receipt.state)
    return True


def _unable(anchor: Anchor, owner: str, unable: UnableToStamp) -> bool:
    if unable.failure.may_pass and not errands.is_last(anchor):
        wait = timedelta(seconds=unable.wait)
        errands.put_back(Anchor.objects.all(), anchor.pk, owner, unable.failure, wait=wait)
        return False
    return _fail(anchor.pk, owner, unable.failure, unable.detail)


def _fail(anchor_id: int, owner: str, failure: Failure, detail: str) -> bool:
    with transaction.atomic():
        anchor = errands.held(Anchor.objects.all(), anchor_id, owner)
        if anchor is None:
            return False
        _end(anchor, StampState.FAILED, failure, detail)
    return True


def _end(anchor: Anchor, state: StampState, reason: str = "", detail: str = "") -> None:
    anchor.state, anchor.reason, anchor.detail = state, reason, detail
    errands.end(anchor)
    anchor.save()
