"""The demo's pages: real ones, on this machine alone, and what an engine makes of them."""

import threading
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from publishing.demo.server import PAGES, NotLoopback, serve
from sources.archiving.http_engine import capture
from sources.archiving.result import CaptureResult
from sources.domain.captures import CaptureState


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serve("127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join()


def get(port: int, path: str) -> CaptureResult:
    return capture(f"http://127.0.0.1:{port}{path}", allow=frozenset({("127.0.0.1", port)}))


@pytest.mark.parametrize("page", sorted(path.name for path in PAGES.glob("*.html")))
def test_every_page_is_captured_whole(port: int, page: str) -> None:
    result = get(port, f"/{page}")
    assert (result.state, result.reason) == (CaptureState.SUCCEEDED, None)
    assert result.title
    assert result.text


@pytest.mark.parametrize("path", ["/", "/nothing.html", "/../server.py", "/%2e%2e/server.py"])
def test_nothing_else_is_served(port: int, path: str) -> None:
    assert get(port, path).http_status == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "localhost", ""])
def test_nobody_else_can_reach_it(host: str) -> None:
    with pytest.raises(NotLoopback):
        serve(host, 0)


@pytest.mark.parametrize(
    ("address", "said"), [("0.0.0.0:8123", "no loopback"), ("127.0.0.1:port", "no address and port")]
)
def test_a_wrong_address_is_refused_in_words(settings: Settings, address: str, said: str) -> None:
    settings.ISNAD_DEMO_PAGES = address
    with pytest.raises(CommandError, match=said):
        call_command("demo_pages")


def test_a_port_in_use_is_named(settings: Settings, port: int) -> None:
    settings.ISNAD_DEMO_PAGES = f"127.0.0.1:{port}"
    with pytest.raises(CommandError, match=str(port)):
        call_command("demo_pages")
