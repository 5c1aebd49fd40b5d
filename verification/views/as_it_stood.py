"""A claim and a case as they stood at a moment, alone or beside another one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit.queries.between import between
from newsroom import permits
from newsroom.loading import load
from newsroom.models import Case
from newsroom.requests import DeskRequest
from newsroom.views.moments import look
from verification.loading import load_claim
from verification.models import Claim
from verification.queries.case_then import case_then, claims_then, compared_rows, rows_then
from verification.queries.claim_then import chains_between, read_then
from verification.queries.record import acts_in, acts_on

PER_PAGE = 50
MOST_CHANGES = 100


@require_GET
def as_it_stood(request: DeskRequest, reference: str) -> HttpResponse:
    """The acts on the claim are the moments to choose from; what came in from elsewhere is found by typing a time."""
    user, claim = request.user, load_claim(request.user, reference)
    looked = look(request, acts_on(claim, user).all())
    context = {"section": "cases", "face": "as-it-stood", "claim": claim, **looked.context}
    if looked.at is not None:
        then = read_then(claim, looked.at, user)
        if then is None:
            looked.form.add_error("at", _("This claim was not yet written then."))
        else:
            context |= {"then": then} | _beside(request, claim, then, looked.against)
    return render(request, "verification/claim_as_it_stood.html", context)


def _beside(request: DeskRequest, claim: Claim, then: Any, against: int | None) -> dict[str, Any]:
    other = read_then(claim, against, request.user) if against is not None else None
    if other is None:
        return {"nothing_to_compare": against is not None}
    composed = chains_between(other, then)
    return {"other": other, "changes": between(other.rows, then.rows, reader=request.user, composed=composed)}


@require_GET
def case_as_it_stood(request: DeskRequest, slug: str) -> HttpResponse:
    user = request.user
    case = load(Case.objects.prefetch_related("memberships"), user, slug=slug)
    looked = look(request, acts_in(case, user).all())
    context = {"section": "cases", "face": "as-it-stood", "case": case, **looked.context}
    context |= {"may_edit": permits.allows(user, "case.edit", case)}
    if looked.at is not None:
        then = case_then(case, looked.at)
        if then is None:
            looked.form.add_error("at", _("This case was not yet opened then."))
        else:
            page = Paginator(claims_then(case, looked.at), PER_PAGE).get_page(request.GET.get("page"))
            context |= {"then": then, "page": page, "rows": rows_then(case, [*page.object_list], looked.at)}
        if looked.against is not None and then is not None:
            context |= _case_beside(request, case, looked.against, looked.at)
    return render(request, "verification/case_as_it_stood.html", context)


def _case_beside(request: DeskRequest, case: Case, one: int, other: int) -> dict[str, Any]:
    before, after = compared_rows(case, one), compared_rows(case, other)
    changes = between(before, after, reader=request.user, composed={})
    return {"changes": changes[:MOST_CHANGES], "more_changes": max(len(changes) - MOST_CHANGES, 0)}
