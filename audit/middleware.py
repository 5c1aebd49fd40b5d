"""Every act done on a page says so."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit.acts import coming_from


class OriginMiddleware:
    """Names the request as the origin of the acts in it; the same name is answered in `X-Request-ID`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = uuid.uuid4().hex
        with coming_from(f"page {name}"):
            response = self.get_response(request)
        response["X-Request-ID"] = name
        return response
