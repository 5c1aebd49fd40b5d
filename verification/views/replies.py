"""Whom we asked to respond, and what came back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom.attempts import attempt
from newsroom.loading import load_for
from newsroom.requests import DeskRequest
from verification.actions import replies
from verification.forms.work import ReplyOutcomeForm, ReplyRequestForm
from verification.models import Claim, ReplyRequest


@require_http_methods(["GET", "POST"])
def ask(request: DeskRequest, reference: str) -> HttpResponse:
    claims = Claim.objects.by_reference(reference).select_related("case")
    claim = load_for("reply.ask", claims, request.user)
    form = ReplyRequestForm(request.POST or None)
    if form.is_valid() and attempt(form, replies.ask, actor=request.user, claim_id=claim.pk, **form.cleaned_data):
        messages.success(request, _("Noted."))
        return redirect("claim-detail", claim.reference)
    context = {"form": form, "claim": claim, "section": "cases"}
    return render(request, "verification/reply_ask.html", context)


@require_http_methods(["GET", "POST"])
def note(request: DeskRequest, pk: int) -> HttpResponse:
    asked = load_for("reply.ask", ReplyRequest.objects.select_related("claim__case"), request.user, pk=pk)
    initial = {"version": asked.version, "outcome": asked.outcome}
    form = ReplyOutcomeForm(request.POST or None, initial=initial)
    if form.is_valid():
        values = form.cleaned_data
        if attempt(form, replies.note_outcome, actor=request.user, request_id=asked.pk, **values):
            messages.success(request, _("Noted."))
            return redirect("claim-detail", asked.claim.reference)
    context = {"form": form, "asked": asked, "claim": asked.claim, "section": "cases"}
    return render(request, "verification/reply_note.html", context)
