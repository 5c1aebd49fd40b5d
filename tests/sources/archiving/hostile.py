"""A server that misbehaves on purpose, one behaviour a path. It speaks sockets, to break every rule of HTTP."""

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress

PATIENCE = 3.0  # seconds after which the server itself gives up, so that no thread outlives its test for long
ARABIC = "خبر طويل بما يكفي ليظهر في الصفحة كلها من غير نقص ولا زيادة على ما كتب فيه"

Answer = Callable[[socket.socket], None]


def page(body: bytes, *headers: str, status: str = "200 OK", content_type: str = "text/html; charset=utf-8") -> Answer:
    """A well-behaved answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *headers]
    return raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def raw(*parts: bytes) -> Answer:
    def answer(connection: socket.socket) -> None:
        for part in parts:
            connection.sendall(part)

    return answer


def redirect(location: str, status: str = "302 Found") -> Answer:
    return page(b"", f"Location: {location}", status=status)


def drip(start: bytes, piece: bytes, pause: float) -> Answer:
    """Forever: each piece comes in time, the whole never does."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(start)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            connection.sendall(piece)
            time.sleep(pause)

    return answer


def flood(start: bytes, piece: bytes) -> Answer:
    return drip(start, piece, 0)


def silence(connection: socket.socket) -> None:
    connection.settimeout(PATIENCE)
    with suppress(OSError):
        connection.recv(1)


def reset(connection: socket.socket) -> None:
    """Close with RST instead of FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def html(text: str, head: str = "") -> bytes:
    head = f"<head>{head}<title>عنوان</title></head>"
    return f"<!doctype html><html lang=ar>{head}<body><p>{text}</p></body></html>".encode()


def gzip_bomb(size: int) -> bytes:
    return gzip.compress(b"\0" * size)


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
GOOD = html(ARABIC)
CHUNKED = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (GOOD[:40], GOOD[40:]))

ANSWERS: dict[str, Answer] = {
    # What an honest server may do
    "/good": page(GOOD),
    "/gzip": page(gzip.compress(GOOD), "Content-Encoding: gzip"),
    "/gzip-two-members": page(gzip.compress(GOOD[:50]) + gzip.compress(GOOD[50:]), "Content-Encoding: gzip"),
    "/deflate": page(zlib.compress(GOOD), "Content-Encoding: deflate"),
    "/deflate-bare": page(zlib.compress(GOOD, wbits=-15), "Content-Encoding: deflate"),
    "/chunked": raw(OK + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKED + b"0\r\n\r\n"),
    "/until-close": raw(OK + b"\r\n" + GOOD),
    "/early-hints": raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK + b"Content-Length: 0\r\n\r\n"),
    "/windows-1256": page(ARABIC.encode("cp1256"), content_type="text/plain; charset=windows-1256"),
    "/meta-1256": page(html(ARABIC, "<meta charset=windows-1256>").decode().encode("cp1256"), content_type="text/html"),
    "/bom": page("\ufeff".encode() + GOOD, content_type="text/html; charset=windows-1252"),
    "/plain": page(ARABIC.encode(), content_type="text/plain"),
    "/no-type": raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(GOOD) + GOOD),
    "/image": page(b"\x89PNG\r\n\x1a\n\0\0", content_type="image/png"),
    "/moved": redirect("/moved/again", "301 Moved Permanently"),
    "/moved/again": redirect("../good"),
    # What it may say
    "/404": page(GOOD, status="404 Not Found"),
    "/403": page(GOOD, status="403 Forbidden"),
    "/429": page(GOOD, "Retry-After: 120", status="429 Too Many Requests"),
    "/503": page(GOOD, status="503 Service Unavailable"),
    "/304": raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    "/302-nowhere": page(b"", status="302 Found"),
    # Slow, endless, silent
    "/silence": silence,
    "/slow-head": drip(b"HTTP/1.1 200 OK\r\n", b"X: 1\r\n", 0.02),
    "/slow-body": drip(OK + b"Content-Length: 100000\r\n\r\n", b"a", 0.02),
    "/slow-chunks": drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n", 0.02),
    "/endless-body": flood(OK + b"\r\n", b"a" * 65536),
    "/endless-chunks": flood(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"a" * 4096 + b"\r\n"),
    "/endless-chunk-size": flood(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 65536),
    "/endless-head": flood(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"a" * 4000 + b"\r\n"),
    "/many-heads": raw(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(5_000)) + b"\r\n"),
    "/endless-line": flood(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 65536),
    "/endless-interim": flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "/endless-redirect-body": flood(b"HTTP/1.1 302 Found\r\nLocation: /good\r\n\r\n", b"a" * 65536),
    "/huge-length": raw(OK + b"Content-Length: 99999999999\r\n\r\nabc"),
    # Cut
    "/cut-length": raw(OK + b"Content-Length: 100000\r\n\r\n" + GOOD),
    "/cut-chunks": raw(OK + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKED),
    "/cut-gzip": raw(OK + b"Content-Encoding: gzip\r\nContent-Length: 9999\r\n\r\n" + gzip.compress(GOOD)[:40]),
    "/cut-head": raw(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "/nothing": raw(),
    "/reset": reset,
    # Broken
    "/not-http": raw(b"SSH-2.0-OpenSSH_9.9\r\n\r\n"),
    "/bad-status": raw(b"HTTP/1.1 abc OK\r\n\r\n"),
    "/bad-header": raw(b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"),
    "/nul-header": raw(b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n"),
    "/a-part": page(GOOD, f"Content-Range: bytes 0-{len(GOOD) - 1}/99999", status="206 Partial Content"),
    "/a-part-of-what": page(GOOD, status="206 Partial Content"),
    "/all-its-parts": page(GOOD, f"Content-Range: bytes 0-{len(GOOD) - 1}/{len(GOOD)}", status="206 Partial Content"),
    "/two-lengths": raw(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
    "/negative-length": raw(OK + b"Content-Length: -1\r\n\r\nabc"),
    "/bad-chunk": raw(OK + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKED + b"zzz\r\nabc\r\n" + b" " * 300),
    "/junk-after": raw(OK + b"Content-Length: %d\r\n\r\n" % len(GOOD) + GOOD + b"HTTP/1.1 200 OK\r\n\r\nsmuggled"),
    "/folded-blank": raw(OK + b"Content-Length: 3\r\n \r\n\r\nabc"),
    "/switch": raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    # Bombs and lies
    "/gzip-bomb": page(gzip_bomb(20_000_000), "Content-Encoding: gzip"),
    "/deflate-bomb": page(zlib.compress(b"\0" * 20_000_000), "Content-Encoding: deflate"),
    "/gzip-bomb-members": page(gzip_bomb(400_000) * 20, "Content-Encoding: gzip"),
    "/gzip-in-gzip": page(gzip.compress(gzip_bomb(1000)), "Content-Encoding: gzip, gzip"),
    "/brotli": page(b"\x1b\x00", "Content-Encoding: br"),
    "/gzip-lie": page(GOOD, "Content-Encoding: gzip"),
    "/gzip-short": page(gzip.compress(GOOD)[:-20], "Content-Encoding: gzip"),
    "/lying-charset": page(ARABIC.encode("cp1256"), content_type="text/plain; charset=utf-8"),
    "/invalid-utf8": page(GOOD.replace("خبر".encode(), b"\xff\xfe\xc0")),
    "/rot13": page(GOOD, content_type="text/html; charset=rot13"),
    "/zlib-charset": page(zlib.compress(b"a" * 100_000), content_type="text/html; charset=zlib"),
    "/iso-2022-kr": page(b"\x1b$)C hidden", content_type="text/plain; charset=iso-2022-kr"),
    "/nul-text": page(html(f"{ARABIC}\0{ARABIC} &#xD800; &#0; \x1b[31m")),
    "/lying-pdf": page(GOOD, content_type="application/pdf"),
    "/lying-picture": page(GOOD, content_type="image/png"),
    "/lying-type": page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, content_type="text/html"),
    "/shell": page(b"<!doctype html><title>App</title><div id=root></div><script>render('text')</script>"),
    "/empty": page(b""),
    "/attributes": page(b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">text</p>"),
    "/deep": page(b"<div>" * 200_000 + b"text"),
    "/marks": page(html("\u064e\u064f" * 150_000)),
    "/long-text": page(html("كلمة " * 5000)),
    # Redirects that lead nowhere, or inside
    "/loop": redirect("/loop"),
    "/loop-of-two": redirect("/loop-of-two/b"),
    "/loop-of-two/b": redirect("/loop-of-two"),
    "/to-loopback": redirect("http://127.0.0.1:22/"),
    "/to-private": redirect("http://10.0.0.1/"),
    "/to-metadata": redirect("http://169.254.169.254/latest/meta-data/"),
    "/to-mapped": redirect("http://[::ffff:127.0.0.1]/"),
    "/to-hex": redirect("http://0x7f000001/"),
    "/to-file": redirect("file:///etc/passwd"),
    "/to-user": redirect("http://user@example.org/"),
    "/to-inside-name": redirect("http://inside.example/"),
}


class HostileServer:
    """Serves `answers` and ANSWERS on a loopback port until `close`. `requests` keeps the heads of what it was sent."""

    def __init__(self, tls: ssl.SSLContext | None = None, answers: dict[str, Answer] | None = None) -> None:
        self._tls = tls
        self.answers = answers or {}
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.requests: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head:
                part = connection.recv(65536)
                if not part:
                    return
                head += part
            self.requests.append(head)
            path = head.split(b" ", 2)[1].decode().partition("?")[0]
            self._answer_for(path)(connection)
            connection.close()

    def _answer_for(self, path: str) -> Answer:
        if path.startswith("/maze/"):
            return redirect(f"/maze/{int(path.rpartition('/')[2]) + 1}")
        return self.answers.get(path) or ANSWERS.get(path) or page(b"", status="404 Not Found")
