"""A small honest web server, for captures through the whole pipeline: its pages can change, wait and go away."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ARABIC = "خبر طويل بما يكفي ليظهر في الصفحة كلها من غير نقص ولا زيادة على ما كتب فيه"


def page(text: str = ARABIC, title: str = "عنوان") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"<!doctype html><html lang=ar><head><title>{title}</title></head><body>{paragraphs}</body></html>".encode()


class PageServer:
    """`pages` are bodies by path; `answers` overrides (status, headers) for a path. Down until `start`.

    A path in `held` is answered only after `release`; `asked` says that somebody waits for one.
    """

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.answers: dict[str, tuple[int, dict[str, str]]] = {}
        self.held: set[str] = set()
        self.asked, self._released = threading.Event(), threading.Event()
        self.port = 0
        self._server: ThreadingHTTPServer | None = None

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def start(self) -> None:
        handler = type("Handler", (_Handler,), {"pages": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        self.release()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def release(self) -> None:
        self._released.set()

    def reset(self) -> None:
        """As for a new test: up, with one good page and nothing held."""
        self.release()
        self.pages, self.answers, self.held = {"/good": page()}, {}, set()
        self.asked, self._released = threading.Event(), threading.Event()
        if self._server is None:
            self.start()

    def wait_if_held(self, path: str) -> None:
        released = self._released
        if path in self.held:
            self.asked.set()
            released.wait(30)


class _Handler(BaseHTTPRequestHandler):
    pages: PageServer

    def do_GET(self) -> None:
        self.pages.wait_if_held(self.path)
        body = self.pages.pages.get(self.path, b"")
        status, headers = self.pages.answers.get(self.path, (200 if body else 404, {}))
        self.send_response(status)
        named = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **headers}
        for name, value in named.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass  # whoever asked is gone

    def log_message(self, format: str, *args: Any) -> None:
        pass
