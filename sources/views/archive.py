"""The health of the archive, and the lists behind its numbers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from newsroom.requests import DeskRequest
from sources.forms.archive import CaptureFilterForm, CaseFilterForm, PassageFilterForm, WatchFilterForm
from sources.models import Excerpt
from sources.queries import archive
from sources.queries.archive import sightings_of
from sources.wording.archive import numbers
from sources.wording.watching import story

PER_PAGE = 50
TOLD = 4
"""Of one passage: what was seen in the latest looks, looks that say the same taken together."""


@require_GET
def health(request: DeskRequest) -> HttpResponse:
    filters = CaseFilterForm(request.GET, request.user)
    case = filters.wanted().get("case", "")
    found = archive.health(request.user, case)
    context = {"health": found, "numbers": numbers(found, case), "case": case}
    context |= {"told": with_story(found.passages), "not_found": with_story(found.not_found)}
    context |= {"elsewhere": with_story(found.elsewhere)}
    return _page(request, "sources/archive.html", filters, context)


@require_GET
def captures(request: DeskRequest) -> HttpResponse:
    filters = CaptureFilterForm(request.GET, request.user)
    return _list(request, "captures", filters, archive.captures(request.user, **filters.wanted()).in_full())


@require_GET
def watches(request: DeskRequest) -> HttpResponse:
    filters = WatchFilterForm(request.GET, request.user)
    wanted = filters.wanted()
    found = archive.shown(archive.watches(request.user, wanted.get("case", "")), wanted.get("show", ""))
    return _list(request, "watches", filters, archive.oldest_first(found))


@require_GET
def passages(request: DeskRequest) -> HttpResponse:
    filters = PassageFilterForm(request.GET, request.user)
    wanted = filters.wanted()
    found = archive.passages(request.user, wanted.get("case", ""), wanted.get("show", ""))
    return _list(request, "passages", filters, found, which=wanted.get("show", ""))


def _list(request: DeskRequest, face: str, filters: CaseFilterForm, rows: Any, **context: Any) -> HttpResponse:
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    told = with_story(list(page)) if face == "passages" else []
    return _page(request, f"sources/archive_{face}.html", filters, {"page": page, "told": told, **context}, face)


def _page(
    request: DeskRequest, template: str, filters: CaseFilterForm, context: dict[str, Any], face: str = "health"
) -> HttpResponse:
    shared = {"filters": filters, "active": bool(filters.wanted()), "section": "archive", "face": face}
    return render(request, template, {**shared, **context})


def with_story(excerpts: list[Excerpt]) -> list[dict[str, Any]]:
    """Each passage with what was seen of it."""
    seen = sightings_of(excerpts) if excerpts else {}
    return [{"excerpt": each, "story": story(seen[each.pk])[:TOLD]} for each in excerpts]
