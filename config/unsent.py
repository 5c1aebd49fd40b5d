"""A form sent by somebody who is no longer signed in, or older than their signing in: what was typed is not lost.

Nothing of it is done. The page shows what was typed and offers to send it again to where it was going, after whoever
sits there has signed in, in another tab, and seen as whom. Nothing is kept on the server or in the browser. Only a form
of our own pages is answered so: what another site sent here with somebody's cookies is not handed to them to send on.
"""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

_NOT_TYPED = re.compile(r"[\w.:-]{0,40}", re.ASCII)  # what buttons, lists and ticks send


class TypedIsNotLost(LoginRequiredMiddleware):
    """In place of Django's. It stands after the check of the form's token: what comes here is from our own page."""

    def handle_no_permission(  # type: ignore[override]  # django-stubs knows only Django's own answer, a redirect
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        if "HX-Request" in request.headers:
            # A part of a page was asked for, and the page stays as it is: desk.js says what to do.
            return HttpResponse(status=401)
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        if typed := _typed(request):
            return _shown(request, typed)
        # To a page, since after signing in an address is asked for, and this one may only be sent to.
        return redirect_to_login(_page_it_came_from(request), self.get_login_url(view_func))


@sensitive_post_parameters()
def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`. Signing in makes new tokens: a form opened before has an old one."""
    if request.headers.get("Origin") == _our_origin(request) and (typed := _typed(request)):
        return _shown(request, typed)
    return render(request, "403_csrf.html", status=403)


def texts(request: HttpRequest) -> list[str]:
    """Of what was sent that which somebody wrote, as far as it can be told from what buttons and lists send."""
    return [value for _name, value in _typed(request) if not _NOT_TYPED.fullmatch(value.strip())]


def _shown(request: HttpRequest, typed: list[tuple[str, str]]) -> HttpResponse:
    context = {
        "typed": typed,
        "texts": texts(request),
        "files": [file.name for files in request.FILES.lists() for file in files[1]],
        "came_from": _page_it_came_from(request),
    }
    response = render(request, "unsent.html", context, status=403)
    response["Cache-Control"] = "no-store"
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values in the order in which they were sent; none of a form with a password in it."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    if any("password" in name for name, _value in fields):
        return []
    return [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]


def _page_it_came_from(request: HttpRequest) -> str:
    page, _hash, _place = request.headers.get("Referer", "").partition("#")
    ours = f"{_our_origin(request)}/"
    # One slash: an address with two would lead to another site.
    return "/" + page.removeprefix(ours).lstrip("/") if page.startswith(ours) else str(settings.LOGIN_REDIRECT_URL)


def _our_origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
