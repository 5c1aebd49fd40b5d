"""`manage.py run`, as far as it can be refused; that it works is shown by a clean clone, not from inside a test."""

import socket
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_named_before_anything_starts(taken_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(taken_port))
    with pytest.raises(CommandError, match=rf"127\.0\.0\.1:{taken_port}\. Choose another with PORT="):
        call_command("run")


def test_so_is_the_one_of_the_replay(taken_port: int, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        monkeypatch.setenv("PORT", str(free.getsockname()[1]))
    settings.REPLAY_PORT = taken_port
    with pytest.raises(CommandError, match=rf"127\.0\.0\.1:{taken_port}\. Choose another with REPLAY_PORT="):
        call_command("run")
