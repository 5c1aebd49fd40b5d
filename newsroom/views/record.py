"""What every page of the record has in common: narrow by the address, read a page, say what is wrong, hand out files.

A file is asked for with a POST to the page itself: it holds what the page's address asks for, and that it left the
house is put on record first.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render

from audit.models import Act
from audit.queries import plain, story
from audit.queries.trail import Trail
from newsroom.actions import protected
from newsroom.forms.record import Find, RecordForm
from newsroom.models import Case
from newsroom.requests import DeskRequest
from newsroom.views.record_file import FORMATS, MOST, file_of


@dataclass(frozen=True)
class Record:
    """The acts a page is about. `name` is what a file of them is called.

    `about` is the thing the page is about, where it is about one, and `case` where it belongs. `withheld` says which
    acts may be known of, but not what they held. With `find`, the page is narrowed to one thing by its number.
    """

    trail: Trail
    name: str
    about: Any = None
    case: Case | None = None
    withheld: Callable[[Collection[Act]], Collection[int]] = field(default=story.nothing_withheld)
    find: Find | None = None


def answer(request: DeskRequest, template: str, record: Record, context: dict[str, Any]) -> HttpResponseBase:
    """The page, with `filters` and `story`, which is None while the address asks for what cannot be; or the file."""
    filters = RecordForm(request.GET, find=record.find)
    shown = {**context, "filters": filters, "story": None, "most_in_a_file": MOST}
    if not filters.is_valid():
        return render(request, template, shown)
    read: dict[str, Any] = {
        "reader": request.user,
        "about": record.about,
        "before": filters.cleaned_data["before"],
        "withheld": record.withheld,
    }
    trail = record.trail.narrowed(filters.narrowed)
    form = request.POST.get("format", "")
    if form in FORMATS:
        what = f"{request.get_full_path()} ({form})"
        # On record in the case it was narrowed to: the address names what others may not know of.
        subject = filters.cleaned_data.get("thing")
        case = record.case or (subject.case if subject else None)
        protected.read("export.download", actor=request.user, case=case, what=what)
        return file_of(plain.every(trail, most=MOST, **read), form, record.name)
    return render(request, template, {**shown, "story": story.read(trail, **read)})
