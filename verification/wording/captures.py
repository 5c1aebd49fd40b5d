"""What is known of the copy behind a piece of evidence, in the few words that stand beside it.

Where its words stand in a copy, that is said; otherwise what became of archiving the carrier.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.domain.passages import How, how_it_stands
from sources.models import Capture, CaptureEngine, CaptureState, Excerpt, Source
from sources.wording.made_elsewhere import captured_on, copy_of
from verification.models import Evidence, Likeness, Lookup


@dataclass(frozen=True)
class CaptureNote:
    """`sign` is one of components/mark.html. `href` leads to what is spoken of, if there is something; `copy` is the
    one it leans on, for the mark of those made elsewhere."""

    sign: str
    text: str
    href: str = ""
    copy: Capture | None = None


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
    href = capture.get_absolute_url()
    if capture.engine == CaptureEngine.UPLOAD:
        sign = "met" if capture.state == CaptureState.SUCCEEDED else "partial"
        return CaptureNote(sign, _("there is %(copy)s") % {"copy": copy_of(capture)}, href, capture)
    day = {"date": captured_on(capture)}
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
    sign, words = _BOUND[how_it_stands(evidence.quotation, excerpt.exact)]
    copy = excerpt.capture
    return CaptureNote(sign, str(words) % {"copy": copy_of(copy)}, excerpt.get_absolute_url(), copy)


def _looked_up(evidence: Evidence, lookup: Lookup) -> CaptureNote:
    copy, href = lookup.capture, reverse("evidence-bind", args=[evidence.reference])
    sign, words = _LOOKED_UP[Likeness(lookup.likeness)]
    if lookup.likeness == Likeness.ABSENT and copy.text_is_of_the_article:
        words = gettext_lazy("not found in the article of %(copy)s, and nothing else of it was looked through")
    return CaptureNote(sign, str(words) % {"copy": copy_of(copy)}, href, copy)


_BOUND: Mapping[How, tuple[str, Promise]] = {
    How.EXACTLY: ("met", gettext_lazy("stands in %(copy)s, word for word")),
    How.FOLDED: ("met", gettext_lazy("stands in %(copy)s, but for spelling and spacing")),
    How.NEARLY: ("partial", gettext_lazy("stands in %(copy)s in nearly these words")),
}
_LOOKED_UP: Mapping[Likeness, tuple[str, Promise]] = {
    Likeness.EXACTLY: ("open", gettext_lazy("found in %(copy)s, word for word; not bound yet")),
    Likeness.FOLDED: ("open", gettext_lazy("found in %(copy)s, but for spelling and spacing; not bound yet")),
    Likeness.NEARLY: ("open", gettext_lazy("found in %(copy)s in nearly these words; not bound yet")),
    Likeness.ABSENT: ("unmet", gettext_lazy("not found in %(copy)s")),
}
