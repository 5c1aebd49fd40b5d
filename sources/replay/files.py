"""The files of the replay origin itself: its players' scripts and what those read. No other name leads to a file."""

from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from sources.replay.headers import policy
from sources.replay.ranges import part_of

STATIC = Path(settings.BASE_DIR) / "static"
JAVASCRIPT, CSS = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
_PDFJS = STATIC / "vendor/pdfjs"
_TYPES = {".mjs": JAVASCRIPT, ".css": CSS, ".wasm": "application/wasm"}
FILES = {
    "ui.js": (STATIC / "vendor/replaywebpage/ui.js", JAVASCRIPT),
    "sw.js": (STATIC / "vendor/replaywebpage/sw.js", JAVASCRIPT),
    "document.js": (STATIC / "replay/document.js", JAVASCRIPT),
    "held.js": (STATIC / "replay/held.js", JAVASCRIPT),
    "picture.js": (STATIC / "replay/picture.js", JAVASCRIPT),
    "document.css": (STATIC / "replay/document.css", CSS),
    "palette.css": (STATIC / "css/palette.css", CSS),
    "refused.css": (STATIC / "replay/refused.css", CSS),
} | {
    f"pdfjs/{path.relative_to(_PDFJS)}": (path, _TYPES.get(path.suffix, "application/octet-stream"))
    for path in _PDFJS.rglob("*.*")
}
# What a worker may fetch is said by the answer that brought its script.
WORKER = (
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("connect-src", "'self'"),
)
_WORKERS = ("pdfjs/legacy/build/pdf.worker.min.mjs",)


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    if name not in FILES:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    path, media_type = FILES[name]
    answer = part_of(lambda: path.open("rb"), request, media_type)
    answer["Cache-Control"] = "max-age=3600"
    if name in _WORKERS:
        answer["Content-Security-Policy"] = policy(WORKER)
    return answer


@require_safe
def worker(request: HttpRequest) -> HttpResponseBase:
    """Ours, around the player's own. It takes no options: they could be given by an archived page."""
    if request.GET.dict() not in ({}, {"serveIndex": "1"}):
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    answer = part_of(lambda: (STATIC / "replay/worker.js").open("rb"), request, JAVASCRIPT)
    answer["Content-Security-Policy"] = policy(WORKER)
    answer["Cache-Control"] = "no-cache"
    return answer
