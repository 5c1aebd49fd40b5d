"""A passage of a capture on its way to becoming evidence: read off a request, carried by forms, written by an act."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.http import urlencode

from newsroom.models import User
from sources.domain.selecting import Selected, selected
from sources.models import Capture, CapturedText

CARRIED = ("capture", "start", "end")


@dataclass(frozen=True)
class Place:
    """Where a passage is said to stand, in code points of the captured text."""

    capture_id: UUID
    start: int
    end: int


@dataclass
class Passage:
    """A passage that stands in the text of a capture its reader may see."""

    capture: Capture
    selected: Selected

    @property
    def place(self) -> Place:
        return Place(self.capture.pk, self.selected.start, self.selected.end)

    @cached_property
    def carried(self) -> dict[str, str]:
        """What a form or an address carries of it."""
        return {"capture": str(self.capture.pk), "start": str(self.selected.start), "end": str(self.selected.end)}

    @property
    def query(self) -> str:
        return urlencode(self.carried)


def passage_in(data: Mapping[str, str], user: User) -> Passage | None:
    """The passage a form or an address carries, if it stands there and `user` may see it."""
    capture_id, start, end = (data.get(name, "") for name in CARRIED)
    try:
        place = Place(UUID(capture_id), int(start), int(end))
        capture = Capture.objects.visible_to(user).in_full().get(pk=place.capture_id)
    except (ValueError, Capture.DoesNotExist):
        return None
    text = CapturedText.objects.filter(pk=capture.pk).values_list("text", flat=True).first() or ""
    found = selected(text, place.start, place.end)
    return Passage(capture, found) if found else None
