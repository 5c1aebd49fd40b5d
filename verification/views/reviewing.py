"""One page to read the claim and say what one thinks of it: recommend a verdict, or send it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom import permits
from newsroom.attempts import attempt
from newsroom.loading import load
from newsroom.requests import DeskRequest
from verification.actions import reviews
from verification.forms.work import ReviewForm
from verification.ground import ground_of
from verification.models import Assignment
from verification.queries.evidence import accounts
from verification.queries.policy import policy_report
from verification.wording.policy import policy_points
from verification.wording.shown import show


@require_http_methods(["GET", "POST"])
def review(request: DeskRequest, pk: int) -> HttpResponse:
    everything = Assignment.objects.select_related("claim__case__policy", "claim__claimant", "assigned_by")
    assignment = load(everything, request.user, pk=pk)
    claim = assignment.claim
    permits.require(request.user, "assignment.answer", assignment)
    permits.require(request.user, "claim.review", claim)
    form = ReviewForm(request.POST or None)
    if form.is_valid() and _submitted(request, form, assignment):
        messages.success(request, _("Your review is in."))
        return redirect("claim-detail", claim.reference)
    report = policy_report(claim)
    context = {
        "form": form,
        "ground": ground_of(claim),
        "assignment": assignment,
        "claim": claim,
        "accounts": accounts(claim),
        "shown": show(claim, report.weighed),
        "points": policy_points(report, claim.case.policy.lone_anonymous),
        "section": "desk",
    }
    return render(request, "verification/review.html", context)


def _submitted(request: DeskRequest, form: ReviewForm, assignment: Assignment) -> bool:
    said = dict(form.cleaned_data)
    if "send_back" in request.POST:
        said = {"ground": said["ground"], "rationale": said["rationale"]}
        act = reviews.send_back
        return attempt(form, act, actor=request.user, assignment_id=assignment.pk, **said) is not None
    return attempt(form, reviews.submit, actor=request.user, assignment_id=assignment.pk, **said) is not None
