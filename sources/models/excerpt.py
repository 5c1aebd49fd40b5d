"""A passage of an archived text, held so that it can be pointed at, shown, and found again in a later copy."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User, visible_cases
from newsroom.models.fields import LanguageField
from newsroom.models.translations import TranslationsField
from sources.domain.passages import TextPositionSelector, TextQuoteSelector
from sources.models.capture import Capture
from sources.models.source import Source


class ExcerptQuerySet(models.QuerySet["Excerpt"]):
    def visible_to(self, user: User) -> "ExcerptQuerySet":
        """Those of cases the person may know of: what a restricted case marks in a public page is its own affair."""
        return self.filter(visible_cases(user, "case__"))

    def in_full(self) -> "ExcerptQuerySet":
        """With the copy it was marked in, and who brought that if it was made elsewhere."""
        return self.select_related("source", "case", "capture__upload", "capture__requested_by")

    def on_pages(self, source: Source, *canonical_urls: str) -> "ExcerptQuerySet":
        """Marked in a copy of these pages of a source, also in one that does not say whose page it is."""
        nobodys = models.Q(source=None) & (models.Q(case=source.case_id) if source.case_id else models.Q())
        return self.filter(models.Q(source=source) | nobodys, capture__canonical_url__in=canonical_urls)


class Excerpt(models.Model):
    """`exact`, `prefix` and `suffix` stand in the captured text word for word; `start` and `end` count its code points.

    `text_digest` names the text they point into, so that nobody has to trust that it is still that one. `source` is
    the capture's own, kept here because a source's excerpts are looked at again together. An excerpt is never
    changed: it belongs to the `case` in whose work it was marked, and the same passage marked twice there is one.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="excerpts", verbose_name=_("case"))
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="excerpts", verbose_name=_("capture"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="excerpts", verbose_name=_("source")
    )
    exact = models.TextField(_("passage"))
    prefix = models.TextField(_("what stands before it"), blank=True)
    suffix = models.TextField(_("what stands after it"), blank=True)
    start = models.PositiveIntegerField(_("first character"))
    end = models.PositiveIntegerField(_("end"))
    text_digest = models.CharField(_("digest of the text"), max_length=80)
    language = LanguageField(_("language"), default="ar")
    translation = TranslationsField(_("translation"), default=dict, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("marked by"))
    created_at = models.DateTimeField(_("marked"), db_default=Now())

    objects = ExcerptQuerySet.as_manager()
    history: Any = tracked()

    class Meta:
        ordering = ("id",)
        verbose_name = _("excerpt")
        verbose_name_plural = _("excerpts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="an_excerpt_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["case", "capture", "start", "end"], name="one_excerpt_of_a_passage_in_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end} of {self.capture_id}"

    def get_absolute_url(self) -> str:
        """Where it is read: among the words around it."""
        return f"{reverse('capture-read', args=[self.capture_id])}?at={self.start}#passage-{self.pk}"

    @property
    def quote(self) -> TextQuoteSelector:
        return TextQuoteSelector(self.exact, self.prefix, self.suffix)

    @property
    def position(self) -> TextPositionSelector:
        return TextPositionSelector(self.start, self.end)
