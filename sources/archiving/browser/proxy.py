"""The one door of a page: a proxy on loopback, made for one page and gone with it.

The browser is told to take it for everything, loopback included, and resolves no name itself. It opens no connection
of its own: all it does is hand the browser's connections to `relay`, which asks through the guard.
"""

import socket
import threading
from contextlib import suppress

from sources.archiving.browser.certificate import Pretender
from sources.archiving.browser.recording import Recording
from sources.archiving.browser.relay import relay

CONNECTIONS = 64  # a browser opens 32 to one proxy


class Proxy:
    def __init__(self, recording: Recording, pretender: Pretender) -> None:
        self._recording = recording
        self._pretender = pretender
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._free = threading.Semaphore(CONNECTIONS)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=CONNECTIONS)
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> "Proxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Every connection is broken off, so that every thread ends."""
        self._recording.end()
        _break_off(self._listener)
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            _break_off(connection)

    def _accept(self) -> None:
        while True:
            self._free.acquire()
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        handle = connection.dup()  # TLS takes the socket away from `connection`; this one can always break it off
        with self._lock:
            self._connections.add(handle)
        try:
            relay(connection, self._recording, self._pretender.context)
        finally:
            with self._lock:
                self._connections.discard(handle)
            _break_off(handle)
            self._free.release()


def _break_off(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
    sock.close()
