from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User
from newsroom.models.fields import NameField, ProseField
from sources.models.kinds import Reliability
from sources.models.source import Source


class SourceAssessmentQuerySet(models.QuerySet["SourceAssessment"]):
    def latest_per_topic(self) -> "SourceAssessmentQuerySet":
        """The grades that stand: of each source, the latest on each topic."""
        return self.order_by("source_id", "topic", "-id").distinct("source_id", "topic")


class SourceAssessment(models.Model):
    """A grade given to a source on a topic, with its reason. Grades accumulate; the latest per topic stands.

    An empty `topic` is the source in general.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="assessments", verbose_name=_("source"))
    topic = NameField(_("on the topic of"), blank=True)
    reliability = models.CharField(_("reliability"), max_length=1, choices=Reliability.choices, default=Reliability.F)
    reason = ProseField(_("why"))
    assessed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField(db_default=Now())

    objects = SourceAssessmentQuerySet.as_manager()
    history: Any = tracked()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")

    def __str__(self) -> str:
        return f"{self.source_id}: {self.reliability}"

    @property
    def case(self) -> Case | None:
        return self.source.case
