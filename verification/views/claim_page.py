"""A claim: what is claimed, where it stands, what supports and contradicts it, who said and did what about it."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from newsroom import permits
from newsroom.requests import DeskRequest
from verification.forms.remarks import CommentForm, ReasonForm
from verification.loading import load_claim
from verification.models import Claim, ClaimState
from verification.places import on_claims
from verification.queries.claim_page import claim_page

OFFERED = (
    "claim.edit",
    "claim.comment",
    "claim.assign",
    "claim.review",
    "claim.rule",
    "evidence.add",
    "reply.ask",
    "alert.close",
)


@require_GET
def detail(request: DeskRequest, reference: str) -> HttpResponse:
    return show(request, load_claim(request.user, reference))


def show(
    request: DeskRequest, claim: Claim, *, comment: forms.Form | None = None, put: forms.Form | None = None
) -> HttpResponse:
    """The page; `comment` and `put` (closing or reopening) are forms that were refused, with what was typed."""
    put_act = "claim.reopen" if claim.state == ClaimState.CLOSED else "claim.close"
    context = {
        "section": "cases",
        "face": "claim",
        "claim": claim,
        "case": claim.case,
        "page": claim_page(claim, request.user),
        "panels": on_claims.of(request.user, claim),
        "may": {act.replace(".", "_"): permits.allows(request.user, act, claim) for act in OFFERED},
        "may_put": permits.allows(request.user, put_act, claim),
        "comment_form": comment or CommentForm(),
        "put_form": put or ReasonForm(),
    }
    return render(request, "verification/claim_detail.html", context)
