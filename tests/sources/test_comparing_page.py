"""Two captures beside each other: what changed is shown, the rest is not, and both have to be the reader's to see."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.models import Case
from sources.models import Capture, Source
from tests.cast import Cast
from tests.sources import make
from tests.sources.test_uploads import MHTML
from tests.sources.wacz_files import wacz

LATER = datetime(2026, 12, 9, 8, 0, tzinfo=UTC)


@pytest.fixture
def source(cast: Cast, restricted: Case) -> Source:
    return make.source(cast, restricted, url="https://news.example/page")


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def amal(cast: Cast) -> Client:
    return signed_in(cast.amal)


def compared(client: Client, one: Capture, other: Capture) -> Any:
    return client.get(reverse("capture-compared", args=[one.pk, other.pk]))


def test_it_works(cast: Cast, source: Source, amal: Client) -> None:
    before = make.capture(cast, source, "قال قائد إن المدينة سقطت\nثم سكت", title="سقوط")
    after = make.capture(cast, source, "قال مصدر إن المدينة سقطت\nثم سكت", title="سقوط", captured_at=LATER)
    page = compared(amal, before, after).content.decode()
    assert "<del>" in page
    assert "قائد</del>" in page
    assert "مصدر</ins>" in page
    assert page.count('class="diff" dir="auto"') == 2  # a paragraph each, in its own direction


def test_the_earlier_stands_first_whichever_is_named_first(cast: Cast, source: Source, amal: Client) -> None:
    before = make.capture(cast, source, "a b c")
    after = make.capture(cast, source, "a b d", captured_at=LATER)
    for one, other in ((before, after), (after, before)):
        pair = compared(amal, one, other).context["pair"]
        assert (pair.earlier, pair.later) == (before, after)


def test_two_of_one_minute_are_told_apart(cast: Cast, source: Source, amal: Client) -> None:
    before = make.capture(cast, source, "a b c", captured_at=LATER)
    after = make.capture(cast, source, "a b d", captured_at=LATER + timedelta(seconds=7))
    shown = compared(amal, before, after).content.decode()
    assert (shown.count(":00:00</time>"), shown.count(":00:07</time>")) == (1, 1)


def test_what_else_differs_is_named_first(cast: Cast, source: Source, amal: Client) -> None:
    before = make.capture(cast, source, "same", title="One", media_type="text/html")
    after = make.capture(
        cast,
        source,
        "same",
        title="Two",
        final_url="https://news.example/moved",
        redirects=("https://news.example/between",),
        captured_at=LATER,
    )
    answer = compared(amal, before, after)
    differing = [fact.label for fact in answer.context["facts"] if fact.differs]
    assert differing == ["Title", "Led to", "By way of"]
    assert [fact.label for fact in answer.context["facts"]][: len(differing)] == differing
    assert "The same text, letter by letter." in answer.content.decode()


@pytest.mark.parametrize("data", [wacz(), MHTML])
def test_what_is_not_known_of_an_upload_is_no_difference(cast: Cast, source: Source, amal: Client, data: bytes) -> None:
    """Nobody here saw how its page was fetched. The engine is another, and so are the sizes of the files."""
    uploaded = make.upload(cast, source, data)
    ours = make.capture(
        cast,
        source,
        uploaded.extracted.text,
        title=uploaded.title,
        language=uploaded.language,
        redirects=("https://news.example/between",),
        exchanges=(make.exchange("https://news.example/page"),) * 2,
        captured_at=LATER,
    )
    answer = compared(amal, uploaded, ours)
    assert answer.content.decode().count("kept as it came") == 2
    assert {fact.label for fact in answer.context["facts"] if fact.differs} == {"Engine", "Size"}
    unknown = {fact.label for fact in answer.context["facts"] if None in fact.sides}
    assert {"HTTP status", "Things fetched", "Media type", "By way of"} <= unknown
    assert answer.content.decode().count("not known") == len(unknown)


def test_another_author_or_day_is_a_difference(cast: Cast, source: Source, amal: Client) -> None:
    before = make.capture(cast, source, "same", author="أمل", published="2026-12-03")
    after = make.capture(cast, source, "same", author="باسم", published="أمس", captured_at=LATER)
    differing = {fact.label: (fact.earlier, fact.later) for fact in compared(amal, before, after).context["facts"][:2]}
    assert differing == {
        "Author, as the page says": ("أمل", "باسم"),
        "Published, as the page says": ("2026-12-03", "أمس"),
    }


def test_pictures_stand_side_by_side_and_a_lacking_one_is_said(cast: Cast, source: Source, amal: Client) -> None:
    before = make.capture(cast, source, "a", viewport=b"jpeg")
    after = make.capture(cast, source, "b", captured_at=LATER)
    page = compared(amal, before, after).content.decode()
    assert reverse("capture-picture", args=[before.pk, "viewport"]) in page
    assert "There is no picture of it." in page


def test_without_a_text_there_is_nothing_to_compare(cast: Cast, source: Source, amal: Client) -> None:
    page = compared(amal, make.capture(cast, source, "a"), make.capture(cast, source, "")).content.decode()
    assert "One of the two has no text" in page


def test_the_words_of_a_page_are_text_and_nothing_else(cast: Cast, source: Source, amal: Client) -> None:
    one = make.capture(cast, source, "a <script>alert(1)</script>\u202e", title="<b>\u202e")
    page = compared(amal, one, make.capture(cast, source, "a", title="<i>")).content.decode()
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert "\u202e" not in page.partition("<main")[2]


def test_both_have_to_be_the_readers_to_see(cast: Cast, source: Source) -> None:
    hidden = make.capture(cast, source, "a secret")
    mine = make.capture(cast, make.source(cast, name="Mine"), "a text")
    for one, other in ((hidden, mine), (mine, hidden)):
        stranger, nobody = signed_in(cast.dana), compared(signed_in(cast.dana), mine, Capture(pk=uuid4()))
        answer = compared(stranger, one, other)
        assert answer.status_code == nobody.status_code == HTTPStatus.NOT_FOUND
        assert answer.content.partition(b"<main")[2] == nobody.content.partition(b"<main")[2]
    assert compared(signed_in(cast.amal), mine, hidden).status_code == HTTPStatus.OK


def test_one_is_not_compared_with_itself(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "a")
    assert compared(amal, capture, capture).status_code == HTTPStatus.NOT_FOUND


def test_long_texts_take_the_same_queries(
    cast: Cast, source: Source, amal: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    short = [make.capture(cast, source, text) for text in ("a", "b")]
    long = [make.capture(cast, source, f"{word} " * 5_000 + "\n" + f"{word}\n" * 900) for word in ("one", "two")]
    with django_assert_max_num_queries(15) as queries:
        compared(amal, *short)
    with django_assert_num_queries(len(queries.captured_queries)):
        answer = compared(amal, *long)
    assert answer.context["pair"].text.left_out > 0
    assert len(answer.content) < 200_000


def test_the_page_of_a_capture_leads_to_it(cast: Cast, source: Source, amal: Client) -> None:
    one, other = make.capture(cast, source, "a"), make.capture(cast, source, "b")
    assert reverse("capture-compared", args=[one.pk, other.pk]) in amal.get(one.get_absolute_url()).content.decode()
