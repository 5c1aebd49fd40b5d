"""One door leads out of the house: sources/archiving, behind its guard."""

from tests.architecture.source import imports, modules

WAYS_OUT = ("requests", "httpx", "httpcore", "aiohttp", "urllib3", "urllib.request", "http.client", "ftplib", "smtplib")


def test_nobody_else_makes_an_outgoing_call() -> None:
    others = [
        f"{path}:{line} imports {name}"
        for path in modules()
        if path.parts[:2] != ("sources", "archiving")
        for name, line in imports(path)
        if any(name == way or name.startswith(f"{way}.") for way in WAYS_OUT)
    ]
    assert not others
