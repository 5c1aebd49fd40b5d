"""Talking to a browser through the pipe it was started with: commands, answers, events (Chrome DevTools Protocol).

A pipe and not a port: nobody else on the machine can talk to the browser, and the browser ends when the pipe does.
"""

import itertools
import json
import os
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

Params = dict[str, Any]
Listener = Callable[[str, Params], None]
MOST_BYTES = 256 * 1024 * 1024  # of one message


class BrowserGone(Exception):
    """The browser ended, or does not answer."""


class CommandRefused(Exception):
    """The browser answered that it cannot do that; the message is its own."""


class Pipe:
    """Listeners run in the thread that reads, so they must not wait for answers: they may `tell`, not `ask`."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._incoming, self._outgoing = incoming, outgoing
        self._numbers = itertools.count(1)
        self._writing = threading.Lock()
        self._waiting: dict[int, queue.SimpleQueue[Params | None]] = {}
        self._listeners: dict[str, Listener] = {}
        self.gone = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def ask(self, method: str, params: Params | None = None, *, session: str = "", patience: float = 10.0) -> Params:
        """The answer. Raises CommandRefused, BrowserGone, and TimeoutError after `patience` seconds."""
        number = next(self._numbers)
        answers: queue.SimpleQueue[Params | None] = queue.SimpleQueue()
        self._waiting[number] = answers
        try:
            self._send(number, method, params, session)
            answer = answers.get(timeout=patience) if not self.gone.is_set() else None
        except queue.Empty:
            raise TimeoutError(f"{method}: no answer within {patience:g} s") from None
        finally:
            self._waiting.pop(number, None)
        if answer is None:
            raise BrowserGone(method)
        if "error" in answer:
            raise CommandRefused(f"{method}: {answer['error'].get('message', '')}")
        result: Params = answer.get("result", {})
        return result

    def tell(self, method: str, params: Params | None = None, *, session: str = "") -> None:
        """Send a command whose answer does not matter."""
        with suppress(BrowserGone):
            self._send(next(self._numbers), method, params, session)

    def listen(self, session: str, listener: Listener) -> None:
        self._listeners[session] = listener

    def forget(self, session: str) -> None:
        self._listeners.pop(session, None)

    def close(self) -> None:
        with self._writing:
            if self._outgoing >= 0:
                os.close(self._outgoing)
                self._outgoing = -1
        self._reader.join(5)

    def _send(self, number: int, method: str, params: Params | None, session: str) -> None:
        message: Params = {"id": number, "method": method, "params": params or {}}
        if session:
            message["sessionId"] = session
        rest = memoryview(json.dumps(message).encode() + b"\0")
        with self._writing:
            try:
                while rest:
                    rest = rest[os.write(self._outgoing, rest) :]
            except OSError as error:
                raise BrowserGone(method) from error

    def _read(self) -> None:
        try:
            pending: list[bytes] = []
            size = 0
            while (part := os.read(self._incoming, 1 << 20)) and size < MOST_BYTES:
                *ended, rest = part.split(b"\0")
                for end in ended:
                    self._dispatch(json.loads(b"".join([*pending, end])))
                    pending, size = [], 0
                pending.append(rest)
                size += len(rest)
        except (OSError, ValueError):
            pass  # as good as gone
        finally:
            self.gone.set()
            os.close(self._incoming)
            for waiting in list(self._waiting.values()):
                waiting.put(None)

    def _dispatch(self, message: Params) -> None:
        if "id" in message:
            if (waiting := self._waiting.get(message["id"])) is not None:
                waiting.put(message)
        elif (listener := self._listeners.get(message.get("sessionId", ""))) is not None:
            listener(message["method"], message.get("params", {}))
