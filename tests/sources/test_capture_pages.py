"""The pages of captures: what is kept is shown, what is not is said, and nobody else learns of either."""

from http import HTTPStatus
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from newsroom.models import Case
from sources import archive, queue
from sources.archiving.blobs import digest_of
from sources.domain.captures import CaptureState, Reason
from sources.models import Capture, Source
from tests.cast import Cast
from tests.sources import make

FAILED: dict[str, Any] = {"state": CaptureState.FAILED, "wacz": b"", "final_url": ""}
HTMX = {"HX-Request": "true"}


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


def page_of(client: Client, capture: Capture, name: str = "capture-detail", part: str = "text") -> str:
    return client.get(reverse(name, args=[capture.pk]), {"part": part}).content.decode()


def ask(client: Client, source: Source, url: str) -> Any:
    return client.post(reverse("capture-request", args=[source.reference]), {"url": url})


def test_it_works(cast: Cast, source: Source, amal: Client) -> None:
    answer = ask(amal, source, source.url)
    assert answer["Location"] == f"{source.get_absolute_url()}#captures"
    capture = Capture.objects.get()
    assert (capture.state, capture.requested_by, capture.case) == (CaptureState.QUEUED, cast.amal, source.case)
    assert reverse("capture-detail", args=[capture.pk]) in amal.get(source.get_absolute_url()).content.decode()


def test_asking_twice_while_it_waits_is_asking_once(source: Source, amal: Client) -> None:
    ask(amal, source, source.url)
    ask(amal, source, source.url)
    assert Capture.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ftp://news.example/page", "neither http nor https"),
        ("https://amal:secret@news.example/", "name or a password"),
        ("https://news.example:port/", "host"),
        ("http://0x7f000001/", "two programs would read"),
        ("https://news.example/\u202egp.html", "cannot be seen"),
        ("news.example/page", "begins with http"),
        ("https://news.example/" + "a" * 3000, "2,048"),
    ],
)
def test_a_wrong_address_is_kept_and_told_what_is_wrong(source: Source, amal: Client, typed: str, said: str) -> None:
    answer = ask(amal, source, typed)
    form = answer.context["form"]
    assert answer.status_code == HTTPStatus.OK
    assert said in " ".join(form.errors["url"])
    assert form["url"].value() == typed
    assert not Capture.objects.exists()


def test_an_observer_is_refused_with_the_sentence(cast: Cast, source: Source) -> None:
    answer = ask(signed_in(cast.omar), source, source.url)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "takes a researcher" in answer.content.decode()


@pytest.mark.parametrize("name", ["capture-detail", "capture-state", "capture-download", "capture-text"])
def test_a_stranger_learns_nothing(cast: Cast, source: Source, name: str) -> None:
    capture = make.capture(cast, source, "نص")
    stranger = signed_in(cast.dana)
    hidden, absent = (stranger.get(reverse(name, args=[pk])) for pk in (capture.pk, uuid4()))
    assert hidden.status_code == absent.status_code == HTTPStatus.NOT_FOUND
    assert hidden.content.partition(b"<main")[2] == absent.content.partition(b"<main")[2] != b""


def test_captures_in_cases_of_others_are_not_set_beside(cast: Cast, source: Source) -> None:
    make.capture(cast, source, "نص")
    mine = make.capture(cast, make.source(cast, name="Mine"), "نص")
    assert not signed_in(cast.dana).get(reverse("capture-detail", args=[mine.pk])).context["others"]
    assert signed_in(cast.amal).get(reverse("capture-detail", args=[mine.pk])).context["others"]


def test_what_is_kept_is_shown(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "سطر أول\nسطر ثان", title="عنوان", language="ar")
    page = page_of(amal, capture)
    assert '<p dir="auto">سطر أول</p><p dir="auto">سطر ثان</p>' in page
    for shown in ("عنوان", capture.wacz_digest, capture.text_digest, "Arabic", "Amal", "kept whole"):
        assert shown in page


def test_the_words_of_a_page_are_text_and_nothing_else(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "<script>alert(1)</script>\u202e", title="<b>\u202etitle")
    page = page_of(amal, capture)
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert "\u202e" not in page.replace("\u202e - Isnad", "").split("<main")[1]


@pytest.mark.parametrize("reason", list(Reason))
def test_a_failure_never_looks_like_a_success(cast: Cast, source: Source, amal: Client, reason: Reason) -> None:
    page = page_of(amal, make.capture(cast, source, **FAILED, reason=reason, http_status=None))
    assert "Not archived" in page
    for lie in ("kept whole", "is-succeeded", "is-met", "WACZ"):
        assert lie not in page


def test_a_refusal_that_is_kept_is_called_one(cast: Cast, source: Source, amal: Client) -> None:
    refused: dict[str, Any] = {"state": CaptureState.FAILED, "reason": Reason.HTTP_CLIENT_ERROR, "http_status": 404}
    capture = make.capture(cast, source, **refused)
    assert "This is not the page." in page_of(amal, capture)
    answer = amal.get(reverse("capture-download", args=[capture.pk]))
    assert "-refused-404.wacz" in answer["Content-Disposition"]


def test_a_part_is_called_a_part(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "نص", state=CaptureState.PARTIAL, reason=Reason.CONNECTION_LOST)
    page = page_of(amal, capture)
    assert "Archived in part" in page
    assert "is-succeeded" not in page


def test_a_long_text_is_paged_and_loses_nothing(
    cast: Cast, source: Source, amal: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    short = make.capture(cast, source, "نص", url="https://news.example/short")
    lines = [f"line {number}." for number in range(150)]
    long = make.capture(cast, source, "\n".join(lines))
    with django_assert_max_num_queries(20) as queries:
        page_of(amal, short)
    with django_assert_num_queries(len(queries.captured_queries)):
        pages = [amal.get(reverse("capture-detail", args=[long.pk]), {"part": "text"})]
    pages += [amal.get(reverse("capture-detail", args=[long.pk]), {"part": "text", "page": n}) for n in ("2", "3")]
    assert [line for page in pages for line in page.context["page"]] == lines


def test_lists_take_the_same_queries_for_any_number(
    cast: Cast, source: Source, amal: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    first = make.capture(cast, source, "نص")
    asked = [source.get_absolute_url(), reverse("capture-list", args=[source.case.slug]), first.get_absolute_url()]  # type: ignore[union-attr]
    asked += [reverse("capture-state", args=[first.pk])]
    make.capture(cast, source, "other")
    before = []
    for url in asked:
        with django_assert_max_num_queries(30) as queries:
            amal.get(url)
        before.append(len(queries.captured_queries))
    for number in range(6):
        make.capture(cast, source, f"text {number}")
    for url, count in zip(asked, before, strict=True):
        with django_assert_num_queries(count):
            amal.get(url)


def test_copies_of_one_address_stand_side_by_side(cast: Cast, source: Source, amal: Client) -> None:
    first = make.capture(cast, source, "نص")
    same = make.capture(cast, source, "نص", url="https://NEWS.example/page?utm_source=x")
    other = make.capture(cast, source, "نص آخر")
    lost = make.capture(cast, source, **FAILED, reason=Reason.NAME_NOT_RESOLVED)
    others = amal.get(first.get_absolute_url()).context["others"]
    assert {each.capture.pk: each.same_text for each in others} == {same.pk: True, other.pk: False, lost.pk: None}
    assert len({first.pk, same.pk, other.pk}) == 3


def test_a_row_asks_again_only_while_the_work_is_under_way(cast: Cast, source: Source, amal: Client) -> None:
    waiting = make.waiting(cast, source)
    assert "hx-get" in page_of(amal, waiting, "capture-state")
    assert "hx-get" not in page_of(amal, make.capture(cast, source, "نص", url="https://done.example/"), "capture-state")


def test_the_page_waits_and_is_then_loaded_anew(cast: Cast, source: Source, amal: Client) -> None:
    waiting = make.waiting(cast, source)
    state, live = reverse("capture-state", args=[waiting.pk]), {**HTMX, "HX-Target": "standing"}
    assert "Waiting for a worker" in amal.get(state, headers=live).content.decode()
    queue.take(waiting.pk, "a worker")
    assert "Being archived" in amal.get(state, headers=live).content.decode()
    queue.put_back(waiting.pk, "a worker", Reason.CONNECTION_REFUSED)
    assert "Tries again at" in amal.get(state, headers=live).content.decode()
    assert "(connection refused)" in page_of(amal, waiting, "capture-state")
    Capture.objects.filter(pk=waiting.pk).update(state=CaptureState.FAILED)
    assert amal.get(state, headers=live)["HX-Refresh"] == "true"


def test_the_copy_is_handed_out_as_a_file(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "نص", final_url="https://news.example/page")
    answer = amal.get(reverse("capture-download", args=[capture.pk]))
    name = f"news.example-20261123T120500Z-{capture.wacz_digest[7:15]}.wacz"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert digest_of(answer.content) == capture.wacz_digest


def test_the_text_is_handed_out_as_a_file(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "نص <b>", final_url="https://xn--mgbh0fb.example/")
    answer = amal.get(reverse("capture-text", args=[capture.pk]))
    assert answer.content.decode() == "نص <b>"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert unquote(answer["Content-Disposition"]).startswith('attachment; filename="xn--')


@pytest.mark.parametrize(("damage", "said"), [("altered", "digest is another"), ("missing", "does not have the file")])
def test_a_file_that_is_not_what_was_captured_is_not_handed_out(
    cast: Cast, source: Source, amal: Client, damage: str, said: str
) -> None:
    capture = make.capture(cast, source, f"text {damage}")
    path = archive.store().place(capture.wacz_digest)
    path.write_bytes(b"forged") if damage == "altered" else path.unlink()
    answer = amal.get(reverse("capture-download", args=[capture.pk]))
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Content-Disposition" not in answer
    assert said in answer.content.decode()


def test_nothing_of_an_archived_page_is_served_from_our_origin(cast: Cast, source: Source, amal: Client) -> None:
    """No route answers with markup of the page's own, whatever its media type said."""
    capture = make.capture(cast, source, "نص", media_type="text/html", wacz=b"<html><script>")
    for name in ("capture-download", "capture-text"):
        answer = amal.get(reverse(name, args=[capture.pk]))
        assert not answer["Content-Type"].startswith("text/html")
        assert answer["Content-Disposition"].startswith("attachment")


def test_it_reads_in_arabic(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "نص", language="ar")
    with translation.override("ar"):
        page = amal.get(capture.get_absolute_url(), headers={"Accept-Language": "ar"}).content.decode()
    assert 'dir="rtl"' in page
