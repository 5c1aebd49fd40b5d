"""What is known of the copy behind a piece of evidence, in the few words that stand beside it.

Where its words stand in a copy, that is said; otherwise what became of archiving the carrier.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sources.domain.passages import How, how_it_stands
from sources.models import Capture, CaptureState, Excerpt, Source
from sources.wording.excerpts import captured_on
from verification.models import Evidence, Likeness, Lookup


@dataclass(frozen=True)
class CaptureNote:
    """`sign` is one of components/mark.html. `href` leads to what is spoken of, if there is something."""

    sign: str
    text: str
    href: str = ""


def place_note(evidence: Evidence, lookup: Lookup | None, capture: Capture | None) -> CaptureNote | None:
    """`capture` is the latest of the carrier. None for what has no address and so cannot be captured."""
    if evidence.excerpt is not None:
        return _bound(evidence, evidence.excerpt)
    if lookup is not None:
        return _looked_up(evidence, lookup)
    return capture_note(evidence.source, capture)


def capture_note(carrier: Source, capture: Capture | None) -> CaptureNote | None:
    """None for what has no address and so cannot be captured."""
    if capture is None:
        return CaptureNote("open", _("not captured yet")) if carrier.url else None
    day, href = {"date": captured_on(capture)}, capture.get_absolute_url()
    match capture.state:
        case CaptureState.SUCCEEDED:
            return CaptureNote("met", _("captured %(date)s") % day, href)
        case CaptureState.PARTIAL:
            return CaptureNote("partial", _("captured in part %(date)s") % day, href)
        case CaptureState.FAILED:
            return CaptureNote("unmet", _("the latest capture failed"), href)
        case _:
            return CaptureNote("waiting", _("capture under way"), href)


def _bound(evidence: Evidence, excerpt: Excerpt) -> CaptureNote:
    day, href = {"date": captured_on(excerpt.capture)}, excerpt.get_absolute_url()
    match how_it_stands(evidence.quotation, excerpt.exact):
        case How.EXACTLY:
            return CaptureNote("met", _("stands in the capture of %(date)s, word for word") % day, href)
        case How.FOLDED:
            return CaptureNote("met", _("stands in the capture of %(date)s, but for spelling and spacing") % day, href)
        case How.NEARLY:
            return CaptureNote("partial", _("stands in the capture of %(date)s in nearly these words") % day, href)


def _looked_up(evidence: Evidence, lookup: Lookup) -> CaptureNote:
    day, href = {"date": captured_on(lookup.capture)}, reverse("evidence-bind", args=[evidence.reference])
    match lookup.likeness:
        case Likeness.EXACTLY:
            return CaptureNote("open", _("found in the capture of %(date)s, word for word; not bound yet") % day, href)
        case Likeness.FOLDED:
            words = _("found in the capture of %(date)s, but for spelling and spacing; not bound yet")
            return CaptureNote("open", words % day, href)
        case Likeness.NEARLY:
            words = _("found in the capture of %(date)s in nearly these words; not bound yet")
            return CaptureNote("open", words % day, href)
        case _:
            return CaptureNote("unmet", _("not found in the capture of %(date)s") % day, href)
