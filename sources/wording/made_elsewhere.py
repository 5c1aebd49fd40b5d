"""Copies named in sentences: one of ours by its day; one made elsewhere by who brought it, when and why.

The day of a copy made elsewhere is somebody's word. So nothing says it as if it had been captured here, and every page
that leans on such a copy shows `sources/_made_elsewhere.html` beside it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from sources.domain.captures import Reason
from sources.models import Capture, CaptureEngine
from sources.wording.captures import Explanation, explained
from sources.wording.dates import spoken


@dataclass(frozen=True, slots=True)
class MadeElsewhere:
    """By whom it was uploaded and why, the day of that, and the day it is said to have been made; both in words."""

    who: str
    uploaded_on: str
    said_of: str
    why: str


def made_elsewhere(capture: Capture) -> MadeElsewhere | None:
    """None for a capture of ours. Takes its `upload` and `requested_by` (`sources.queries.captures`)."""
    if capture.engine != CaptureEngine.UPLOAD or capture.requested_by is None:
        return None
    said = captured_on(capture)
    return MadeElsewhere(capture.requested_by.name, _day(capture.requested_at), said, capture.upload.why)


def captured_on(capture: Capture) -> str:
    """The day a capture shows, in words; "" while it shows none."""
    return _day(capture.captured_at) if capture.captured_at else ""


def copy_of(capture: Capture) -> str:
    """For inside a sentence: "the capture of 3 December 2026"."""
    day = {"date": captured_on(capture)}
    # Translators: both stand after "stands in", "found in", "not found in".
    if capture.engine == CaptureEngine.UPLOAD:
        return _("a copy made elsewhere (said to be of %(date)s)") % day
    return _("the capture of %(date)s") % day


def _day(moment: datetime) -> str:
    return spoken(f"{timezone.localtime(moment):%Y-%m-%d}")


def explained_of(capture: Capture) -> Explanation:
    """Why `capture` ended as it did. Of a file that was made elsewhere nobody here can say that it is whole."""
    words = explained(capture.reason)
    if capture.engine != CaptureEngine.UPLOAD or capture.reason == Reason.FILE_CUT:
        return words
    if capture.text_is_its_makers and capture.reason == Reason.TEXT_EMPTY:
        words = replace(words, happened=_("The page is kept, but the file's list of pages gives no text of it."))
    return replace(
        words, advice=_("The file is kept as it came. Download it, and look at it with a program of its kind.")
    )
