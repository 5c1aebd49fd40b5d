from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User
from newsroom.models.fields import ProseField
from sources.models.kinds import DerivationKind, Standing
from sources.models.source import Source, visible_sources


class DerivationQuerySet(models.QuerySet["Derivation"]):
    def visible_to(self, user: User) -> "DerivationQuerySet":
        """Those between two sources the person may know of."""
        return self.filter(visible_sources(user, "downstream__"), visible_sources(user, "upstream__"))

    def standing(self) -> "DerivationQuerySet":
        return self.exclude(standing=Standing.WITHDRAWN)


class Derivation(models.Model):
    """A whole work relies on another whole work: `downstream` brings nothing of its own beside `upstream`.

    `verified_relay`: the desk has checked the downstream work against the upstream one.
    """

    downstream = models.ForeignKey(Source, models.PROTECT, related_name="derived_from", verbose_name=_("this work"))
    upstream = models.ForeignKey(Source, models.PROTECT, related_name="carried_by", verbose_name=_("relies on"))
    kind = models.CharField(_("how"), max_length=12, choices=DerivationKind.choices)
    verified_relay = models.BooleanField(_("checked against the original"), default=False)
    basis = ProseField(_("on what basis"), blank=True)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing.choices, default=Standing.STANDING)
    standing_reason = ProseField(_("why"), blank=True)
    asserted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asserted_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DerivationQuerySet.as_manager()
    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("derivation")
        verbose_name_plural = _("derivations")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(downstream=models.F("upstream")), name="a_work_does_not_derive_from_itself"
            ),
            models.UniqueConstraint(
                fields=["downstream", "upstream", "kind"],
                condition=~models.Q(standing=Standing.WITHDRAWN),
                name="one_standing_derivation_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.downstream_id} {self.kind} {self.upstream_id}"

    @property
    def case(self) -> Case | None:
        """The newsroom's own only where both works are."""
        return self.downstream.case or self.upstream.case
