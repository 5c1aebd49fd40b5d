"""The hostile server, and captures with little patience."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from sources.archiving.http_engine import CaptureResult, capture
from sources.archiving.limits import Limits
from tests.sources.archiving.hostile import HostileServer

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TIGHT = Limits(
    deadline=0.8,
    connect=0.5,
    redirects=5,
    header_bytes=16_384,
    body_bytes=2_000_000,
    decompressed_bytes=5_000_000,
    text_chars=20_000,
    reading_wall=1.5,
    reading_cpu=1,
    reading_bytes=256 * 1024 * 1024,
)

Capture = Callable[[str], CaptureResult]


@pytest.fixture(scope="session")
def server() -> Iterator[HostileServer]:
    server = HostileServer()
    yield server
    server.close()


@pytest.fixture
def archive(server: HostileServer) -> Capture:
    """Capture a path of the hostile server. One inside name resolves, to an address that must not be reached."""

    def resolve(host: str, port: int) -> list[str]:
        return {"inside.example": ["10.0.0.7"], "cloud.example": ["169.254.169.254"]}[host]

    allow = frozenset({("127.0.0.1", server.port)})
    return lambda path: capture(server.url(path), limits=TIGHT, allow=allow, clock=lambda: NOON, resolve=resolve)
