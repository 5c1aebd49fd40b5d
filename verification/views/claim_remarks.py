"""Say something about a claim, close it, reopen it: small forms on the claim's own page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from newsroom.attempts import attempt
from newsroom.requests import DeskRequest
from verification.actions import claims, comments
from verification.forms.remarks import CommentForm, ReasonForm
from verification.loading import load_claim_for
from verification.models import Claim
from verification.views.claim_page import show


@require_POST
def comment(request: DeskRequest, reference: str) -> HttpResponse:
    claim = load_claim_for("claim.comment", request.user, reference)
    form = CommentForm(request.POST)
    if form.is_valid():
        said = attempt(form, comments.comment, actor=request.user, claim_id=claim.pk, **form.cleaned_data)
        if said is not None:
            return redirect(f"{reverse('claim-detail', args=[claim.reference])}#comment-{said.pk}")
    return show(request, claim, comment=form)


@require_POST
def close(request: DeskRequest, reference: str) -> HttpResponse:
    return _put(request, reference, "claim.close", claims.close, _("The claim is closed."))


@require_POST
def reopen(request: DeskRequest, reference: str) -> HttpResponse:
    return _put(request, reference, "claim.reopen", claims.reopen, _("The claim is open again."))


def _put(request: DeskRequest, reference: str, name: str, action: Callable[..., Claim], done: str) -> HttpResponse:
    claim = load_claim_for(name, request.user, reference)
    form = ReasonForm(request.POST)
    if form.is_valid() and attempt(form, action, actor=request.user, claim_id=claim.pk, **form.cleaned_data):
        messages.success(request, done)
        return redirect("claim-detail", claim.reference)
    return show(request, claim, put=form)
