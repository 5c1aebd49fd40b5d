"""What stands in frames and in shadow trees is a part of the page: in its text, in one order, and not without end."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from sources.archiving.browser import frames
from sources.archiving.browser.engine import capture
from sources.archiving.reader import tidy
from sources.archiving.result import CaptureResult
from sources.archiving.shadow import flatten
from sources.archiving.visible import visible_text
from sources.domain.captures import CaptureState, Handling, Reason
from sources.domain.texts import BESIDES
from tests.sources.archiving.accepted import assert_accepted
from tests.sources.archiving.conftest import resolve
from tests.sources.archiving.hostile import ARABIC, Answer, HostileServer
from tests.sources.archiving.pages import shown
from tests.sources.archiving.test_browser import ROOM, setup

SHADOW = """
const open = document.createElement('news-card');
open.innerHTML = '<b slot=name>اسم في مكانه</b> بقية تظهر <i slot=none>لا مكان له</i>';
open.attachShadow({mode: 'open'}).innerHTML = '<p>قبل <slot name=name></slot> بعد</p><p><slot></slot></p>';
document.body.append(open);
"""
LATE = "const f = document.createElement('iframe'); f.src = '/third'; document.body.prepend(f)"


def frame(path: str, style: str = "width: 400px; height: 100px") -> str:
    return f"<iframe src='{path}' style='{style}'></iframe>"


SITE: dict[str, Answer] = {
    "/page": shown(frame("/first"), frame("/second")),
    "/first": shown(frame("/inner"), text="كلام الإطار الأول"),
    "/inner": shown(text="كلام داخل الأول"),
    "/second": shown("<p id=p></p>", script="p.textContent = 'كتبه ' + 'برنامج'", text="كلام الإطار الثاني"),
    "/third": shown(text="كلام الإطار الثالث"),
    "/prepended": shown(frame("/first"), script=LATE),
    "/srcdoc": shown("<iframe srcdoc='<p>كلام مكتوب في الصفحة</p>' width=300 height=200></iframe>"),
    "/hidden": shown(
        frame("/first", "display: none"), frame("/second", "width: 1px; height: 1px"), frame("/third", "height: 0")
    ),
    "/gone": shown(frame("/nowhere-at-all"), frame("http://10.0.0.1/")),
    "/only": shown(frame("/first"), text=""),
    "/shadow": shown(script=SHADOW),
    "/many": shown(*(frame(f"/third?{n}") for n in range(50))),
    "/itself": shown(frame("/itself?a"), frame("/itself?b")),
    "/itself?a": shown(frame("/itself?b")),
    "/wall": shown(
        frame("/second"), text="We use cookies. Before you continue: Accept all · Reject all · Manage options"
    ),
    "/wall-with-a-footer": shown(
        f"<article><p>{'We use cookies. Before you continue: Accept all · Reject all. ' * 4}</p></article>",
        *(f"<footer><a href=/{n}>A link below the wall, number {n}</a></footer>" for n in range(60)),
        text="",
    ),
    "/beside": shown(
        "<nav>الرئيسية</nav><article>",
        *(f"<p>{n}. {ARABIC} {ARABIC}</p>" for n in range(12)),
        "<figure><img src=/image><figcaption>شرح الصورة كما كتبته الوكالة</figcaption></figure></article>",
        frame("/second"),
        "<aside id=a></aside>",
        script="a.textContent = 'صندوق ' + 'يكتبه برنامج'",
        text="",
    ),
    "/loops-in-frame": shown(frame("/loops")),
    "/loops": shown(script="onload = () => { for (;;); }"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    server = HostileServer(answers=SITE)
    yield server
    server.close()


def archive(server: HostileServer, path: str) -> CaptureResult:
    allow = frozenset({("127.0.0.1", server.port)})
    return capture(server.url(path), setup(), limits=ROOM, allow=allow, resolve=resolve)


def test_it_works(server: HostileServer, tmp_path: Path) -> None:
    result = archive(server, "/page")
    assert (result.state, result.reason) == (CaptureState.SUCCEEDED, None)
    said = [ARABIC, "كلام الإطار الأول", "كلام داخل الأول", "كلام الإطار الثاني", "كتبه برنامج"]
    assert result.text.split("\n") == said
    assert archive(server, "/page").text_digest == result.text_digest
    assert_accepted(result.wacz, tmp_path)


def test_the_order_is_that_of_the_page_and_not_of_its_scripts(server: HostileServer) -> None:
    text = archive(server, "/prepended").text
    assert text.index("الثالث") < text.index("الأول")


def test_a_frame_of_another_site_is_a_part_of_the_page_too(server: HostileServer) -> None:
    other = HostileServer(answers={"/": shown(text="كلام من موقع آخر")})
    server.answers["/crossing"] = shown(frame(f"http://other.example:{other.port}/"))
    try:
        allow = frozenset({("127.0.0.1", server.port), ("127.0.0.1", other.port)})
        ports = ROOM.ports | {other.port}
        result = capture(
            server.url("/crossing"),
            setup(),
            limits=replace(ROOM, ports=ports),
            allow=allow,
            resolve=lambda host, port: ["127.0.0.1"],
        )
    finally:
        other.close()
    assert "كلام من موقع آخر" in result.text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/srcdoc", f"{ARABIC}\nكلام مكتوب في الصفحة"),
        ("/hidden", ARABIC),  # nobody could read it
        ("/only", "كلام الإطار الأول\nكلام داخل الأول"),
        ("/shadow", f"{ARABIC}\nقبل اسم في مكانه بعد\nبقية تظهر"),
    ],
)
def test_what_a_reader_of_the_page_sees(server: HostileServer, path: str, text: str) -> None:
    result = archive(server, path)
    assert (result.reason, result.text, result.title) == (None, text, "عنوان")


def test_a_frame_that_did_not_come_says_nothing(server: HostileServer) -> None:
    """Least of all what the browser says about it."""
    result = archive(server, "/gone")
    assert result.text == ARABIC
    assert {each.reason for each in result.missing} == {Reason.HTTP_CLIENT_ERROR, Reason.ADDRESS_NOT_PUBLIC}


def test_there_is_an_end_to_frames(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    result = archive(server, "/many")
    assert result.text.count("الثالث") == frames.MOST_FRAMES
    assert Handling.FRAMES_CUT in result.handling
    monkeypatch.setattr(frames, "MOST_BYTES", 300)
    cut = archive(server, "/page")
    assert Handling.FRAMES_CUT in cut.handling
    assert ARABIC in cut.text


@pytest.mark.parametrize("path", ["/itself", "/loops-in-frame"])
def test_what_frames_may_try(server: HostileServer, path: str) -> None:
    began = time.monotonic()
    result = archive(server, path)
    assert time.monotonic() - began < 30
    assert result.reason in (None, Reason.SCRIPT_STOPPED, Reason.PAGE_RESTLESS, Reason.RESOURCES_MISSING)
    assert ARABIC in result.text


def test_a_wall_is_none_the_less_one_for_what_stands_beside_it(server: HostileServer) -> None:
    assert archive(server, "/wall").reason is Reason.CONSENT_WALL
    assert archive(server, "/wall-with-a-footer").reason is Reason.CONSENT_WALL


def test_what_stands_beside_the_article_comes_after_it_and_before_the_frames(server: HostileServer) -> None:
    result = archive(server, "/beside")
    *_, last, mark, menu, caption, box, frame, written = result.text.split("\n")
    assert last.startswith("11. ")
    assert (mark, menu, caption) == (BESIDES, "الرئيسية", "شرح الصورة كما كتبته الوكالة")
    assert (box, frame, written) == ("صندوق يكتبه برنامج", "كلام الإطار الثاني", "كتبه برنامج")
    assert result.engine_version.startswith("3 (")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a</p>", "a"),
        ("<x-a><template shadowrootmode=open><p>in</p></template>not shown</x-a>after", "in\nafter"),
        ("<x-a>light<template shadowrootmode=open><slot>fallback</slot></template></x-a>", "light"),
        ("<x-a><template shadowrootmode=open><slot>fallback</slot></template></x-a>", "fallback"),
        (
            "<x-a>1<b slot=n>2</b>3<i>4</i>5<b slot=n>6</b>7<template shadowrootmode=open><slot name=n></slot>:<slot>"
            "</slot></template>8</x-a>",
            "26:134578",
        ),
        # One in another, which is handed on what the outer one was given
        (
            "<x-a><template shadowrootmode=open><x-b><template shadowrootmode=open>[<slot></slot>]</template>"
            "<slot></slot></x-b></template>given</x-a>",
            "[given]",
        ),
        ("<template>no tree</template><p>b</p>", "b"),
        ("<template shadowrootmode=open>top</template>", "top"),
    ],
)
def test_shadow_trees_are_read_where_they_are_shown(markup: str, text: str) -> None:
    root = html.document_fromstring(f"<html><body>{markup}</body></html>")
    flatten(root)
    assert tidy(visible_text(root)) == text
