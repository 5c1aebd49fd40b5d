"""What a capture gave to look for passages in."""

from dataclasses import dataclass

from sources.domain.captures import CaptureState, Reason
from sources.domain.passages import Page
from sources.domain.watching import is_whole
from sources.models import Capture, CapturedText


@dataclass(frozen=True)
class Copy:
    """The text of a page, and whether it is all of it. What a server answered instead of the page is no text of it."""

    page: Page
    whole: bool


def copy_in(capture: Capture) -> Copy:
    text = ""
    if capture.is_kept:
        text = CapturedText.objects.filter(pk=capture.pk).values_list("text", flat=True).first() or ""
    reason = Reason(capture.reason) if capture.reason else None
    return Copy(Page(text), is_whole(CaptureState(capture.state), reason, text))
