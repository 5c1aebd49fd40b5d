"""Where checkpoints were taken, and what came back: for pages, and for whoever verifies."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from audit.models import Anchor, AnchorReceipt, Checkpoint
from audit.wording import anchors as wording


@dataclass(frozen=True, slots=True)
class Shown:
    """One anchor for a page: `templates/audit/_anchor.html`."""

    anchor: Anchor
    receipt: AnchorReceipt | None
    sentence: SafeString
    sign: str


def anchors_of(checkpoint: Checkpoint) -> list[Shown]:
    return anchors_of_all([checkpoint])[checkpoint.pk]


def anchors_of_all(checkpoints: Iterable[Checkpoint]) -> dict[int, list[Shown]]:
    """By the checkpoints' sizes, those without any too. Two queries, however many there are."""
    found: dict[int, list[Shown]] = {each.pk: [] for each in checkpoints}
    for anchor in Anchor.objects.filter(checkpoint__in=found).prefetch_related("receipts"):
        receipt = max(anchor.receipts.all(), key=lambda each: each.pk, default=None)
        found[anchor.checkpoint_id].append(Shown(anchor, receipt, wording.said(anchor, receipt), wording.sign(anchor)))
    return found
