"""A capture made elsewhere and uploaded: the file as it came, and what the one who brought it says of it.

The capture beside it holds the rest: `requested_by` is who uploaded it, `captured_at` when it is said to have been
made.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models import tracked
from newsroom.domain import text
from newsroom.models.fields import NameField, ProseField
from sources.models.capture import Capture


class Upload(models.Model):
    """`file_digest` names a file of the archive. `file_name` is what it was called there, and nothing more."""

    capture = models.OneToOneField(Capture, models.PROTECT, primary_key=True, related_name="upload")
    file_name = NameField(_("name of the file"), max_length=200)
    file_digest = models.CharField(_("digest of the file"), max_length=80)
    origin = ProseField(_("where it came from"), limit=text.NOTE)
    why = ProseField(_("why it was uploaded"), limit=text.NOTE)

    history: Any = tracked()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self) -> str:
        return self.file_name

    @property
    def case(self) -> Any:
        return self.capture.case
