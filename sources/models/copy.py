"""Copies of a captured address in another archive: asked for by a person, or looked up."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from audit.models.errand import QUEUE, Errand
from newsroom.models import User
from sources.domain.copies import CopyState
from sources.models.capture import Capture
from sources.models.fields import DetailField
from sources.models.kinds import COPY_KINDS, COPY_STATES


class ExternalCopy(Errand):
    """One question to one archive. Asking tells that archive the address, so who asked is on record.

    `memento_url` and `memento_at` are the copy made, or of those that are there the one nearest to the capture.
    `known` is how many it named; where they were found in a list that was not read to its end, `reason` is how far that
    was (`domain.timemaps.Extent`). `answer` is what it answered, cut to what is worth keeping.
    """

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="copies", verbose_name=_("capture"))
    kind = models.CharField(_("kind"), max_length=10, choices=COPY_KINDS)
    archive = models.TextField(_("archive asked"))
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), db_default=Now())
    state = models.CharField(_("state"), max_length=10, choices=COPY_STATES, default=CopyState.QUEUED)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    detail = DetailField(_("detail"), blank=True)
    memento_url = models.TextField(_("address of the copy"), blank=True)
    memento_at = models.DateTimeField(_("copy made"), null=True)
    known = models.PositiveIntegerField(_("copies known"), null=True)
    answer = models.TextField(_("what it answered"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    job = models.CharField(max_length=100, blank=True)

    history: Any = tracked(excluded=(*QUEUE, "job"))

    class Meta(Errand.Meta):
        ordering = ("-id",)
        verbose_name = _("copy elsewhere")
        verbose_name_plural = _("copies elsewhere")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=CopyState.FOUND) | ~models.Q(memento_url=""),
                name="a_copy_found_has_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.capture_id}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (CopyState.QUEUED, CopyState.ASKED)
