"""What every page of the record has in common: narrow by the address, read a page, say what is wrong."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet

from audit.models import Act
from audit.queries import story
from newsroom.forms.record import RecordForm
from newsroom.requests import DeskRequest


def record(
    request: DeskRequest,
    acts: "QuerySet[Act]",
    withheld: Callable[[Collection[Act]], Collection[int]] = story.nothing_withheld,
    *,
    about: Any = None,
) -> dict[str, Any]:
    """For the template: `filters` and `story`, which is None while the address asks for what cannot be.

    `about` is the thing the page is about, where it is about one.
    """
    filters = RecordForm(request.GET)
    if not filters.is_valid():
        return {"filters": filters, "story": None}
    before = filters.cleaned_data["before"]
    narrowed = filters.narrowed(acts)
    page = story.read(narrowed, reader=request.user, about=about, before=before, withheld=withheld)
    return {"filters": filters, "story": page}
