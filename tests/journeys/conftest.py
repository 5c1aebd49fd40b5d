"""The running product for a journey: a real web server, a real worker, a real Chromium, on this run's own database.

    @pytest.mark.journey
    def test_amal_signs_in(live: str, page: Page, cast: Cast) -> None:
        page.goto(f"{live}/")

`live` is the address. Whatever the test wrote before is committed, so the server sees it; afterwards it is gone.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.processes import running

# Playwright keeps an event loop in our thread, which makes Django believe that we are asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

NO_BROWSER = "no Chromium on this machine: journeys did not run"
# No sandbox, for root in a container; nothing that calls home.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
# Playwright switches off what every browser does since 2023: a frame of another site keeps what it stores apart, by the
# site it is framed by. Without it the replay of an archived page is forbidden to store anything at all. The last word
# counts, so this names the rest of Playwright's list that matters here.
FLAGS += [
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,PaintHolding,OptimizationHints"
]
AXE = Path(axe_core_python.__file__).parent / "axe.min.js"


@pytest.fixture(scope="session")
def web(run_environment: dict[str, str]) -> Iterator[str]:
    port, replay_port = _free_ports(2)
    # The replay program takes its own settings, so it is told by name where the files of this run are.
    told = {"REPLAY_PORT": str(replay_port), "ARCHIVE_ROOT": settings.ARCHIVE_ROOT}
    environment = run_environment | told
    with (
        running(_granian(port, "config.wsgi"), environment, lambda: _listens(port)),
        running(_granian(replay_port, "config.replay_wsgi"), environment, lambda: _listens(replay_port)),
    ):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def live(web: str, celery_worker: subprocess.Popen[bytes]) -> str:
    return web


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        try:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            if path or os.environ.get("CI") == "true":
                pytest.fail(f"{NO_BROWSER} ({error.message.splitlines()[0]})")
            pytest.skip(NO_BROWSER)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, live: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails its test on any script error or refusal by the content security policy."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert not complaints


@pytest.fixture
def barriers(page: Page) -> Any:
    """`barriers()` names what axe finds on the page as it is now: `["color-contrast: .quiet", ...]`."""

    def barriers() -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")["violations"]
        return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]

    return barriers


@pytest.fixture
def open_to_all(page: Page, barriers: Any) -> Any:
    """`open_to_all(paths)`: nothing on these pages for axe to find, nothing to scroll sideways, wide or narrow."""

    def open_to_all(paths: Iterable[str]) -> None:
        for width in (1360, 360):
            page.set_viewport_size({"width": width, "height": 800})
            for path in paths:
                page.goto(path)
                assert barriers() == [], path
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    return open_to_all


def _granian(port: int, module: str) -> list[str]:
    program = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--port", str(port)]
    return [
        *program,
        "--blocking-threads",
        "4",
        "--backpressure",
        "64",
        "--log-level",
        "warning",
        f"{module}:application",
    ]


def _free_ports(number: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
