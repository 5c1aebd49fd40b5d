"""What a capture's page and lists show, as far as the reader may know it, in a fixed number of queries."""

from dataclasses import dataclass

from newsroom.models import User
from sources.models import Capture

SHOWN = 20


@dataclass(frozen=True)
class Compared:
    """Another capture of the same address. `same_text` is None where one of the two has no text to compare."""

    capture: Capture
    same_text: bool | None


def beside(user: User, capture: Capture) -> list[Compared]:
    """The latest other captures of the address of `capture`, whichever case or source they were asked for in."""
    others = Capture.objects.visible_to(user).filter(canonical_url=capture.canonical_url).exclude(pk=capture.pk)
    return [Compared(other, _same(capture, other)) for other in others.in_full()[:SHOWN]]


def _same(one: Capture, other: Capture) -> bool | None:
    if not (one.text_digest and other.text_digest):
        return None
    return one.text_digest == other.text_digest
