"""What stands in front of a page is told from a page, in both languages, and a page is not taken for a wall."""

from datetime import UTC, datetime

import pytest

from sources.archiving.exchange import Exchange
from sources.archiving.walls import seen_in, stands_there_instead
from sources.domain.captures import Reason

LONG = "خبر طويل عن الحريق وما قيل فيه " * 60


def answer(status: int, *headers: tuple[bytes, bytes]) -> Exchange:
    at = datetime(2026, 11, 27, tzinfo=UTC)
    return Exchange("https://news.example/", at, "192.0.2.1", None, b"", b"", status, headers, b"")


@pytest.mark.parametrize(
    ("text", "source", "reason"),
    [
        ("Checking your browser before accessing news.example.", b"", Reason.CHALLENGE_PAGE),
        ("Just a moment...", b"", Reason.CHALLENGE_PAGE),
        ("أثبت أنك لست روبوتا", b"", Reason.CHALLENGE_PAGE),
        ("One more step", b"<div class=h-captcha></div>", Reason.CHALLENGE_PAGE),
        # An article with a form below that asks its readers to prove themselves
        (LONG, b"<div class=g-recaptcha></div>", None),
        # An article that is about such checks
        (f"The page only says 'Just a moment'. {LONG}", b"", None),
        ("We value your privacy. Accept all. Reject all.", b"", Reason.CONSENT_WALL),
        ("نستخدم ملفات تعريف الارتباط. قبول الكل", b"", Reason.CONSENT_WALL),
        # One word alone is in the foot of half of all pages
        ("A short notice about the market. Cookie policy", b"", None),
        ("Please enable JavaScript to view this page.", b"", Reason.EMPTY_SHELL),
        ("Loading...", b"", Reason.EMPTY_SHELL),
        ("يرجى الانتظار…", b"", Reason.EMPTY_SHELL),
        # Short, and a page all the same
        ("أعلنت البلدية أن الطريق مغلق اليوم.", b"", None),
        ("Loading ramps were repaired on Tuesday.", b"", None),
    ],
)
def test_what_is_seen(text: str, source: bytes, reason: Reason | None) -> None:
    assert seen_in("عنوان", text, source) is reason


@pytest.mark.parametrize(
    ("status", "headers", "source", "reason"),
    [
        (403, [(b"CF-Mitigated", b"challenge")], b"", Reason.CHALLENGE_PAGE),
        (403, [], b"<script src=/cdn-cgi/challenge-platform/h/b/orchestrate>", Reason.CHALLENGE_PAGE),
        (200, [], b"<script src=/_Incapsula_Resource?x=1>", Reason.CHALLENGE_PAGE),
        (503, [], b"<title>Just a moment...</title>", Reason.CHALLENGE_PAGE),
        (403, [], b"<h1>Forbidden</h1>", None),
        # The same machinery watches over many an honest, long page
        (200, [], b"<script src=/cdn-cgi/challenge-platform/h/b/jsd>" + b"text " * 9000, None),
    ],
)
def test_what_an_answer_is(
    status: int, headers: list[tuple[bytes, bytes]], source: bytes, reason: Reason | None
) -> None:
    assert stands_there_instead(answer(status, *headers), source) is reason
