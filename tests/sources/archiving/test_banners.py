"""Consent banners: left where nobody says otherwise, declined where the desk wants it, and nobody's way in."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from sources.archiving.browser import banners
from sources.archiving.browser.engine import capture
from sources.archiving.result import CaptureResult
from sources.domain.captures import CaptureState, Handling, Reason
from tests.sources.archiving.conftest import resolve
from tests.sources.archiving.hostile import ARABIC, Answer, HostileServer
from tests.sources.archiving.pages import shown
from tests.sources.archiving.test_browser import ROOM, setup

FIXED = "style='position: fixed; inset: auto 0 0 0; height: 200px; background: #fff'"
GONE = "this.closest('#b').remove(); document.title = 'رُفض'"
ACCEPTED = "document.title = 'قُبل'"


def banner(*buttons: str, text: str = "نستخدم ملفات تعريف الارتباط لتحسين تجربتك") -> str:
    return f"<div id=b {FIXED}>{text} {''.join(buttons)}</div>"


def button(word: str, does: str = GONE) -> str:
    return f'<button onclick="{does}">{word}</button>'


ACCEPT = button("قبول الكل", ACCEPTED)
# As autoconsent knows it by a rule of its own, whatever language it speaks.
COMPLIANZ = (
    "<div id=cmplz-cookiebanner-container><div id=b class=cmplz-cookiebanner style='position: fixed; bottom: 0'>"
    f'كلام <button class=cmplz-accept onclick="{ACCEPTED}">x</button>'
    f'<button class=cmplz-deny onclick="{GONE}">y</button></div></div>'
)
ONCE = "if (document.cookie.includes('no=1')) document.getElementById('b').remove()"
SITE: dict[str, Answer] = {
    "/arabic": shown(banner(ACCEPT, button("رفض الكل"))),
    "/english": shown(banner(ACCEPT, button("Reject all"), text="We use cookies to improve this website.")),
    "/rule": shown(COMPLIANZ),
    "/accept-only": shown(banner(ACCEPT), head="<style>body { overflow: hidden; height: 9000px }</style>"),
    "/reloads": shown(banner(button("رفض", "document.cookie = 'no=1'; location.reload()")), script=ONCE),
    "/framed": shown("<iframe src=/frame width=600 height=300></iframe>"),
    "/frame": shown(
        f'<div id=piano-cookie_banner><button onclick="{ACCEPTED}">x</button><button data-close-button '
        "onclick=\"this.parentElement.remove(); parent.document.title = 'رُفض'\">y</button></div>"
    ),
    "/text": shown(f"<article>{ARABIC}، وفيه كلام عن ملفات تعريف الارتباط <button>رفض</button></article>"),
    # What a page may try with a button that is pressed for it
    "/leads-away": shown(banner(button("رفض", "location = '/good'"))),
    "/loops": shown(banner(button("رفض", "for (;;);"))),
    "/alerts": shown(banner(button("رفض", "for (let i = 0; i < 3; i++) alert(i)"))),
    "/opens": shown(banner(button("رفض", "open('/good'); this.parentElement.remove()"))),
    "/comes-back": shown(
        banner(button("رفض", "")),
        script="const b = document.getElementById('b'); setInterval(() => document.body.append(b), 1)",
    ),
    "/many": shown(f"{banner()}" * 3000),
    "/clobbers": shown("<img name=querySelectorAll><img name=body>", banner(ACCEPT)),
}


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    server = HostileServer(answers=SITE)
    yield server
    server.close()


def archive(server: HostileServer, path: str, rules: Path | None = settings.BANNER_RULES) -> CaptureResult:
    allow = frozenset({("127.0.0.1", server.port)})
    limits = replace(ROOM, page_deadline=40)
    return capture(server.url(path), replace(setup(), banners=rules), limits=limits, allow=allow, resolve=resolve)


def test_it_works(server: HostileServer) -> None:
    result = archive(server, "/arabic")
    assert (result.state, result.reason, result.title) == (CaptureState.SUCCEEDED, None, "رُفض")
    assert result.handling == (Handling.WAITED_QUIET, Handling.BANNER_DECLINED, Handling.SCROLLED)
    assert result.banner == "words"
    assert "ملفات تعريف الارتباط" not in result.text


def test_nothing_is_touched_unless_it_is_asked_for(server: HostileServer) -> None:
    result = archive(server, "/arabic", rules=None)
    assert (result.title, result.banner) == ("عنوان", "")
    assert result.handling == (Handling.WAITED_QUIET, Handling.BANNERS_LEFT, Handling.SCROLLED)


@pytest.mark.parametrize(
    ("path", "title", "handling", "rule"),
    [
        ("/english", "رُفض", Handling.BANNER_DECLINED, "HEURISTIC-REJECT"),
        ("/rule", "رُفض", Handling.BANNER_DECLINED, "Complianz banner"),
        ("/framed", "رُفض", Handling.BANNER_DECLINED, "piano.io"),
        ("/accept-only", "عنوان", Handling.BANNER_HIDDEN, "words"),  # never accepted
        ("/reloads", "عنوان", Handling.BANNER_DECLINED, "words"),
        ("/text", "عنوان", Handling.BANNER_NOT_FOUND, ""),
        ("/good", "عنوان", Handling.BANNER_NOT_FOUND, ""),
    ],
)
def test_what_becomes_of_a_banner(server: HostileServer, path: str, title: str, handling: Handling, rule: str) -> None:
    result = archive(server, path)
    assert (result.state, result.title, result.banner) == (CaptureState.SUCCEEDED, title, rule)
    assert handling in result.handling
    assert Handling.FOLLOWED_SCRIPT not in result.handling


@pytest.mark.parametrize(
    ("path", "handling"),
    [
        ("/leads-away", {Handling.BANNER_LED_AWAY}),
        ("/loops", {Handling.SCRIPT_STOPPED}),
        ("/alerts", {Handling.BANNER_HIDDEN, Handling.DIALOG_DISMISSED}),
        ("/opens", {Handling.BANNER_DECLINED}),
        ("/comes-back", {Handling.BANNER_HIDDEN}),  # as far as it goes: the picture shows it
        ("/many", {Handling.BANNER_NOT_FOUND}),
        ("/clobbers", {Handling.BANNER_HIDDEN}),
    ],
)
def test_what_a_page_may_try_with_it(server: HostileServer, path: str, handling: set[Handling]) -> None:
    began = time.monotonic()
    result = archive(server, path)
    assert time.monotonic() - began < 40
    assert handling <= set(result.handling)
    assert result.reason in (None, Reason.SCRIPT_STOPPED, Reason.PAGE_RESTLESS, Reason.TEXT_TRUNCATED)
    assert (result.final_url, result.title) == (server.url(path), "عنوان")
    assert ARABIC in result.text


def test_a_page_cannot_reach_what_declines(server: HostileServer) -> None:
    server.answers["/calls"] = shown(
        banner(ACCEPT, button("رفض")),
        script="setInterval(() => { try { isnadHears('{}') } catch (e) { document.title = e.name } }, 1)",
    )
    result = archive(server, "/calls")
    assert result.title == "ReferenceError"
    assert Handling.BANNER_DECLINED in result.handling


def test_without_the_rules_it_is_said_that_it_failed(server: HostileServer, tmp_path: Path) -> None:
    assert not banners.are_there(tmp_path)
    result = archive(server, "/arabic", rules=tmp_path)
    assert (result.title, result.reason) == ("عنوان", Reason.CONSENT_WALL)  # recognised as ever
    assert Handling.BANNER_FAILED in result.handling
