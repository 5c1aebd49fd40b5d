"""Server time of pages, as ratios to a page with nothing on it but the frame."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from benchmarks import Figure, milliseconds


def empty_page() -> float:
    """The baseline of every page: the sign-in form, asked for by a stranger."""
    stranger = Client()
    return milliseconds(lambda: stranger.get(reverse("account_login")))


def measure() -> Iterator[Figure]:
    yield Figure(
        "empty page", empty_page(), "ms", "the sign-in form for a stranger, median of 30; the baseline of pages"
    )
