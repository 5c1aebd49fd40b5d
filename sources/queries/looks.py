"""What a capture gave to look for passages in."""

from dataclasses import dataclass
from typing import Any

from sources.domain.captures import GONE, CaptureState, Handling, Missing, Reason, Wanted
from sources.domain.details import Said, read
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
    return Taken(
        CaptureState(capture.state),
        Reason(capture.reason) if capture.reason else None,
        capture.engine,
        has_text,
        frozenset(Handling(each) for each in capture.handling),
        tuple(_missing(each) for each in capture.missing if not _is_gone(each)),
        capture.text_is_of_the_article,
    )


def _missing(kept: dict[str, Any]) -> Missing:
    wanted = kept.get("wanted")  # older captures do not say
    return Missing(kept["url"], Reason(kept["reason"]), wanted=Wanted(wanted) if wanted else None)


def _is_gone(kept: dict[str, Any]) -> bool:
    """Nobody would be shown more than we were."""
    detail = read(kept["detail"])
    return detail is not None and detail.code is Said.STATUS and detail.values["status"] in GONE
