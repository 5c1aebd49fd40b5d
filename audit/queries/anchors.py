"""Where checkpoints were taken, and what came back, for pages."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from audit.models import Anchor, AnchorReceipt, Checkpoint
from audit.stamps.states import StampState
from audit.wording import anchors as wording

HOLDS = (StampState.STAMPED, StampState.COMPLETE, StampState.DELIVERED)


@dataclass(frozen=True, slots=True)
class Shown:
    """One anchor for a page: `templates/audit/_anchor.html`."""

    anchor: Anchor
    receipt: AnchorReceipt | None
    sentence: SafeString
    sign: str


def with_anchors(checkpoints: "QuerySet[Checkpoint]") -> "QuerySet[Checkpoint]":
    """So that `anchors_of` asks nothing more. Two queries, however many there are."""
    return checkpoints.prefetch_related("anchors__receipts")


def anchors_of(checkpoint: Checkpoint) -> list[Shown]:
    """Each place with how it stands there, in the order in which they were planned."""
    shown = []
    for anchor in checkpoint.anchors.all():
        receipt = max(anchor.receipts.all(), key=lambda each: each.pk, default=None)
        shown.append(Shown(anchor, receipt, wording.said(anchor, receipt), wording.sign(anchor)))
    return shown


def holders_of(checkpoint: Checkpoint) -> list[str]:
    """Who holds it outside: those where something came back that can be relied on, each once."""
    return list(dict.fromkeys(anchor.who for anchor in checkpoint.anchors.all() if anchor.state in HOLDS))
