"""What was seen when a watched page was looked at again.

Each look is a capture that has ended. That there was one, and what it says of each passage marked on that page, is
never changed.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import Lag, Lead
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User
from sources.domain.passages import TextPositionSelector
from sources.domain.texts import MARKUP, OF_THE_ARTICLE
from sources.domain.watching import Sighted
from sources.models.capture import Capture
from sources.models.excerpt import Excerpt
from sources.models.kinds import SIGHTINGS
from sources.models.watch import Watch


class LookManager(models.Manager["Look"]):
    def get_queryset(self) -> "models.QuerySet[Look]":
        return super().get_queryset().select_related("watch", "capture")


class Look(models.Model):
    """A capture of a watched page that has ended. `reached`: it says something of what was on the page."""

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="looks", verbose_name=_("watch"))
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="looks", verbose_name=_("capture"))
    reached = models.BooleanField(_("the page was read"))

    objects = LookManager()
    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        constraints = [models.UniqueConstraint(fields=["watch", "capture"], name="a_capture_is_one_look_of_a_watch")]

    def __str__(self) -> str:
        return f"{self.watch_id} in {self.capture_id}"

    @property
    def at(self) -> datetime:
        return self.capture.captured_at or self.capture.requested_at


class SightingQuerySet(models.QuerySet["Sighting"]):
    def visible_to(self, user: User) -> "SightingQuerySet":
        return self.filter(excerpt__in=Excerpt.objects.visible_to(user))

    def in_full(self) -> "SightingQuerySet":
        return self.select_related("look__capture", "look__watch", "excerpt")

    def marked(self) -> "SightingQuerySet":
        """With the copy the passage was marked in, and who brought that if it was made elsewhere."""
        found = self.select_related("excerpt__capture__upload", "excerpt__capture__requested_by")
        return found.defer("excerpt__capture__exchanges", "excerpt__capture__missing")

    def telling(self) -> "SightingQuerySet":
        """Those that say something of the passage."""
        return self.exclude(state=Sighted.UNREACHABLE)

    def but_of_the_article(self, excerpts: Iterable[int | None] | None = None) -> "SightingQuerySet":
        """Without "absent" (of these excerpts) in texts that hold the article only: the rest of the page may have had
        the words."""
        of_old = Q(look__capture__engine_version__regex=OF_THE_ARTICLE, look__capture__media_type__in=MARKUP)
        these = Q() if excerpts is None else Q(excerpt__in=excerpts)
        return self.exclude(of_old & these, state=Sighted.ABSENT)

    def changes(self) -> "SightingQuerySet":
        """Of each excerpt the latest, and those that saw something else than the one before, in order."""
        of_one: Any = {"partition_by": F("excerpt_id"), "order_by": F("pk").asc()}
        before = {f"{name}_before": Window(Lag(name), **of_one) for name in ("state", "text")}
        marked = self.annotate(**before, following=Window(Lead("pk"), **of_one))
        same = Q(state=F("state_before"), text=F("text_before"))
        return marked.filter(~same | Q(state_before=None) | Q(following=None)).order_by("excerpt_id", "pk")

    def latest_of_each(self) -> "SightingQuerySet":
        return self.order_by("excerpt_id", "-id").distinct("excerpt_id")


class Sighting(models.Model):
    """What one look says of one excerpt. `text` is what stood there, unless that is the excerpt to the letter."""

    look = models.ForeignKey(Look, models.PROTECT, related_name="sightings", verbose_name=_("look"))
    excerpt = models.ForeignKey(Excerpt, models.PROTECT, related_name="sightings", verbose_name=_("excerpt"))
    state = models.CharField(_("state"), max_length=12, choices=SIGHTINGS)
    start = models.PositiveIntegerField(_("first character"), null=True)
    end = models.PositiveIntegerField(_("end"), null=True)
    text = models.TextField(_("what stood there"), blank=True)

    objects = SightingQuerySet.as_manager()
    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        constraints = [
            models.UniqueConstraint(fields=["look", "excerpt"], name="a_look_sees_a_passage_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["ABSENT", "UNREACHABLE"], start=None, end=None, text="")
                | models.Q(state__in=["UNCHANGED", "MOVED", "ALTERED"], start__lt=models.F("end")),
                name="what_was_seen_stands_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["excerpt", "-id"], name="sightings_of_an_excerpt")]

    def __str__(self) -> str:
        return f"{self.excerpt_id} {self.state}"

    @property
    def case(self) -> Case:
        return self.excerpt.case

    @property
    def words(self) -> str:
        """What stood there; "" where it was absent or nobody knows."""
        there = Sighted(self.state).is_there or self.state == Sighted.ALTERED
        return (self.text or self.excerpt.exact) if there else ""

    @property
    def position(self) -> TextPositionSelector | None:
        """Where it stood; None where it was absent or nobody knows."""
        if self.start is None or self.end is None:
            return None
        return TextPositionSelector(self.start, self.end)

    @property
    def respelled(self) -> bool:
        """The same words, but for spelling and spacing."""
        return Sighted(self.state).is_there and bool(self.text)


class LookDue(models.Model):
    """A queue: a capture of a watched page has ended, and what it says is still to be written down."""

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="+")
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["watch", "capture"], name="a_look_is_due_once")]

    def __str__(self) -> str:
        return f"{self.watch_id} in {self.capture_id}"
