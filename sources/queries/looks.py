"""What a capture gave to look for passages in."""

from dataclasses import dataclass

from sources.domain.captures import CaptureState, Reason
from sources.domain.passages import Page
from sources.domain.watching import Taken
from sources.models import Capture, CapturedText


@dataclass(frozen=True)
class Copy:
    """The text of a page and how it was taken. What a server answered instead of the page is no text of it."""

    page: Page
    taken: Taken


def copy_in(capture: Capture) -> Copy:
    text = ""
    if capture.is_kept:
        text = CapturedText.objects.filter(pk=capture.pk).values_list("text", flat=True).first() or ""
    return Copy(Page(text), taken(capture, has_text=bool(text.strip())))


def taken(capture: Capture, *, has_text: bool) -> Taken:
    reason = Reason(capture.reason) if capture.reason else None
    return Taken(CaptureState(capture.state), reason, capture.engine, has_text)
