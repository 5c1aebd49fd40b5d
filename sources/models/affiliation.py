from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User
from newsroom.models.fields import ProseField
from sources.models.kinds import AffiliationKind, Standing
from sources.models.source import Source, visible_sources


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def visible_to(self, user: User) -> "AffiliationQuerySet":
        """Those between two sources the person may know of."""
        return self.filter(visible_sources(user, "source__"), visible_sources(user, "controller__"))

    def standing(self) -> "AffiliationQuerySet":
        return self.exclude(standing=Standing.WITHDRAWN)


class Affiliation(models.Model):
    """A source acts on behalf of, belongs to or is controlled by another. A common controller is a shared interest."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="affiliations", verbose_name=_("source"))
    controller = models.ForeignKey(Source, models.PROTECT, related_name="affiliates", verbose_name=_("controller"))
    kind = models.CharField(
        _("how"), max_length=14, choices=AffiliationKind.choices, default=AffiliationKind.CONTROLLED_BY
    )
    basis = ProseField(_("on what basis"), blank=True)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing.choices, default=Standing.STANDING)
    standing_reason = ProseField(_("why"), blank=True)
    asserted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asserted_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AffiliationQuerySet.as_manager()
    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=models.F("controller")), name="a_source_does_not_control_itself"
            ),
            models.UniqueConstraint(
                fields=["source", "controller"],
                condition=~models.Q(standing=Standing.WITHDRAWN),
                name="one_standing_affiliation_of_two_sources",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.controller_id}"

    @property
    def case(self) -> Case | None:
        """The newsroom's own only where both sources are."""
        return self.source.case or self.controller.case
