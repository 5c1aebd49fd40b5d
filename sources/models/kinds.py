"""The closed lists of this room, in the field's own terms."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from audit.stamps.states import StampKind, StampState
from sources.domain.captures import CaptureState
from sources.domain.copies import CopyKind, CopyState
from sources.domain.watching import Sighted


class SourceKind(models.TextChoices):
    PERSON = "PERSON", pgettext_lazy("kind of source", "Person")
    ORGANISATION = "ORGANISATION", _("Organisation")
    OUTLET = "OUTLET", _("Outlet")
    ARTICLE = "ARTICLE", _("Article")
    STATEMENT = "STATEMENT", pgettext_lazy("kind of source", "Statement")
    DOCUMENT = "DOCUMENT", _("Document")
    SOCIAL_POST = "SOCIAL_POST", _("Social media post")
    IMAGE = "IMAGE", _("Image")
    VIDEO = "VIDEO", _("Video")
    AUDIO = "AUDIO", _("Audio recording")
    DATASET = "DATASET", _("Dataset")

    @property
    def is_work(self) -> bool:
        """Whether it can be made from another one as a whole; people and bodies cannot."""
        return self not in {SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OUTLET}


class DerivationKind(models.TextChoices):
    """How one whole work relies on another (PROV wasDerivedFrom, wasRevisionOf)."""

    TRANSLATES = "TRANSLATES", _("translates")
    REPUBLISHES = "REPUBLISHES", _("republishes")
    SUMMARISES = "SUMMARISES", _("summarises")
    REVISES = "REVISES", _("revises")


class AffiliationKind(models.TextChoices):
    """PROV actedOnBehalfOf, told apart."""

    ACTS_FOR = "ACTS_FOR", _("acts on behalf of")
    BELONGS_TO = "BELONGS_TO", _("belongs to")
    CONTROLLED_BY = "CONTROLLED_BY", _("is controlled by")


class Standing(models.TextChoices):
    """Of an assertion about sources: disputed ones still count and are marked, withdrawn ones do not count."""

    STANDING = "STANDING", _("standing")
    DISPUTED = "DISPUTED", _("disputed")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


class Reliability(models.TextChoices):
    """Source reliability of the Admiralty code (NATO AJP-2.1)."""

    A = "A", _("A: completely reliable")
    B = "B", _("B: usually reliable")
    C = "C", _("C: fairly reliable")
    D = "D", _("D: not usually reliable")
    E = "E", _("E: unreliable")
    F = "F", _("F: reliability cannot be judged")


CAPTURE_STATES = [
    (CaptureState.QUEUED.value, _("queued")),
    (CaptureState.RUNNING.value, _("running")),
    (CaptureState.SUCCEEDED.value, _("succeeded")),
    (CaptureState.PARTIAL.value, _("partial")),
    (CaptureState.FAILED.value, _("failed")),
]


class CaptureEngine(models.TextChoices):
    HTTP = "HTTP", _("HTTP engine")
    BROWSER = "BROWSER", _("browser engine")
    UPLOAD = "UPLOAD", _("made elsewhere")


def state_word(state: str, engine: str) -> str:
    """Of a file that was made elsewhere nobody here can say more than that it is kept."""
    if state == CaptureState.SUCCEEDED and engine == CaptureEngine.UPLOAD:
        return gettext("kept as it came")
    return str(dict(CAPTURE_STATES)[state])


class WatchState(models.TextChoices):
    ACTIVE = "ACTIVE", _("watched")
    STOPPED = "STOPPED", _("not watched any more")


class WatchReason(models.TextChoices):
    """Why a page is looked at again. The first kind opens and stops by itself."""

    EVIDENCE = "EVIDENCE", _("something on this desk rests on it")
    ASKED_FOR = "ASKED_FOR", _("somebody asked for it")


class StoppedBy(models.TextChoices):
    PERSON = "PERSON", _("somebody stopped it")
    SYSTEM = "SYSTEM", _("nothing rests on it any more")


class Rhythm(models.IntegerChoices):
    """In hours. Zero leaves it to `sources.domain.rhythm`."""

    AUTOMATIC = 0, _("often while it is new, seldom later")
    SIX_HOURS = 6, _("every six hours")
    DAILY = 24, _("every day")
    WEEKLY = 168, _("every week")
    FOUR_WEEKS = 672, _("every four weeks")


SIGHTINGS = [
    (Sighted.UNCHANGED.value, _("unchanged")),
    (Sighted.MOVED.value, _("in another place")),
    (Sighted.ALTERED.value, _("altered")),
    (Sighted.ABSENT.value, _("absent")),
    (Sighted.UNREACHABLE.value, _("the page was not read")),
]

STAMP_KINDS = [
    (StampKind.RFC3161.value, _("time stamp (RFC 3161)")),
    (StampKind.OTS.value, _("OpenTimestamps")),
]
STAMP_STATES = [
    (StampState.QUEUED.value, _("to be asked")),
    (StampState.PENDING.value, _("promised")),
    (StampState.STAMPED.value, _("stamped")),
    (StampState.COMPLETE.value, _("leads to a Bitcoin block")),
    (StampState.FAILED.value, _("failed")),
]
COPY_KINDS = [
    (CopyKind.SAVE.value, _("a new copy")),
    (CopyKind.LOOK_UP.value, _("copies that are there")),
]
COPY_STATES = [
    (CopyState.QUEUED.value, _("to be asked")),
    (CopyState.ASKED.value, _("copy being made")),
    (CopyState.FOUND.value, _("copy found")),
    (CopyState.NONE.value, _("none known")),
    (CopyState.FAILED.value, _("failed")),
]
