"""One archived copy of one address at one time.

The row is also the queue (`sources.queue`): `attempts`, `next_attempt_at`, `retry_reason` and the lease are queue
state, changed by conditional UPDATEs and outside of the history. What was asked for and what came of it are acts.
"""

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.models import Case, User, visible_cases
from sources.domain.captures import CaptureState
from sources.domain.texts import is_of_the_article
from sources.models.fields import DetailField
from sources.models.kinds import CAPTURE_STATES, CaptureEngine, state_word
from sources.models.source import Source

KEPT = (CaptureState.SUCCEEDED, CaptureState.PARTIAL)
UNFINISHED = (CaptureState.QUEUED, CaptureState.RUNNING)
QUEUE_STATE = ("attempts", "taken_at", "next_attempt_at", "retry_reason", "lease_owner", "lease_expires_at")


class CaptureQuerySet(models.QuerySet["Capture"]):
    def visible_to(self, user: User) -> "CaptureQuerySet":
        return self.filter(models.Q(case=None) | visible_cases(user, "case__"))

    def known_in(self, *cases: Any) -> "CaptureQuerySet":
        """Those that a case may lean on: a restricted one keeps its captures to itself, also of a source it shared."""
        return self.filter(models.Q(case=None) | models.Q(case__restricted=False) | models.Q(case__in=cases))

    def in_full(self) -> "CaptureQuerySet":
        """With all that a list says of a capture beside its own columns."""
        return self.select_related("source__case", "case", "requested_by", "upload")

    def kept(self) -> "CaptureQuerySet":
        """Those that hold something: whole or in part."""
        return self.filter(state__in=KEPT)

    def unfinished(self) -> "CaptureQuerySet":
        return self.filter(state__in=UNFINISHED)


class Capture(models.Model):
    """`reason` is a typed word (`sources.archiving`), `detail` what it was in this instance (`domain.details`).

    `published` is in the page's own words, `published_on` the day where these have but one meaning.
    `redirects` and `exchanges` are what was fetched and how, as JSON; `missing` lists what a page asked for in vain
    (`url`, `reason`, `detail`), `handling` the codes of `domain.captures.Handling`. Digests read `sha256:<hex>`; those
    of the WACZ and of the pictures (JPEG) also name files in the archive. Sizes are bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="captures", verbose_name=_("source"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="captures", verbose_name=_("case"))
    requested_url = models.TextField(_("requested address"))
    canonical_url = models.TextField(editable=False, db_index=True)
    engine = models.CharField(_("engine"), max_length=8, choices=CaptureEngine.choices, default=CaptureEngine.HTTP)
    requested_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("asked for by"))
    requested_at = models.DateTimeField(_("asked for"), db_default=Now())
    state = models.CharField(_("state"), max_length=10, choices=CAPTURE_STATES, default=CaptureState.QUEUED)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    detail = DetailField(_("detail"), blank=True)

    final_url = models.TextField(_("final address"), blank=True)
    redirects = models.JSONField(_("redirects"), default=list, blank=True)
    exchanges = models.JSONField(_("what was fetched"), default=list, blank=True)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    media_type = models.CharField(_("media type"), max_length=120, blank=True)
    title = models.TextField(_("title"), blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    author = models.TextField(_("author, as the page says"), blank=True)
    published = models.TextField(_("publication, as the page says"), blank=True)
    published_on = models.DateField(_("day of publication, as the page says"), null=True)
    text_digest = models.CharField(_("digest of the text"), max_length=80, blank=True)
    wacz_digest = models.CharField(_("digest of the WACZ"), max_length=80, blank=True)
    viewport_digest = models.CharField(_("digest of the picture of the window"), max_length=80, blank=True)
    fullpage_digest = models.CharField(_("digest of the picture of the whole page"), max_length=80, blank=True)
    missing = models.JSONField(_("what did not come"), default=list, blank=True)
    handling = models.JSONField(_("what was done to the page"), default=list, blank=True)
    banner = models.CharField(_("rule by which its banner was known"), max_length=80, blank=True)
    size = models.PositiveBigIntegerField(_("size"), null=True)
    engine_version = models.CharField(_("engine version"), max_length=80, blank=True)
    captured_at = models.DateTimeField(_("captured"), null=True)

    # What is fetched politely: host and port. Computed by PostgreSQL, so that no writer can forget it.
    host = models.GeneratedField(
        expression=Coalesce(
            models.Func("canonical_url", models.Value("^https?://([^/?]*)"), function="substring"),
            models.Value(""),
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)  # by the worker that tried last
    next_attempt_at = models.DateTimeField(null=True, db_default=Now())
    retry_reason = models.CharField(max_length=40, blank=True)
    lease_owner = models.CharField(max_length=120, blank=True)
    lease_expires_at = models.DateTimeField(null=True)

    objects = CaptureQuerySet.as_manager()
    history: Any = tracked(excluded=("canonical_url", "host", *QUEUE_STATE))

    class Meta:
        ordering = ("-requested_at", "-id")
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(state__in=["QUEUED", "RUNNING"]),
                name="capture_due",
            ),
            models.Index(fields=["host", "taken_at"], name="capture_host_turn"),
            models.Index(fields=["requested_by", "taken_at"], name="capture_asker_turn"),
        ]

    def __str__(self) -> str:
        return f"{self.requested_url} ({self.state})"

    def get_absolute_url(self) -> str:
        return reverse("capture-detail", args=[self.pk])

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # in place of Django's
        return state_word(self.state, self.engine)

    @property
    def is_under_way(self) -> bool:
        return self.state in UNFINISHED

    @property
    def waits_until(self) -> datetime | None:
        """When it is tried again; None once that time has come, and where it never was tried."""
        at = self.next_attempt_at if self.state == CaptureState.QUEUED and self.retry_reason else None
        return at if at and at > timezone.now() else None

    @property
    def is_kept(self) -> bool:
        """Whether there is a page, whole or in part. A failed capture may hold the server's refusal, which is none."""
        return self.state in KEPT

    @property
    def text_is_its_makers(self) -> bool:
        """Whether its text stands in the file that somebody made elsewhere, and was not taken out of the page here."""
        return self.engine == CaptureEngine.UPLOAD and bool(self.wacz_digest)

    @property
    def text_is_of_the_article(self) -> bool:
        """Whether more may stand on the page than in its text, which an engine of an older version took."""
        return bool(self.text_digest) and is_of_the_article(self.engine_version, self.media_type)


class CapturedText(models.Model):
    """The text extracted from a capture: a working copy, whose digest the capture's history holds."""

    capture = models.OneToOneField(Capture, models.PROTECT, primary_key=True, related_name="extracted")
    text = models.TextField()

    def __str__(self) -> str:
        return f"text of {self.capture_id}"
