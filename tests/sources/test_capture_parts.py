"""The faces of a capture: which it has, what each shows, and that a part of a page is never passed off as the whole."""

import re
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from newsroom.models import Case
from sources import archive
from sources.domain.captures import CaptureState, Handling, Missing, Reason, Wanted
from sources.domain.details import Detail, Said
from sources.models import Capture, Source
from sources.replay import addresses
from tests.cast import Cast
from tests.pages import page as saved_page
from tests.sources import make
from tests.sources.wacz_files import wacz


@pytest.fixture
def source(cast: Cast, restricted: Case) -> Source:
    return make.source(cast, restricted, url="https://news.example/page")


@pytest.fixture
def amal(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.amal, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def shown(client: Client, capture: Capture, **asked: str) -> Any:
    return client.get(capture.get_absolute_url(), asked)


def test_it_works(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "نص", viewport=b"jpeg", exchanges=())
    answer = shown(amal, capture)
    assert answer.context["parts"] == ["replay", "picture", "text"]
    assert answer.context["part"] == "replay"


def test_the_replay_is_framed_from_its_own_origin_with_few_rights(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "نص")
    answer = shown(amal, capture)
    frame = re.search(r"<iframe[^>]*>", answer.content.decode())
    assert frame is not None
    assert 'sandbox="allow-scripts allow-same-origin"' in frame[0]
    assert 'referrerpolicy="no-referrer"' in frame[0]
    url = urlsplit(answer.context["replay"])
    assert f"{url.scheme}://{url.netloc}" == addresses.origin(capture.wacz_digest)
    ticket = addresses.read(unquote(url.path.split("/")[3]), within=addresses.OPENED_WITHIN)
    assert ticket == addresses.Ticket(capture.wacz_digest, framed_by="http://testserver", language="en")
    assert f"url={capture.requested_url}" in unquote(url.fragment)


def test_a_page_is_played_under_the_address_that_it_was_recorded_under(
    cast: Cast, source: Source, amal: Client
) -> None:
    typed, sent = "https://news.example/a|b?q={x}", "https://news.example/a%7Cb?q=%7Bx%7D"
    fetched = (make.exchange(sent, 302), make.exchange("https://news.example/c"))
    capture = make.capture(cast, source, "نص", url=typed, exchanges=fetched)
    assert capture.requested_url == typed
    assert f"url={sent}&" in unquote(urlsplit(shown(amal, capture).context["replay"]).fragment)


def test_a_document_is_framed_with_the_player_of_documents(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "نص", media_type="application/pdf")
    url = urlsplit(shown(amal, capture).context["replay"])
    assert (url.path.split("/")[2], url.query) == ("document", "")
    assert f"url={capture.final_url or capture.requested_url}" in unquote(url.fragment)


def test_our_pages_may_frame_the_replay_and_nothing_else(amal: Client, settings: Settings) -> None:
    policy = amal.get(reverse("desk"))["Content-Security-Policy"]
    assert f"frame-src {settings.REPLAY_ORIGIN}" in policy.split("; ")


@pytest.mark.parametrize(
    ("facts", "parts"),
    [
        ({"state": CaptureState.FAILED, "reason": Reason.HTTP_CLIENT_ERROR, "http_status": 404}, ["text"]),
        ({"media_type": "application/pdf"}, ["replay", "text"]),
        ({"media_type": "image/png"}, ["picture", "text"]),
        ({"media_type": "video/mp4"}, ["text"]),
        ({"media_type": "text/html"}, ["replay", "text"]),
        ({"fullpage": b"jpeg"}, ["replay", "picture", "text"]),
    ],
)
def test_a_capture_has_the_faces_it_can_show(
    cast: Cast, source: Source, amal: Client, facts: dict[str, Any], parts: list[str]
) -> None:
    assert shown(amal, make.capture(cast, source, "نص", **facts)).context["parts"] == parts


@pytest.mark.parametrize(
    ("data", "parts", "player"),
    [
        (wacz(), ["replay", "text"], "view"),
        (make.PDF, ["replay", "text"], "document"),
        (make.PNG, ["picture"], "picture"),
        (make.JPEG, ["picture"], "picture"),
        (saved_page(), ["replay", "text"], "saved"),
    ],
)
def test_what_was_uploaded_is_played_from_the_same_origin(
    cast: Cast, source: Source, amal: Client, data: bytes, parts: list[str], player: str
) -> None:
    capture = make.upload(cast, source, data)
    answer = shown(amal, capture)
    assert answer.context["parts"] == parts
    url = urlsplit(answer.context["replay"])
    assert url.path.split("/")[2] == player
    ticket = addresses.read(unquote(url.path.split("/")[3]), within=addresses.OPENED_WITHIN)
    assert ticket.digest == capture.upload.file_digest
    # A file that is none of ours to take apart is shown as it is; of a WACZ, the page by the address it has there.
    assert ("url=https://news.example/page" in unquote(url.fragment)) == (player == "view")


def test_a_saved_page_is_framed_without_any_right(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.upload(cast, source, saved_page())
    read = reverse("capture-read", args=[capture.pk])
    for said in (shown(amal, capture).content.decode(), amal.get(read).content.decode()):
        assert 'sandbox=""' in said
        assert "allow-scripts" not in said
        assert "without its scripts" in said


def test_a_captured_picture_is_shown_as_one(cast: Cast, source: Source, amal: Client) -> None:
    answer = shown(amal, make.capture(cast, source, media_type="image/svg+xml"))
    assert (answer.context["part"], urlsplit(answer.context["replay"]).path.split("/")[2]) == ("picture", "picture")
    assert 'sandbox="allow-scripts allow-same-origin"' in answer.content.decode()


@pytest.mark.parametrize("part", ["", "nothing", "picture", "../text", "\0"])
def test_a_face_it_has_not_is_answered_with_the_first(cast: Cast, source: Source, amal: Client, part: str) -> None:
    answer = shown(amal, make.capture(cast, source, "نص"), part=part)
    assert (answer.status_code, answer.context["part"]) == (HTTPStatus.OK, "replay")


def lost(number: int) -> tuple[Missing, ...]:
    return tuple(Missing(f"https://news.example/{n}.jpg", Reason.CONNECTION_LOST, "") for n in range(number))


def test_what_did_not_come_is_said_on_every_face_and_stands_first(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(
        cast, source, "نص", state=CaptureState.PARTIAL, reason=Reason.RESOURCES_MISSING, missing=lost(3)
    )
    for part in ("replay", "text"):
        page = shown(amal, capture, part=part).content.decode()
        assert "3 things it asked for did not come" in page
        assert "Archived in part" in page
    page = shown(amal, capture, part="fetched").content.decode()
    assert page.count("did not come: connection lost") == page.count("news.example/0.jpg") * 3 == 3


@pytest.mark.parametrize(("language", "said"), [("en", "picture"), ("ar", "صورة")])
def test_what_each_was_is_said_where_it_is_known(
    cast: Cast, source: Source, amal: Client, language: str, said: str
) -> None:
    url = "https://news.example/1"
    facts = (Missing(url, Reason.CONNECTION_LOST, "", Wanted.IMAGE), *lost(1))
    capture = make.capture(cast, source, "نص", missing=facts)
    amal.cookies["django_language"] = language
    rows = shown(amal, capture, part="fetched").context["page"]
    assert [row.wanted for row in rows] == [said, ""]


@pytest.mark.parametrize(("language", "said"), [("en", "1 of 5 did not come"), ("ar", "لم يصل 1 من 5")])
def test_how_much_is_missing_is_said_in_the_readers_language(
    cast: Cast, source: Source, amal: Client, language: str, said: str
) -> None:
    capture = make.capture(
        cast, source, "نص", state=CaptureState.PARTIAL, reason=Reason.RESOURCES_MISSING, detail="1 of 5"
    )
    amal.cookies["django_language"] = language
    assert said in shown(amal, capture).content.decode()


def test_what_was_answered_with_an_error_is_told_from_what_did_not_come(
    cast: Cast, source: Source, amal: Client
) -> None:
    """A picture that is gone is no fault of the copy: nobody was shown more."""
    pixel = Missing("https://news.example/pixel.gif", Reason.HTTP_CLIENT_ERROR, "HTTP status 404")
    capture = make.capture(cast, source, "نص", missing=(pixel,))
    page = shown(amal, capture, part="fetched").content.decode()
    assert "Archived in part" not in page
    assert "1 thing it asked for was answered with an error" in page
    assert "answered with an error, kept as it answered: the server says no" in page
    assert "did not come" not in page
    both = make.capture(cast, source, "نص", missing=(pixel, *lost(2)))
    answer = shown(amal, both, part="fetched")
    assert [row.answered for row in answer.context["page"]] == [False, False, True]
    assert "2 things it asked for did not come · 1 thing it asked for was answered" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Of 7 addresses it asked for, 3 did not come and 2 answered with an error."),
        ("ar", "طلبت عناوين عددها 7، ولم يصل منها 3، وأجاب بخطأ 2."),
    ],
)
def test_every_place_counts_the_same(cast: Cast, source: Source, amal: Client, language: str, said: str) -> None:
    """An answer with an error is an answer, and is listed among what is missing as well: it counts once."""
    came, failed = (
        [make.exchange(f"https://news.example/{what}{number}", status) for number in range(many)]
        for what, status, many in (("came", 200, 2), ("failed", 503, 2))
    )
    refused = tuple(Missing(each.url, Reason.HTTP_SERVER_ERROR) for each in failed)
    facts = {"state": CaptureState.PARTIAL, "reason": Reason.RESOURCES_MISSING}
    capture = make.capture(cast, source, "نص", exchanges=(*came, *failed), missing=(*refused, *lost(3)), **facts)
    amal.cookies["django_language"] = language
    page = shown(amal, capture, part="fetched").content.decode()
    assert said in page
    if language == "en":
        assert "3 things it asked for did not come · 2 things it asked for were answered with an error" in page
        assert "4 answers · 3 did not come · 2 answered with an error" in page


def test_a_page_that_was_not_seen_whole_is_not_called_so(cast: Cast, source: Source, amal: Client) -> None:
    """Also of captures that had no reason for it when they were made."""
    old = make.capture(cast, source, "نص", handling=(Handling.SCROLLED_IN_PART, Handling.SCRIPT_STOPPED))
    page = shown(amal, old).content.decode()
    assert "is kept whole" not in page
    assert "a script that did not end was stopped" in page
    assert "could not be scrolled to its end" in page
    facts = {"state": CaptureState.PARTIAL, "reason": Reason.SCRIPT_STOPPED, "handling": (Handling.SCRIPT_STOPPED,)}
    new = make.capture(cast, source, "نص", url="https://news.example/new", **facts)
    assert shown(amal, new).content.decode().count("a script that did not end was stopped") == 1


@pytest.mark.parametrize(("handling", "said"), [((), "The whole page"), ((Handling.PICTURE_CUT,), "It goes on below")])
def test_a_picture_that_was_cut_says_so(
    cast: Cast, source: Source, amal: Client, handling: tuple[Handling, ...], said: str
) -> None:
    capture = make.capture(cast, source, "نص", viewport=b"the window", fullpage=b"the page", handling=handling)
    figures = shown(amal, capture, part="picture").content.decode().partition('id="pictures"')[2]
    assert said in figures
    assert ("The whole page" in figures) == (not handling)


def test_what_was_done_with_a_banner_is_said_with_the_rule(cast: Cast, source: Source, amal: Client) -> None:
    for banner, said in (
        ("OneTrust", "declined what a banner asked consent for (known by the rule “OneTrust”)"),
        ("words", "declined what a banner asked consent for (known by its words)"),
    ):
        handling = (Handling.BANNER_DECLINED, Handling.SCROLLED)
        capture = make.capture(cast, source, "نص", handling=handling, banner=banner, missing=lost(1))
        assert f"{said} · scrolled" in shown(amal, capture, part="fetched").content.decode()


def test_who_wrote_it_and_when_is_the_pages_word(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "نص", author="أمل \u202eالخطيب", published="2026-12-03T01:00:00+03:00")
    assert capture.published_on == date(2026, 12, 3)
    page = shown(amal, capture).content.decode()
    said = page.partition("What the page says of itself")[2].partition("</section>")[0]
    assert "3 December 2026" in said
    assert "2026-12-03T01:00:00+03:00" in said
    assert "\u202e" not in said
    unread = make.capture(cast, source, "نص", published="3 ديسمبر")
    assert unread.published_on is None
    assert "3 ديسمبر" in shown(amal, unread).content.decode()
    source.refresh_from_db()
    assert source.published_at == ""  # nobody has said it but the page
    assert "What the page says of itself" not in shown(amal, make.capture(cast, source, "نص")).content.decode()


def test_many_answers_are_paged(
    cast: Cast, source: Source, amal: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    few = make.capture(cast, source, "نص", url="https://news.example/few", missing=lost(1))
    many = make.capture(cast, source, "نص", missing=lost(450))
    with django_assert_max_num_queries(25) as queries:
        shown(amal, few, part="fetched")
    with django_assert_num_queries(len(queries.captured_queries)):
        shown(amal, many, part="fetched")
    seen = [row.url for n in range(1, 6) for row in shown(amal, many, part="fetched", page=str(n)).context["page"]]
    assert seen == [each.url for each in lost(450)]


def test_a_picture_is_handed_out_as_a_file(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "نص", viewport=b"the window", fullpage=b"the whole")
    for which, held in (("viewport", b"the window"), ("fullpage", b"the whole")):
        answer = amal.get(reverse("capture-picture", args=[capture.pk, which]))
        assert answer.content == held
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("which", ["viewport", "wacz", "thumbnail"])
def test_a_picture_that_is_not_there_is_not_found(cast: Cast, source: Source, amal: Client, which: str) -> None:
    capture = make.capture(cast, source, "نص", fullpage=b"the whole")
    assert amal.get(reverse("capture-picture", args=[capture.pk, which])).status_code == HTTPStatus.NOT_FOUND


def test_an_altered_picture_is_not_shown(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "نص", viewport=b"before somebody changed it")
    archive.store().place(capture.viewport_digest).write_bytes(b"forged")
    answer = amal.get(reverse("capture-picture", args=[capture.pk, "viewport"]))
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert b"forged" not in answer.content


HOSTILE = 'evil.example"><b>\u202e'


@pytest.mark.parametrize(
    ("language", "said", "lost"),
    [
        ("en", "is <bdi>10.0.0.7</bdi>, which is not a public address", "more than <bdi>2,000,000</bdi> bytes"),
        ("ar", "هو <bdi>10.0.0.7</bdi>، وليس عنوانا عاما", "أكثر من <bdi>2000000</bdi> بايت"),
    ],
)
def test_details_are_in_the_readers_language_and_their_values_isolated(
    cast: Cast, source: Source, amal: Client, language: str, said: str, lost: str
) -> None:
    capture = make.capture(
        cast,
        source,
        state=CaptureState.FAILED,
        reason=Reason.ADDRESS_NOT_PUBLIC,
        detail=Detail(Said.HOST_INSIDE, host=HOSTILE, address="10.0.0.7"),
        missing=(
            Missing("https://news.example/a", Reason.BODY_TOO_LARGE, Detail(Said.MORE_BYTES, most=2_000_000)),
            Missing("https://news.example/b", Reason.CONNECTION_LOST, "as captures of before have it"),
        ),
    )
    amal.cookies["django_language"] = language
    with translation.override(language):  # and back to what it was: the request leaves its own
        page = shown(amal, capture, part="fetched").content.decode()
        told = amal.get(reverse("capture-history", args=[capture.pk])).content.decode()
    assert said in page
    assert lost in page
    assert "as captures of before have it" in page
    assert "evil.example&quot;&gt;&lt;b&gt;" in page
    assert HOSTILE not in page
    assert "HOST_INSIDE" not in page
    assert "HOST_INSIDE" not in told
    assert ("which is not a public address" if language == "en" else "وليس عنوانا عاما") in told
