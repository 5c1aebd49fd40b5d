"""A passage named by how it begins, and the copy it stands in by its day."""

from sources.models import Capture, Excerpt
from sources.wording.dates import spoken

LONGEST = 60


def beginning_of(excerpt: Excerpt) -> str:
    """Whole words, with the sign of omission where more follows."""
    words = " ".join(excerpt.exact[: LONGEST * 4].split())
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + "…"


def captured_on(capture: Capture) -> str:
    """The day a capture shows, in words; "" while it shows none."""
    return spoken(f"{capture.captured_at:%Y-%m-%d}") if capture.captured_at else ""
