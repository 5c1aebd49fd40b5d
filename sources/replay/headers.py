"""What every answer of the replay origin carries. A policy is the view's own, or else the strictest."""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

Directives = Iterable[tuple[str, str]]
Handler = Callable[[HttpRequest], HttpResponseBase]

CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
# A frame of another origin is given none of these anyway; this says so too.
POWERS = [
    *("camera", "clipboard-read", "clipboard-write", "display-capture", "geolocation", "microphone", "midi"),
    *("payment", "publickey-credentials-get", "serial", "storage-access", "usb"),
]
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "X-DNS-Prefetch-Control": "off",
    # Young, and in Chromium alone: the one thing that also stops WebRTC and connections made in advance.
    "Connection-Allowlist": "(response-origin);redirects=allow",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in POWERS),
    "Cache-Control": "no-store",
}


class ReplayHeaders:
    """Answers at the replay origin only, and never with a cookie."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request) if is_ours(request.get_host()) else HttpResponse(status=421)
        for name, value in ALWAYS.items():
            answer.headers.setdefault(name, value)
        answer.headers.setdefault("Content-Security-Policy", CLOSED)
        answer.cookies.clear()
        return answer


def is_ours(host: str) -> bool:
    """Whether `host` (with its port) is one that captures are played from."""
    ours = urlsplit(settings.REPLAY_ORIGIN).netloc
    return host == ours or (ours.startswith("*.") and host.partition(".")[2] == ours[2:])


def policy(directives: Directives) -> str:
    return "; ".join(f"{name} {value}".strip() for name, value in directives)
