"""What others say of a capture: that its file was there by a certain time."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from audit.models.errand import QUEUE, Errand
from audit.stamps.authorities import name_of
from audit.stamps.states import StampState
from sources.models.capture import Capture
from sources.models.kinds import STAMP_KINDS, STAMP_STATES


class CaptureStamp(Errand):
    """One question to one authority about one capture: the digest of its WACZ went out, `receipt` came back, whole.

    `sent` is the query the receipt answers. `said_by` and `said_at` were read from the receipt when it was verified.
    """

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="stamps", verbose_name=_("capture"))
    kind = models.CharField(_("kind"), max_length=10, choices=STAMP_KINDS)
    target = models.TextField(_("who is asked"))
    state = models.CharField(_("state"), max_length=10, choices=STAMP_STATES, default=StampState.QUEUED)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    detail = models.TextField(_("detail"), blank=True)
    sent = models.BinaryField(default=b"")
    receipt = models.BinaryField(default=b"")
    said_by = models.TextField(_("said by"), blank=True)
    said_at = models.DateTimeField(_("said of the time"), null=True)
    asked_at = models.DateTimeField(db_default=Now())
    received_at = models.DateTimeField(_("receipt came"), null=True)

    history: Any = tracked(excluded=QUEUE)

    class Meta(Errand.Meta):
        ordering = ("id",)
        verbose_name = _("time stamp")
        verbose_name_plural = _("time stamps")
        constraints = [
            models.UniqueConstraint(fields=["capture", "kind", "target"], name="one_stamp_of_each_authority"),
            models.CheckConstraint(
                condition=~models.Q(state=StampState.STAMPED) | models.Q(said_at__isnull=False),
                name="a_stamp_names_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} on {self.capture_id}"

    @property
    def who(self) -> str:
        """What people call whoever was asked."""
        return name_of(self.target)

    @property
    def is_unanswered(self) -> bool:
        """Whether asking has led to nothing so far: it was given up, or is to be tried again later."""
        return self.state == StampState.FAILED or (self.state == StampState.QUEUED and bool(self.retry_reason))

    @property
    def digest(self) -> bytes:
        """What is stamped: the SHA-256 digest of the WACZ."""
        return bytes.fromhex(self.capture.wacz_digest.removeprefix("sha256:"))
