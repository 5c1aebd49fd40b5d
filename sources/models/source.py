"""Anything that can be pointed at as the origin or the carrier of information."""

import re
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.domain.text import search_key
from newsroom.models import Case, User, visible_cases
from newsroom.models.fields import LanguageField, NameField, ProseField
from newsroom.models.translations import TranslationsField
from newsroom.typed import clean_name
from sources.domain.urls import canonical
from sources.models.fields import EdtfField, SourceUrlField
from sources.models.kinds import SourceKind

REFERENCE = re.compile(r"S-(\d{1,9})", re.IGNORECASE)  # digits of any script


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: User) -> "SourceQuerySet":
        """The newsroom's own sources, and those of cases the person may know of."""
        return self.filter(visible_sources(user))

    def usable_in(self, case: Case | None) -> "SourceQuerySet":
        """What evidence in `case` may point at: its own sources and the newsroom's; only these where there is none."""
        return self.filter(models.Q(case=None) | models.Q(case=case))

    def found_by(self, words: str) -> "SourceQuerySet":
        """Those whose names, in whichever languages, hold every one of the words."""
        return self.filter(*(models.Q(search_key__contains=word) for word in search_key(words).split()))

    def by_reference(self, reference: str) -> "SourceQuerySet":
        """`S-000012`, with or without the zeros; anything else finds nothing."""
        match = REFERENCE.fullmatch(reference)
        return self.filter(pk=int(match[1])) if match else self.none()

    def locked(self) -> "SourceQuerySet":
        """To be written, with the case that says who may; the case itself is not locked."""
        return self.select_for_update(of=("self",)).select_related("case")


def visible_sources(user: User, path: str = "") -> models.Q:
    """The same for models that reach their source by `path` (`downstream__`)."""
    return models.Q(**{f"{path}case": None}) | visible_cases(user, f"{path}case__")


class Source(models.Model):
    """`name` is a public name, or the descriptor agreed with the source; `translations` has it in other languages.

    A source belongs to one case, or to the newsroom as a whole (`case` empty) and can then be used in every case.
    `protected`: nothing here says who it really is. `publisher` is the outlet or body an article, statement or
    document came out of. `key` is its name in the case file it came from. `published_at` is an EDTF date or time.
    """

    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="sources", verbose_name=_("case")
    )
    key = NameField(_("key in the case file"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=SourceKind.choices)
    name = NameField(_("name or descriptor"))
    language = LanguageField(_("language"), default="ar")
    translations = TranslationsField(_("name in other languages"), default=dict, blank=True)
    protected = models.BooleanField(_("protected source"), default=False)
    publisher = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="publications", verbose_name=_("published by")
    )
    url = SourceUrlField(_("address"), blank=True)
    canonical_url = models.TextField(editable=False, blank=True, db_index=True)
    published_at = EdtfField(_("published"), blank=True)
    note = ProseField(_("what is known of it"), blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1, editable=False)
    search_key = models.TextField(editable=False)

    objects = SourceQuerySet.as_manager()
    history: Any = tracked(excluded=("search_key", "canonical_url"))

    class Meta:
        ordering = ("id",)
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "key"], condition=~models.Q(key=""), name="one_source_per_key_in_a_case"
            )
        ]
        indexes = [
            models.Index(fields=["case", "kind"], name="source_by_case"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="source_by_words"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = search_key(" ".join(self.names))
        self.canonical_url = canonical(self.url) if self.url else ""
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("source-detail", args=[self.reference])

    def clean(self) -> None:
        """A name is held to the policy of names in every language, not to that of prose."""
        try:
            self.translations = {tag: clean_name(name) for tag, name in self.translations.items()}
        except ValidationError as refused:
            raise ValidationError({"translations": refused}) from refused

    @property
    def reference(self) -> str:
        return f"S-{self.pk:06d}"

    @property
    def names(self) -> list[str]:
        """The name as it is, then those in other languages."""
        return [self.name, *self.translations.values()]

    def name_in(self, language: str) -> str:
        """The name in `language` ("ar", "en"), or in its own where it has none there."""
        wanted = _primary(language)
        if _primary(self.language) == wanted:
            return self.name
        return next((name for tag, name in self.translations.items() if _primary(tag) == wanted), self.name)


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()
