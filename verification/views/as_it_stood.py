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
from newsroom.models import Case, User
from newsroom.requests import DeskRequest
from newsroom.views.moments import Look, look
from verification.loading import load_claim
from verification.queries.case_then import case_then, claims_then, compared_rows, rows_then
from verification.queries.claim_then import ClaimThen, chains_between, read_then
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
            other = read_then(claim, looked.against, user) if looked.against is not None else None
            context |= {"then": then} | _beside(looked, then, other, user)
    return render(request, "verification/claim_as_it_stood.html", context)


def _beside(looked: Look, then: ClaimThen, other: ClaimThen | None, reader: User) -> dict[str, Any]:
    """`earlier` and `later` are what was read at the two moments, of which the page shows one whole."""
    if looked.span is None or other is None:
        return {"nothing_to_compare": looked.against is not None}
    earlier, later = (then, other) if looked.span[0] == looked.at else (other, then)
    composed = chains_between(earlier, later)
    changes = between(earlier.rows, later.rows, reader=reader, composed=composed)
    return {"earlier": earlier, "later": later, "changes": changes}


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
        if looked.span and then is not None:
            context |= _case_beside(request, case, *looked.span)
    return render(request, "verification/case_as_it_stood.html", context)


def _case_beside(request: DeskRequest, case: Case, since: int, until: int) -> dict[str, Any]:
    before, after = compared_rows(case, since), compared_rows(case, until)
    changes = between(before, after, reader=request.user, composed={})
    return {"changes": changes[:MOST_CHANGES], "more_changes": max(len(changes) - MOST_CHANGES, 0)}
