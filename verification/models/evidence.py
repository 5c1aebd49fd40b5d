"""One account bearing on one claim, with the chain by which it reached the desk: its isnad."""

import re
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.domain import text
from newsroom.models import Case, User, visible_cases
from newsroom.models.fields import LanguageField, NameField, ProseField
from newsroom.models.translations import TranslationsField
from sources.models import Excerpt, Source
from verification.models.claim import Claim
from verification.models.kinds import Attribution, Basis, Credibility, HopKind, Stance

REFERENCE = re.compile(r"E-(\d{1,9})", re.IGNORECASE)  # digits of any script


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> "EvidenceQuerySet":
        return self.filter(visible_cases(user, "claim__case__"))

    def standing(self) -> "EvidenceQuerySet":
        return self.filter(withdrawn_at=None)

    def by_reference(self, reference: str) -> "EvidenceQuerySet":
        """`E-000123`, with or without the zeros; anything else finds nothing."""
        match = REFERENCE.fullmatch(reference)
        return self.filter(pk=int(match[1])) if match else self.none()

    def withdrawn(self) -> "EvidenceQuerySet":
        return self.exclude(withdrawn_at=None)


class Evidence(models.Model):
    """`source` is the carrier the desk holds; the `hops` run from it upwards; `basis` is how the last one knows.

    `excerpt` is where the quotation stands in a capture of the carrier. It shows the words and changes nothing about
    them, so it has no part in `version`: a review of this evidence holds whether or not somebody has bound it.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence", verbose_name=_("claim"))
    key = NameField(_("key in the case file"), max_length=80, blank=True)
    stance = models.CharField(_("stance"), max_length=12, choices=Stance.choices)
    source = models.ForeignKey(Source, models.PROTECT, related_name="carried_evidence", verbose_name=_("carrier"))
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices, default=Basis.UNKNOWN)
    attribution = models.CharField(
        _("attribution"), max_length=16, choices=Attribution.choices, default=Attribution.ON_THE_RECORD
    )
    credibility = models.PositiveSmallIntegerField(
        _("credibility"), choices=Credibility.choices, default=Credibility.UNJUDGED
    )
    quotation = ProseField(_("quotation"), blank=True, limit=text.QUOTATION)
    quotation_language = LanguageField(_("language of the quotation"), default="ar")
    quotation_translations = TranslationsField(_("translation of the quotation"), default=dict, blank=True)
    excerpt = models.ForeignKey(
        Excerpt, models.PROTECT, null=True, related_name="evidence", editable=False, verbose_name=_("stands in")
    )
    added_by = models.ForeignKey(User, models.PROTECT, related_name="evidence_added", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added"), db_default=Now())
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    withdrawal_reason = ProseField(_("why it was withdrawn"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EvidenceQuerySet.as_manager()
    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "key"], condition=~models.Q(key=""), name="one_evidence_per_key_on_a_claim"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(withdrawal_reason=""),
                name="evidence_is_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"E-{self.pk:06d}"

    @property
    def case(self) -> Case:
        return self.claim.case


class Hop(models.Model):
    """A step up the chain: the one below has it from `source`, by `kind`.

    `position` counts from 1, nearest to the carrier first. `verified_relay`: the one below was checked against it.
    """

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="hops", verbose_name=_("evidence"))
    position = models.PositiveSmallIntegerField(_("position"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="hops", verbose_name=_("source"))
    kind = models.CharField(_("how"), max_length=12, choices=HopKind.choices)
    verified_relay = models.BooleanField(_("checked against it"), default=False)

    history: Any = tracked()

    class Meta:
        ordering = ("position",)
        verbose_name = _("step of the chain")
        verbose_name_plural = _("steps of the chain")
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "position"],
                name="one_step_at_a_position_of_a_chain",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["evidence", "source"],
                name="a_chain_passes_a_source_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id}.{self.position}"

    @property
    def case(self) -> Case:
        return self.evidence.claim.case
