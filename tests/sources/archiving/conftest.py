"""The hostile server, and captures with little room."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sources.archiving.http_engine import capture
from sources.archiving.limits import Limits
from sources.archiving.result import CaptureResult
from tests.sources.archiving.hostile import HostileServer

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TIGHT = Limits(
    deadline=4,
    connect=0.5,
    redirects=5,
    header_bytes=16_384,
    body_bytes=2_000_000,
    decompressed_bytes=5_000_000,
    text_chars=20_000,
    reading_wall=6,
    reading_cpu=1,
    reading_bytes=256 * 1024 * 1024,
)
IMPATIENT = replace(TIGHT, deadline=0.6)

Capture = Callable[[str], CaptureResult]


@pytest.fixture(scope="session")
def server() -> Iterator[HostileServer]:
    server = HostileServer()
    yield server
    server.close()


def resolve(host: str, port: int) -> list[str]:
    """Names that lead inside."""
    return {"inside.example": ["10.0.0.7"], "cloud.example": ["169.254.169.254"]}[host]


def _archive(server: HostileServer, limits: Limits) -> Capture:
    allow = frozenset({("127.0.0.1", server.port)})
    return lambda path: capture(server.url(path), limits=limits, allow=allow, clock=lambda: NOON, resolve=resolve)


@pytest.fixture
def archive(server: HostileServer) -> Capture:
    """Capture a path of the hostile server, with time enough for a busy machine."""
    return _archive(server, TIGHT)


@pytest.fixture
def archive_impatiently(server: HostileServer) -> Capture:
    return _archive(server, IMPATIENT)
