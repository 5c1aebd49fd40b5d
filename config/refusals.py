"""Refusals that Django words for nobody: what may only be sent here, what cannot be read, what somebody may not do."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from config.unsent import texts

MIB = 1024 * 1024


class WordsForARefusal:
    """Whoever opens an address that may only be sent to, or sends to one that may only be opened, gets a page with a
    way on, where Django answers nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = render(request, "405.html", {"may_be_read": "GET" in response["Allow"]}, status=405)
        page["Allow"] = response["Allow"]
        return page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`."""
    return render(request, "400.html", {"why": _why(exception)}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler403`. A claim can be opened again while somebody writes its release: the note is theirs to copy."""
    return render(request, "403.html", {"exception": str(exception), "texts": texts(request)}, status=403)


def _why(exception: Exception) -> str:
    if isinstance(exception, RequestDataTooBig):
        return _("It is more than %(size)s MB of text, the most that is taken at once. Send it in parts.") % {
            "size": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MIB
        }
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        return _("It has more fields or files than a form of this desk can have.")
    return _("The request was damaged on its way, or was not made by a form of this desk.")
