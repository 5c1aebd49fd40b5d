"""An address to be looked at again.

When the next look is due, and how the latest went, is queue state: written by UPDATEs, outside of the history, and
derived from the looks (`sources.models.look`).
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User
from newsroom.models.fields import ProseField
from sources.domain.rhythm import Unread, next_look
from sources.models.kinds import Rhythm, StoppedBy, WatchReason, WatchState
from sources.models.source import Source, visible_sources

QUEUE_STATE = ("next_look_at", "looked_at", "unread_since", "unread_looks", "changed_at")


class WatchQuerySet(models.QuerySet["Watch"]):
    def visible_to(self, user: User) -> "WatchQuerySet":
        return self.filter(visible_sources(user, "source__"))

    def active(self) -> "WatchQuerySet":
        return self.filter(state=WatchState.ACTIVE)

    def stopped(self) -> "WatchQuerySet":
        return self.filter(state=WatchState.STOPPED)

    def due(self) -> "WatchQuerySet":
        return self.active().filter(next_look_at__lte=Now())

    def locked(self) -> "WatchQuerySet":
        """To be written, with the case that says who may; neither that nor the source is locked."""
        return self.select_for_update(of=("self",), no_key=True).select_related("source__case")

    def unread(self) -> "WatchQuerySet":
        """Those whose page could not be read in the latest look."""
        return self.exclude(unread_since=None)


class Watch(models.Model):
    """`url` is what is asked for. `every` is in hours, or left to the age of the watch.

    `reason` is what the person said who last started, changed or stopped it; `started_at` is since when it is watched
    without a break. It belongs to where its source belongs.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="watches", verbose_name=_("source"))
    url = models.TextField(_("address"))
    canonical_url = models.TextField(editable=False)
    why = models.CharField(_("why"), max_length=10, choices=WatchReason.choices)
    state = models.CharField(_("state"), max_length=8, choices=WatchState.choices, default=WatchState.ACTIVE)
    stopped_by = models.CharField(_("stopped by"), max_length=8, choices=StoppedBy.choices, blank=True)
    every = models.PositiveSmallIntegerField(_("how often"), choices=Rhythm.choices, default=Rhythm.AUTOMATIC)
    reason = ProseField(_("reason"), blank=True)
    started_at = models.DateTimeField(_("watched since"), db_default=Now())
    version = models.PositiveIntegerField(default=1, editable=False)

    next_look_at = models.DateTimeField(null=True, db_default=Now())
    looked_at = models.DateTimeField(null=True)
    unread_since = models.DateTimeField(null=True)
    unread_looks = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    objects = WatchQuerySet.as_manager()
    history: Any = tracked(excluded=("canonical_url", *QUEUE_STATE))

    class Meta:
        ordering = ("id",)
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = [
            models.UniqueConstraint(fields=["source", "canonical_url"], name="one_watch_of_an_address_of_a_source"),
            models.CheckConstraint(
                condition=models.Q(state=WatchState.ACTIVE, stopped_by="")
                | (models.Q(state=WatchState.STOPPED, next_look_at=None) & ~models.Q(stopped_by="")),
                name="a_watch_is_stopped_by_somebody_or_goes_on",
            ),
            models.CheckConstraint(
                condition=~models.Q(stopped_by=StoppedBy.PERSON) | ~models.Q(reason=""),
                name="a_person_stops_a_watch_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["next_look_at"], condition=models.Q(state="ACTIVE"), name="watch_due")]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        return f"{Source(pk=self.source_id).get_absolute_url()}#watch-{self.pk}"

    @property
    def case(self) -> Case | None:
        return self.source.case

    @property
    def is_active(self) -> bool:
        return self.state == WatchState.ACTIVE

    @property
    def interval(self) -> timedelta | None:
        """What a person asked for; None where its age decides."""
        return timedelta(hours=self.every) if self.every else None

    @property
    def fresh_at(self) -> datetime:
        return max(self.started_at, self.changed_at or self.started_at)

    @property
    def unread(self) -> Unread | None:
        return Unread(self.unread_since, self.unread_looks) if self.unread_since else None

    def due_after(self, at: datetime, fresh_at: datetime | None = None) -> datetime:
        """When it is looked at again after a look `at`."""
        fresh_at = fresh_at or self.fresh_at
        key = f"{self.canonical_url} {at.isoformat()}"
        return next_look(at, fresh_at=fresh_at, unread=self.unread, fixed=self.interval, key=key)
