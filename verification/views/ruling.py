"""One page to rule on a claim: what stands for it and against it, what the policy asks for, and the verdict."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom.attempts import attempt
from newsroom.loading import load_for
from newsroom.requests import DeskRequest
from verification.actions import verdicts
from verification.forms.work import RuleForm
from verification.ground import ground_of
from verification.models import Claim
from verification.queries.evidence import accounts
from verification.queries.policy import policy_report
from verification.wording.policy import open_points_sentence, policy_points
from verification.wording.shown import show


@require_http_methods(["GET", "POST"])
def rule(request: DeskRequest, reference: str) -> HttpResponse:
    claims = Claim.objects.by_reference(reference).select_related("case__policy", "claimant", "created_by")
    claim = load_for("claim.rule", claims, request.user)
    ground = ground_of(claim)
    form = RuleForm(request.POST or None)
    if form.is_valid() and attempt(form, verdicts.rule, actor=request.user, claim_id=claim.pk, **form.cleaned_data):
        messages.success(request, _("The verdict stands."))
        return redirect("claim-detail", claim.reference)
    report = policy_report(claim, ruler=request.user)
    context = {
        "form": form,
        "ground": ground,
        "claim": claim,
        "accounts": accounts(claim),
        "shown": show(claim, report.weighed),
        "reviews": claim.reviews.select_related("reviewer"),
        "report": report,
        "points": policy_points(report, claim.case.policy.lone_anonymous),
        "open_points": open_points_sentence(report),
        "current": claim.verdicts.current().select_related("ruled_by").first(),
        "section": "cases",
    }
    return render(request, "verification/rule.html", context)
