"""What a capture's page and lists show, as far as the reader may know it, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from newsroom.models import User
from sources.models import Capture, CaptureEngine, Upload

SHOWN = 20


@dataclass(frozen=True)
class Compared:
    """Another capture of the same address. `same_text` is None where one of the two has no text to compare."""

    capture: Capture
    same_text: bool | None


def beside(user: User, capture: Capture) -> list[Compared]:
    """The latest other captures of the address of `capture`, whichever case or source they were asked for in.

    What never had an address (a scan of a letter) is no copy of the same page as another that has none.
    """
    if not capture.canonical_url:
        return []
    others = Capture.objects.visible_to(user).filter(canonical_url=capture.canonical_url).exclude(pk=capture.pk)
    return [Compared(other, _same(capture, other)) for other in others.in_full()[:SHOWN]]


def name_uploads(captures: Iterable[Capture]) -> None:
    """Fill in who brought those that were made elsewhere, and why, where they were read out of the history. One query.

    What is said of an upload is never changed, so as it stands is as it stood.
    """
    brought = [capture for capture in captures if capture.engine == CaptureEngine.UPLOAD]
    uploads = Upload.objects.select_related("capture__requested_by").in_bulk([capture.pk for capture in brought])
    for capture in brought:
        upload = uploads[capture.pk]
        capture.requested_by, capture.upload = upload.capture.requested_by, upload


def _same(one: Capture, other: Capture) -> bool | None:
    if not (one.text_digest and other.text_digest):
        return None
    return one.text_digest == other.text_digest
