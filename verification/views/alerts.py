"""Close an alert with what came of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom.attempts import attempt
from newsroom.loading import load_for
from newsroom.requests import DeskRequest
from verification.actions import alerts
from verification.forms.alerts import CloseAlertForm
from verification.models import Alert
from verification.wording.alerts import tell


@require_http_methods(["GET", "POST"])
def close(request: DeskRequest, pk: int) -> HttpResponse:
    known = Alert.objects.select_related("because_of", "claim__case__policy").prefetch_related(
        "claim__case__memberships"
    )
    alert = load_for("alert.close", known, request.user, pk=pk)
    form = CloseAlertForm(request.POST or None)
    if form.is_valid() and attempt(form, alerts.close, actor=request.user, alert_id=alert.pk, **form.cleaned_data):
        messages.success(request, _("The alert is closed."))
        return redirect("claim-detail", alert.claim.reference)
    [told] = tell([alert])
    context = {"section": "desk", "claim": alert.claim, "told": told, "form": form}
    return render(request, "verification/alert_close.html", context)
