"""What leaves the house: numbered releases of a claim or a case, each as it was on that day and for good."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.models import Act, OnlyGrows, tracked
from newsroom.models import Case, User, visible_cases
from newsroom.models.fields import ProseField
from sources.models.fields import SourceUrlField
from verification.models import Claim, Verdict


class PublicationQuerySet(models.QuerySet["Publication"]):
    def visible_to(self, user: User) -> "PublicationQuerySet":
        return self.filter(visible_cases(user, "case__"))

    def of_cases(self) -> "PublicationQuerySet":
        """Those of whole cases; the others are of one claim each."""
        return self.filter(claim=None)


_Releases = models.Manager.from_queryset(PublicationQuerySet)


class PublicationManager(_Releases):
    """With the case, whose short name stands in the address of every release."""

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("case")


class Publication(OnlyGrows):
    """One release. A later one of the same claim or case is a correction, and its `note` says of what and why.

    `content` is what was released, and `digest` names it: `sha256:<hex>` over its canonical bytes
    (`publishing.content`). `released_in` is the act; where it stands in the ledger is the moment of this release.
    A release of a case has neither claim nor verdict; its `inclusions` lead to those of its claims.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="publications", verbose_name=_("case"))
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="publications", verbose_name=_("claim"))
    number = models.PositiveIntegerField(_("release"))
    verdict = models.ForeignKey(
        Verdict, models.PROTECT, null=True, related_name="publications", verbose_name=_("verdict")
    )
    content = models.JSONField()
    digest = models.CharField(_("digest of what was released"), max_length=80)
    address = SourceUrlField(_("where it appeared"), blank=True)
    note = ProseField(_("note"), blank=True)
    released_by = models.ForeignKey(User, models.PROTECT, related_name="publications", verbose_name=_("released by"))
    released_at = models.DateTimeField(_("released"), db_default=Now())
    released_in = models.ForeignKey(Act, models.PROTECT, related_name="publications")

    objects = PublicationManager()
    history: Any = tracked()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "number"],
                condition=models.Q(claim__isnull=False),
                name="releases_of_a_claim_are_numbered",
            ),
            models.UniqueConstraint(
                fields=["case", "number"], condition=models.Q(claim=None), name="releases_of_a_case_are_numbered"
            ),
            models.CheckConstraint(
                condition=models.Q(claim=None, verdict=None) | models.Q(claim__isnull=False, verdict__isnull=False),
                name="a_claim_is_released_with_its_verdict",
            ),
            models.CheckConstraint(
                condition=models.Q(number=1) | (models.Q(number__gt=1) & ~models.Q(note="")),
                name="a_correction_says_what_changed",
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="publication_by_case")]

    def __str__(self) -> str:
        return f"{self.claim_id or self.case_id}: {self.number}"

    @property
    def is_correction(self) -> bool:
        return self.number > 1

    def get_absolute_url(self) -> str:
        if self.claim_id is None:
            return reverse("case-release", args=[self.case.slug, self.number])
        return reverse("claim-release", args=[Claim(pk=self.claim_id).reference, self.number])


class InclusionQuerySet(models.QuerySet["Inclusion"]):
    def visible_to(self, user: User) -> "InclusionQuerySet":
        return self.filter(visible_cases(user, "release__case__"))


class Inclusion(OnlyGrows):
    """That a `release` of a case holds this release of one of its claims."""

    release = models.ForeignKey(Publication, models.PROTECT, related_name="inclusions", verbose_name=_("release"))
    included = models.ForeignKey(Publication, models.PROTECT, related_name="included_in", verbose_name=_("includes"))

    objects = InclusionQuerySet.as_manager()
    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("release of a claim in one of its case")
        verbose_name_plural = _("releases of claims in those of their case")
        constraints = [models.UniqueConstraint(fields=["release", "included"], name="a_release_holds_another_once")]

    def __str__(self) -> str:
        return f"{self.included_id} in {self.release_id}"

    @property
    def case(self) -> Case:
        return self.release.case
