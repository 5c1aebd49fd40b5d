"""The pages of the demo case, served as pages of strangers would be, so that its captures are real ones."""

import ipaddress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parent / "pages"


class NotLoopback(ValueError):
    """The address is one that others can reach: this server is for the machine it runs on."""


def serve(host: str, port: int, pages: Path = PAGES) -> ThreadingHTTPServer:
    """A server that listens already; `serve_forever()` answers. Raises NotLoopback, and OSError for a port in use."""
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise NotLoopback(host)

    class Page(_Page):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, directory=str(pages), **kwargs)

    return ThreadingHTTPServer((host, port), Page)


class _Page(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".html": "text/html; charset=utf-8"}

    def list_directory(self, path: Any) -> None:
        """What is there is said by nobody: a list of the pages is no page."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: Any) -> None:
        pass
