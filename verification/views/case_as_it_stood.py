"""A case as it stood at a moment, one part of it at a time, alone or beside another moment."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from newsroom import permits
from newsroom.loading import load
from newsroom.models import Case
from newsroom.requests import DeskRequest
from newsroom.views.moments import beside, look
from newsroom.wording.policies import rules_in_words
from verification.queries.blindness import withheld_from
from verification.queries.case_parts_then import keys_of, policy_then, rows_of
from verification.queries.case_then import case_then, rows_then
from verification.queries.record import acts_in

PER_PAGE = 50
PARTS = {
    "claims": gettext_lazy("Claims"),
    "sources": gettext_lazy("Sources"),
    "captures": gettext_lazy("Captures"),
    "assignments": gettext_lazy("Assignments"),
    "members": gettext_lazy("Members"),
    "policy": gettext_lazy("Verification policy"),
}


@require_GET
def as_it_stood(request: DeskRequest, slug: str) -> HttpResponse:
    """`?show=` names the part; the moments to choose from are the acts in the case, whichever part they wrote."""
    user = request.user
    case = load(Case.objects.prefetch_related("memberships"), user, slug=slug)
    acts = acts_in(case, user).all()
    looked = look(request, acts)
    part = request.GET.get("show", "")
    part = part if part in PARTS else "claims"
    context = {"section": "cases", "face": "as-it-stood", "case": case, "part": part, "parts": PARTS, **looked.context}
    context |= {"may_edit": permits.allows(user, "case.edit", case)}
    if looked.at is not None:
        then = case_then(case, looked.at)
        if then is None:
            looked.form.add_error("at", _("This case was not yet opened then."))
        else:
            context |= {"then": then} | _part(request, case, part, looked.at)
            history = reverse("case-history", args=[case.slug])
            context |= beside(looked, acts, user, history, withheld=partial(withheld_from, user))
    return render(request, "verification/case_as_it_stood.html", context)


def _part(request: DeskRequest, case: Case, part: str, moment: int) -> dict[str, Any]:
    if part == "policy":
        policy = policy_then(case, moment)
        return {"rules": rules_in_words(policy) if policy else []}
    page = Paginator(keys_of(part, case, moment), PER_PAGE).get_page(request.GET.get("page"))
    keys = [*page.object_list]
    rows = rows_then(case, keys, moment) if part == "claims" else rows_of(part, keys, moment, request.user)
    return {"page": page, "rows": rows}
