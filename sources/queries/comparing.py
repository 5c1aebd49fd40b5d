"""Two captures set side by side: which is the earlier, what is on record of each, and how their texts differ."""

from dataclasses import dataclass
from typing import Any

from sources.domain.comparing import TextDifference, compared
from sources.models import Capture, CapturedText


@dataclass(frozen=True)
class Pair:
    earlier: Capture
    later: Capture
    text: TextDifference | None  # None where one of the two has no text

    def both(self, name: str) -> tuple[Any, Any]:
        return getattr(self.earlier, name), getattr(self.later, name)


def pair(one: Capture, other: Capture) -> Pair:
    """Both have been loaded for the reader, so both may be shown."""
    earlier, later = sorted((one, other), key=lambda each: (each.captured_at or each.requested_at, each.pk))
    texts = dict(CapturedText.objects.filter(pk__in=[earlier.pk, later.pk]).values_list("pk", "text"))
    if len(texts) < 2:
        return Pair(earlier, later, None)
    return Pair(earlier, later, compared(texts[earlier.pk], texts[later.pk]))
