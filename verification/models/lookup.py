"""What became of looking a quotation up in a capture of its carrier. Derived, so without history."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sources.models import Capture
from verification.models.evidence import Evidence


class Likeness(models.TextChoices):
    """How a quotation stands in a text."""

    EXACTLY = "EXACTLY", _("word for word")
    FOLDED = "FOLDED", _("but for spelling and spacing")
    NEARLY = "NEARLY", _("in nearly these words")
    STRUCK = "STRUCK", _("struck through")
    ABSENT = "ABSENT", _("not found")


class Lookup(models.Model):
    """What `verification.looking_up` last found; written by nothing else.

    It speaks of the quotation as it stood at `version` of the evidence, in that capture and no other. `start` and
    `end` are the place, in code points of the extracted text, where there is one.
    """

    evidence = models.OneToOneField(Evidence, models.PROTECT, primary_key=True, related_name="lookup")
    version = models.PositiveIntegerField()
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="+")
    likeness = models.CharField(max_length=8, choices=Likeness.choices)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    looked_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(likeness=Likeness.ABSENT, start=None, end=None)
                | (~models.Q(likeness=Likeness.ABSENT) & models.Q(start__lt=models.F("end"))),
                name="what_is_found_has_a_place_and_what_is_not_has_none",
            )
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} in {self.capture_id}: {self.likeness}"
