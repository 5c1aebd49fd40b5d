"""A passage named by how it begins."""

from sources.models import Excerpt

LONGEST = 60


def beginning_of(excerpt: Excerpt) -> str:
    """Whole words, with the sign of omission where more follows."""
    words = " ".join(excerpt.exact[: LONGEST * 4].split())
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + "…"
