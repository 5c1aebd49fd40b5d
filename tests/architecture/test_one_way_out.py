"""Every outgoing call passes the guard: no other module may so much as import a client."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "publishing", "verification", "sources", "audit", "newsroom")
CLIENTS = {
    "aiohttp",
    "ftplib",
    "h11",
    "http.client",
    "httpcore",
    "httpx",
    "requests",
    "smtplib",
    "urllib.request",
    "urllib3",
}
# The one pair that talks to the outside world, and the module that reads what our own browser asks us for.
DOORS = {"sources/archiving/exchange.py", "sources/archiving/wire.py"}
WITHIN = {"sources/archiving/browser/relay.py"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_only_the_guarded_modules_hold_a_client() -> None:
    holders = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if any(name == client or name.startswith(client + ".") for name in imports(path) for client in CLIENTS)
    }
    assert holders == DOORS | WITHIN


def test_the_other_rooms_open_no_sockets() -> None:
    openers = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        if room != "config"
        for path in (ROOT / room).rglob("*.py")
        if "socket" in imports(path)
    }
    # The last two are the browser's side of the proxy: they listen and answer, and connect to nobody.
    connecting = {"sources/archiving/guard.py", "sources/archiving/wire.py"}
    listening = {"sources/archiving/browser/proxy.py", "sources/archiving/browser/relay.py"}
    assert openers == connecting | listening


def test_what_listens_for_the_browser_connects_to_nobody() -> None:
    for name in ("proxy.py", "relay.py"):
        source = (ROOT / "sources" / "archiving" / "browser" / name).read_text()
        assert "connect(" not in source
        assert "create_connection" not in source
        assert "h11.CLIENT" not in source


def test_a_browser_is_started_in_one_place() -> None:
    """Another one, or Playwright's, would know of no proxy."""
    starters = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "--remote-debugging" in path.read_text() or "playwright" in imports(path)
    }
    assert starters == {"sources/archiving/browser/program.py"}
