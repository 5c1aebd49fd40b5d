"""Where checkpoints were taken, and what came back, for pages."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from audit.models import Anchor, AnchorReceipt, Checkpoint
from audit.stamps.states import BORNE_OUT, StampState
from audit.wording import anchors as wording


@dataclass(frozen=True, slots=True)
class Shown:
    """One anchor for a page: `templates/audit/_anchor.html`. `state` is None where no receipt bears out what it is said
    to have come to: then nothing is vouched for."""

    anchor: Anchor
    state: StampState | None
    receipt: AnchorReceipt | None
    sentence: SafeString
    sign: str
    detail: str


def with_anchors(checkpoints: "QuerySet[Checkpoint]") -> "QuerySet[Checkpoint]":
    """So that `anchors_of` asks nothing more. Two queries, however many there are."""
    return checkpoints.prefetch_related("anchors__receipts")


def anchors_of(checkpoint: Checkpoint, *, named: bool) -> list[Shown]:
    """Each place with how it stands there, in the order in which they were planned.

    `named` is for who runs the installation: others do not see whose mailbox or which disk it is.
    """
    shown = []
    for anchor in checkpoint.anchors.all():
        receipt = max(anchor.receipts.all(), key=lambda each: each.pk, default=None)
        state = _borne_out(anchor)
        detail = anchor.detail if named or not anchor.is_private else ""  # it may name the place
        sentence = wording.said(anchor, state, receipt, named=named)
        shown.append(Shown(anchor, state, receipt, sentence, wording.sign(state), detail))
    return shown


def _borne_out(anchor: Anchor) -> StampState | None:
    if anchor.state in (StampState.QUEUED, StampState.FAILED):
        return StampState(anchor.state)
    possible = {kind.value: states for kind, states in BORNE_OUT.items()}.get(anchor.kind, ())
    there = {each.state for each in anchor.receipts.all()}
    return next((state for state in possible if state == anchor.state and state in there), None)
