"""One checkable proposition in one case."""

import re
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.domain.text import search_key
from newsroom.models import Case, User, visible_cases
from newsroom.models.fields import LanguageField, NameField, ProseField
from newsroom.models.translations import TranslationsField
from sources.models import Source
from sources.models.fields import EdtfField
from verification.models.kinds import ClaimState, Risk

REFERENCE = re.compile(r"^C-(\d{1,9})$", re.IGNORECASE)  # digits of any script: they are typed too


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: User) -> "ClaimQuerySet":
        return self.filter(visible_cases(user, "case__"))

    def found_by(self, words: str) -> "ClaimQuerySet":
        return self.filter(search_key__contains=search_key(words))

    def by_reference(self, reference: str) -> "ClaimQuerySet":
        """`C-000123`, with or without the zeros; anything else finds nothing."""
        match = REFERENCE.match(reference)
        return self.filter(pk=int(match[1])) if match else self.none()


class Claim(models.Model):
    """Numbered per installation. `happened` is an EDTF date or interval; `key` its name in a case file.

    `state` is moved by acts only, along the table in `verification.domain.workflow`.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="claims", verbose_name=_("case"))
    key = NameField(_("key in the case file"), max_length=80, blank=True)
    statement = ProseField(_("statement"))
    language = LanguageField(_("language"), default="ar")
    translations = TranslationsField(_("translation"), default=dict, blank=True)
    claimant = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="claims_made", verbose_name=_("claimant")
    )
    happened = EdtfField(_("when"), blank=True)
    place = NameField(_("where"), blank=True)
    risk = models.CharField(_("risk"), max_length=6, choices=Risk.choices, default=Risk.MEDIUM)
    state = models.CharField(_("state"), max_length=16, choices=ClaimState.choices, default=ClaimState.TRIAGE)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="claims_written", verbose_name=_("added by"))
    created_at = models.DateTimeField(_("added"), db_default=Now())
    version = models.PositiveIntegerField(default=1, editable=False)
    search_key = models.TextField(editable=False)

    objects = ClaimQuerySet.as_manager()
    history: Any = tracked(excluded=("search_key",))

    class Meta:
        ordering = ("id",)
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "key"], condition=~models.Q(key=""), name="one_claim_per_key_in_a_case"
            )
        ]
        indexes = [
            models.Index(fields=["case", "state"], name="claim_by_state"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="claim_by_words"),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = search_key(" ".join([self.statement, *self.translations.values(), self.place]))
        super().save(*args, **kwargs)

    @property
    def reference(self) -> str:
        return f"C-{self.pk:06d}"
