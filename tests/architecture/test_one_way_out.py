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
# The one pair that talks to the outside world.
DOORS = {"sources/archiving/fetch.py", "sources/archiving/wire.py"}


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
    assert holders == DOORS


def test_the_other_rooms_open_no_sockets() -> None:
    openers = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        if room != "config"
        for path in (ROOT / room).rglob("*.py")
        if "socket" in imports(path)
    }
    assert openers == {"sources/archiving/guard.py", "sources/archiving/wire.py"}
