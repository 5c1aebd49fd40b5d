"""Ask another archive for a copy of a captured page, or which it has."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from newsroom.attempts import attempt
from newsroom.loading import load_for
from newsroom.requests import DeskRequest
from sources.actions import copies
from sources.forms.copies import CopyForm
from sources.models import Capture


@require_POST
def ask(request: DeskRequest, pk: UUID) -> HttpResponse:
    capture = load_for("capture.copy", Capture.objects.in_full(), request.user, pk=pk)
    restricted = bool(capture.case and capture.case.restricted)
    form = CopyForm(request.POST, restricted=restricted)
    if form.is_valid():
        asked = attempt(form, copies.ask, actor=request.user, capture_id=capture.pk, **form.cleaned_data)
        if asked:
            messages.success(request, _("The archive is being asked. Load the page again to see what it answers."))
            return redirect(f"{capture.get_absolute_url()}#elsewhere")
    return render(request, "sources/capture_copy.html", {"form": form, "capture": capture, "section": "sources"})
