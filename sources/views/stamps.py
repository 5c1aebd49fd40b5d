"""Ask for the time stamps that a capture does not have."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from newsroom.loading import load_for
from newsroom.requests import DeskRequest
from sources.actions import stamp_requests
from sources.models import Capture


@require_POST
def ask(request: DeskRequest, pk: UUID) -> HttpResponse:
    capture = load_for("stamp.ask", Capture.objects.in_full(), request.user, pk=pk)
    try:
        asked = stamp_requests.ask(actor=request.user, capture_id=capture.pk)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        if asked:
            messages.success(request, _("The authorities are being asked. Load the page again to see what they say."))
        else:
            messages.info(request, _("Nobody is left to ask: each has answered, or is being asked."))
    return redirect(capture.get_absolute_url())  # to its top, where the message stands
