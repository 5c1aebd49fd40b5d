"""Where a checkpoint was taken outside, so that not even whoever owns the database can make the log anew unseen.

An anchor is an errand and no act: acts are what checkpoints are made of, and would give each other reason to be made.
"""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models.checkpoint import Checkpoint
from audit.models.errand import Errand
from audit.stamps.authorities import name_of
from audit.stamps.states import AnchorKind, StampState

PRIVATE = AnchorKind.FILE, AnchorKind.MAIL
KINDS = [
    (AnchorKind.RFC3161.value, _("time stamp (RFC 3161)")),
    (AnchorKind.OTS.value, _("OpenTimestamps")),
    (AnchorKind.FILE.value, _("a file elsewhere")),
    (AnchorKind.MAIL.value, _("mail to an outsider")),
]


HOLDS = StampState.STAMPED.value, StampState.COMPLETE.value, StampState.DELIVERED.value
"""Somebody outside has it, and something came back that can be relied on."""


class Anchor(Errand):
    """One checkpoint at one place: how it stands. What came back are its receipts, which only grow."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="anchors")
    kind = models.CharField(max_length=10, choices=KINDS)
    target = models.TextField()
    state = models.CharField(max_length=10, default=StampState.QUEUED)
    reason = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)
    asked_at = models.DateTimeField(db_default=Now())

    class Meta(Errand.Meta):
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "kind", "target"], name="one_anchor_at_each_place")
        ]
        indexes = [
            *Errand.Meta.indexes,
            models.Index(fields=["kind", "checkpoint"], name="anchored_by_kind", condition=models.Q(state__in=HOLDS)),
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} at {self.who}"

    @property
    def who(self) -> str:
        """What those call the place who run it: an address and a path are theirs to know (`audit.wording.anchors`)."""
        return self.target if self.is_private else name_of(self.target)

    @property
    def is_private(self) -> bool:
        """Whose mailbox it is, or where on which disk."""
        return self.kind in PRIVATE


class AnchorReceipt(models.Model):
    """What came back, whole. `note` is the signed checkpoint that was taken out, `sent` the query that went with it.

    A calendar gives two: its promise, and what that has become. Both stay.
    """

    anchor = models.ForeignKey(Anchor, models.PROTECT, related_name="receipts")
    state = models.CharField(max_length=10)
    note = models.TextField()
    sent = models.BinaryField(default=b"")
    receipt = models.BinaryField(default=b"")
    said_by = models.TextField(blank=True)
    said_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["anchor", "state"], name="one_receipt_of_each_kind")]

    def __str__(self) -> str:
        return f"{self.state}: {self.said_by}"
