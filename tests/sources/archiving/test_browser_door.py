"""The one door: wherever a page leads its browser, nothing is reached that the guard does not let through."""

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sources.archiving.browser import program
from sources.archiving.browser.engine import capture
from sources.archiving.browser.keeping import keeper
from sources.archiving.guard import Guard
from sources.archiving.result import CaptureResult
from sources.domain.captures import CaptureState, Reason
from tests.sources.archiving.hostile import ARABIC, HostileServer, page, redirect
from tests.sources.archiving.pages import shown
from tests.sources.archiving.test_browser import ROOM, setup
from tests.sources.archiving.test_tls import certificate


class Trap:
    """A port on loopback, TCP and UDP, that nobody may touch."""

    def __init__(self) -> None:
        self.touched = 0
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._tcp.getsockname()[1]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()
        threading.Thread(target=self._receive, daemon=True).start()

    def _accept(self) -> None:
        try:
            while True:
                self._tcp.accept()[0].close()
                self.touched += 1
        except OSError:
            pass

    def _receive(self) -> None:
        try:
            while self._udp.recv(2000):
                self.touched += 1
        except OSError:
            pass

    def close(self) -> None:
        for sock in (self._tcp, self._udp):
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            sock.close()


@pytest.fixture
def trap() -> Iterator[Trap]:
    trap = Trap()
    yield trap
    trap.close()


@pytest.fixture
def server() -> Iterator[HostileServer]:
    server = HostileServer(answers={})
    yield server
    server.close()


def archive(server: HostileServer, path: str = "/page", host: str = "") -> CaptureResult:
    url = server.url(path).replace("127.0.0.1", host or "127.0.0.1")
    return capture(url, setup(), limits=ROOM, allow=frozenset({("127.0.0.1", server.port)}), resolve=server_resolver())


def server_resolver() -> "Resolver":
    return Resolver()


KNOWN = {"inside.example": ["10.0.0.7"], "half.example": ["8.8.8.8", "127.0.0.1"]}


class Resolver:
    """`rebind.example` is the server when asked first and a machine inside from then on."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host == "rebind.example":
            return ["127.0.0.1"] if self.asked.count(host) == 1 else ["10.0.0.7"]
        if host not in KNOWN:
            raise socket.gaierror(socket.EAI_NONAME, host)
        return KNOWN[host]


# Where, and the reason by which it is refused. {} is the port of the trap.
INSIDE = {
    "http://127.0.0.1:{}/": Reason.ADDRESS_NOT_PUBLIC,
    "http://localhost:{}/": Reason.NAME_NOT_RESOLVED,  # of which this test's resolver knows nothing
    "http://[::1]:{}/": Reason.ADDRESS_NOT_PUBLIC,
    "http://[::ffff:127.0.0.1]:{}/": Reason.ADDRESS_NOT_PUBLIC,
    "http://169.254.169.254/latest/meta-data/": Reason.ADDRESS_NOT_PUBLIC,
    "http://inside.example/": Reason.ADDRESS_NOT_PUBLIC,
    "http://half.example/": Reason.ADDRESS_NOT_PUBLIC,
    "http://8.8.8.8:22/": Reason.PORT_NOT_ALLOWED,
    "https://127.0.0.1:{}/": Reason.ADDRESS_NOT_PUBLIC,
}
WAYS = {
    "image": "<img src='{url}'>",
    "frame": "<iframe src='{url}'></iframe>",
    "style": "<style>body {{ background: url('{url}') }}</style>",
    "fetch": "<script>fetch('{url}', {{mode: 'no-cors'}}).catch(() => 0)</script>",
    "beacon": "<script>navigator.sendBeacon('{url}', 'x')</script>",
    "worker": "<script>new Worker(URL.createObjectURL(new Blob([`fetch('{url}', {{mode: 'no-cors'}})`])))</script>",
    "prefetch": "<link rel=preload as=image href='{url}'>",
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_inside(server: HostileServer, trap: Trap, way: str) -> None:
    urls = [url.replace("{}", str(trap.port)) for url in INSIDE]
    server.answers["/page"] = shown(*(WAYS[way].format(url=url) for url in urls))
    result = archive(server)
    assert (result.state, result.reason) == (CaptureState.PARTIAL, Reason.RESOURCES_MISSING)
    listed = {each.url: each.reason for each in result.missing}
    wanted = dict(zip(urls, INSIDE.values(), strict=True))
    wanted = {url.replace("[::ffff:127.0.0.1]", "[::ffff:7f00:1]"): reason for url, reason in wanted.items()}
    if way == "style":  # of several backgrounds the last one counts
        assert set(listed.items()) <= set(wanted.items())
        assert listed
    else:
        assert listed == wanted
    assert trap.touched == 0
    assert {exchange.address for exchange in result.exchanges} == {"127.0.0.1"}


def test_sockets_that_stay_open_are_refused_and_listed(server: HostileServer, trap: Trap) -> None:
    urls = [f"ws://127.0.0.1:{trap.port}/", f"wss://127.0.0.1:{trap.port}/", server.url("/ws").replace("http", "ws")]
    server.answers["/page"] = shown(script=";".join(f"new WebSocket('{url}')" for url in urls))
    result = archive(server)
    assert {each.url: each.reason for each in result.missing} == dict.fromkeys(urls, Reason.WEBSOCKET_REFUSED)
    assert trap.touched == 0
    assert all(b"/ws" not in request for request in server.requests)


UDP = """
const peer = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:PORT'},
  {urls: 'turn:127.0.0.1:PORT?transport=tcp', username: 'a', credential: 'b'}]});
peer.createDataChannel('x');
peer.onicecandidate = event => { if (event.candidate) document.title += ' ' + event.candidate.candidate };
peer.createOffer().then(offer => peer.setLocalDescription(offer));
try { new WebTransport('https://127.0.0.1:PORT/') } catch (error) {}
"""


def with_udp(server: HostileServer, trap: Trap) -> CaptureResult:
    script = f"<script>{UDP.replace('PORT', str(trap.port))}</script>"
    body = f"<!doctype html><title>t</title><p>{ARABIC}</p>{script}".encode()
    server.answers["/page"] = page(body, f'Alt-Svc: h3=":{trap.port}"; ma=9999')
    return archive(server)


def test_nothing_leaves_by_udp(server: HostileServer, trap: Trap) -> None:
    result = with_udp(server, trap)
    assert trap.touched == 0
    assert "candidate" not in result.title  # nor does the page learn an address of ours


def test_without_the_flags_something_does(server: HostileServer, trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""
    open_flags = [flag for flag in program.FLAGS if "webrtc" not in flag and "proxy-" not in flag]
    monkeypatch.setattr(program, "FLAGS", open_flags)
    keeper.let_go()
    try:
        with_udp(server, trap)
        assert trap.touched
    finally:
        keeper.let_go()


def test_without_the_guard_something_is_reached(
    server: HostileServer, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin of all tests with a trap: it does spring."""
    monkeypatch.setattr(Guard, "_check", lambda *_: None)
    server.answers["/page"] = shown(f"<img src=http://127.0.0.1:{trap.port}/>")
    archive(server)
    assert trap.touched


def test_a_name_that_turns_round_is_caught(server: HostileServer, trap: Trap) -> None:
    server.answers["/page"] = shown("<img src=/again.png>")
    result = archive(server, host="rebind.example")
    assert [(each.url, each.reason) for each in result.missing] == [
        (f"http://rebind.example:{server.port}/again.png", Reason.ADDRESS_NOT_PUBLIC)
    ]
    assert "10.0.0.7" in result.missing[0].detail


def test_redirects_of_what_a_page_loads_are_guarded(server: HostileServer, trap: Trap) -> None:
    server.answers["/page"] = shown("<img src=/a>", "<iframe src=/b></iframe>", script="fetch('/c').catch(() => 0)")
    for path in "abc":
        server.answers[f"/{path}"] = redirect(f"http://127.0.0.1:{trap.port}/{path}")
    result = archive(server)
    assert {each.url for each in result.missing} == {f"http://127.0.0.1:{trap.port}/{path}" for path in "abc"}
    assert {each.reason for each in result.missing} == {Reason.ADDRESS_NOT_PUBLIC}
    assert trap.touched == 0


def test_a_page_cannot_talk_to_its_own_door(server: HostileServer) -> None:
    """The proxy's port is an address like any other, and no exception."""
    server.answers["/page"] = shown(script="for (let p = 30000; p < 30040; p++) fetch('http://127.0.0.1:' + p)")
    result = archive(server)
    assert {each.reason for each in result.missing} == {Reason.ADDRESS_NOT_PUBLIC}
    assert len(result.missing) == 40


def test_tls_is_verified_and_recorded(tmp_path: Path) -> None:
    server, tls = certificate(tmp_path, address="127.0.0.1", ends=datetime.now(UTC) + timedelta(days=9))
    server.answers = {"/page": shown("<img src=/image>")}
    allow = frozenset({("127.0.0.1", server.port)})

    def made(tls: ssl.SSLContext | None) -> CaptureResult:
        return capture(server.url("/page"), setup(), limits=ROOM, allow=allow, tls=tls)

    result = made(tls)
    assert (result.state, result.missing) == (CaptureState.SUCCEEDED, ())
    assert [exchange.url for exchange in result.exchanges][:2] == [server.url("/page"), server.url("/image")]
    assert {exchange.tls.subject for exchange in result.exchanges if exchange.tls} == {"CN=A paper"}
    distrusted = made(None)
    assert (distrusted.state, distrusted.reason) == (CaptureState.FAILED, Reason.TLS_FAILED)
    server.close()
