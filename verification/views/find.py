"""Find anything: claims, sources and cases, by words folded as `search_key` folds them, or by a reference."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from newsroom.domain.text import search_key
from newsroom.models import Case, User
from newsroom.requests import DeskRequest
from sources.models import Source
from verification.models import Claim

PER_PAGE = 20
LONGEST = 200
KINDS = {"claims": _("Claims"), "sources": _("Sources"), "cases": _("Cases")}


@require_GET
def find(request: DeskRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:LONGEST]
    if (claim := Claim.objects.visible_to(request.user).by_reference(words.strip()).first()) is not None:
        return redirect("claim-detail", claim.reference)
    kind = request.GET.get("kind", "claims")
    kind = kind if kind in KINDS else "claims"
    results = {name: _found(name, words, request.user) for name in KINDS}
    counts = {name: found.count() for name, found in results.items()}
    page = Paginator(results[kind], PER_PAGE).get_page(request.GET.get("page"))
    tabs = [{"kind": name, "label": label, "count": counts[name]} for name, label in KINDS.items()]
    context = {"words": words, "kind": kind, "tabs": tabs, "page": page}
    return render(request, "verification/find.html", context)


def _found(kind: str, words: str, user: User) -> QuerySet[Any]:
    if not search_key(words):
        return Claim.objects.none()
    if kind == "sources":
        return Source.objects.visible_to(user).found_by(words).select_related("case").order_by("id")
    if kind == "cases":
        return Case.objects.visible_to(user).filter(search_key__contains=search_key(words)).order_by("-id")
    return Claim.objects.visible_to(user).found_by(words).select_related("case").order_by("id")
