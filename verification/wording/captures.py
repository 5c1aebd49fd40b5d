"""What became of archiving a carrier, in the few words that stand beside a piece of evidence."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sources.models import Capture, CaptureState, Source
from sources.wording.excerpts import captured_on


@dataclass(frozen=True)
class CaptureNote:
    """`sign` is one of components/mark.html."""

    sign: str
    text: str
    capture: Capture | None = None


def capture_note(carrier: Source, capture: Capture | None) -> CaptureNote | None:
    """None for what has no address and so cannot be captured."""
    if capture is None:
        return CaptureNote("open", _("not captured yet")) if carrier.url else None
    day = {"date": captured_on(capture)}
    match capture.state:
        case CaptureState.SUCCEEDED:
            return CaptureNote("met", _("captured %(date)s") % day, capture)
        case CaptureState.PARTIAL:
            return CaptureNote("partial", _("captured in part %(date)s") % day, capture)
        case CaptureState.FAILED:
            return CaptureNote("unmet", _("the latest capture failed"), capture)
        case _:
            return CaptureNote("waiting", _("capture under way"), capture)
