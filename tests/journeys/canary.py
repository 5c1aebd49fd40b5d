"""Somebody in the network who notices whatever reaches him: a connection, a request, a datagram."""

import socket
import threading
from contextlib import suppress

STUN = bytes.fromhex("2112a442")  # the magic cookie of RFC 8489, by which WebRTC's first datagram is known


class Canary:
    """`heard` holds what came, each as its first words. One port for TCP, the same one for UDP."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._tcp.getsockname()[1]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        threading.Thread(target=self._listen, daemon=True).start()
        threading.Thread(target=self._receive, daemon=True).start()

    def stop(self) -> None:
        self._tcp.close()
        self._udp.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._tcp.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        self.heard.append("a connection")
        with connection, suppress(OSError):
            said = connection.recv(2000).split(b"\r\n")[0].decode("ascii", "replace")
            self.heard.append(said)
            connection.sendall(
                b"HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"
            )

    def _receive(self) -> None:
        while True:
            try:
                data = self._udp.recv(2000)
            except OSError:
                return
            self.heard.append("a STUN request" if data[4:8] == STUN else "a datagram")
