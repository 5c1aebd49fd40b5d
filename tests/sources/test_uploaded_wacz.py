"""Of an uploaded WACZ one answer of one visit is quoted and played. What could not be played is refused."""

import gzip
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from newsroom.models import Case
from sources.domain.captures import CaptureState, Reason
from sources.models import Capture, Source
from tests.cast import Cast
from tests.sources import make
from tests.sources.test_uploads import send, signed_in
from tests.sources.wacz_files import digest, listed, packed_index, record, text_index, wacz

PAGE = "https://news.example/page"
THIRD, NINTH = "2026-11-03T12:00:00Z", "2026-11-09T12:00:00Z"
ENTERED, NOT_ENTERED = "دخل المقاتلون الأحياء الغربية", "لم يدخل أحد الأحياء الغربية"
VISITS = (listed(PAGE, THIRD, ENTERED), listed(PAGE, NINTH, NOT_ENTERED))
ANSWERS = (record(PAGE, body=ENTERED.encode(), at=THIRD), record(PAGE, body=NOT_ENTERED.encode(), at=NINTH))


@pytest.fixture
def source(cast: Cast, restricted: Case) -> Source:
    return make.source(cast, restricted, url=PAGE)


@pytest.fixture
def amal(cast: Cast) -> Client:
    return signed_in(cast.amal)


def on(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def errors(answer: Any, field: str) -> tuple[str, str]:
    (error,) = answer.context["form"].errors.as_data()[field]
    return error.code, answer.context["form"].errors[field][0]


@pytest.mark.parametrize("pages", [VISITS, VISITS[::-1]])
@pytest.mark.parametrize(("typed", "day", "text"), [(on(3, 20), 3, ENTERED), (on(9, 1), 9, NOT_ENTERED)])
def test_of_several_visits_text_and_replay_are_of_the_one_that_is_meant(
    cast: Cast, source: Source, amal: Client, pages: Sequence[Any], typed: datetime, day: int, text: str
) -> None:
    capture = make.upload(cast, source, wacz(pages=pages, warc=ANSWERS), made_at=typed)
    assert (capture.captured_at, capture.extracted.text) == (on(day), text)
    assert f"ts=202611{day:02}120000" in amal.get(capture.get_absolute_url()).content.decode()


def test_thousandths_of_a_second_are_understood(cast: Cast, source: Source) -> None:
    """As ArchiveWeb.page writes times, in its list and in its index."""
    at = "2026-11-03T12:00:00.900Z"
    capture = make.upload(cast, source, wacz(pages=[listed(PAGE, at)], warc=[record(PAGE, at=at)]), made_at=on(3))
    assert capture.captured_at == on(3) + timedelta(milliseconds=900)


@pytest.mark.parametrize(
    ("pages", "warc", "typed", "said"),
    [
        (VISITS, ANSWERS, "2026-11-20T09:30", ["9 November 2026", "3 November 2026"]),  # the nearest first
        (VISITS[:1], ANSWERS[:1], "2026-11-09T09:30", ["3 November 2026"]),
        (
            [listed(PAGE, "2019-01-01T12:00:00Z")],
            [record(PAGE, at="2019-01-01T12:00:00Z")],
            "2026-11-20T09:30",
            ["2019"],
        ),
    ],
)
def test_a_file_is_held_to_its_own_time(
    source: Source, amal: Client, pages: Sequence[Any], warc: Sequence[bytes], typed: str, said: list[str]
) -> None:
    answer = send(amal, source, wacz(pages=pages, warc=warc), made_at=typed)
    code, sentence = errors(answer, "made_at")
    assert code == "wacz_other_time"
    assert [sentence.index(day) for day in said] == sorted(sentence.index(day) for day in said)
    form = answer.context["form"]
    assert [form[name].value() for name in ("url", "why", "made_at")] == [PAGE, "It asks for a sign-in.", typed]
    assert not Capture.objects.exists()


@pytest.mark.parametrize("ts", [None, "", "lately", 0.5])
def test_a_line_without_a_time_is_of_the_only_visit(cast: Cast, source: Source, ts: Any) -> None:
    line = listed(PAGE) | {"ts": ts}
    assert make.upload(cast, source, wacz(pages=[line], warc=ANSWERS[:1]), made_at=on(3)).captured_at == on(3)
    with pytest.raises(ValidationError, match="does not hold it"):
        make.upload(cast, source, wacz(pages=[line], warc=ANSWERS), made_at=on(3))


def test_a_line_whose_visit_is_not_in_the_archive_lends_its_text_to_none(cast: Cast, source: Source) -> None:
    data = wacz(pages=VISITS, warc=ANSWERS[:1])
    assert make.upload(cast, source, data, made_at=on(3)).extracted.text == ENTERED
    with pytest.raises(ValidationError) as refused:
        make.upload(cast, source, data, made_at=on(9))
    assert refused.value.error_dict["made_at"][0].code == "wacz_other_time"


REFUSED, LOGIN = record(PAGE, answer="403 Forbidden"), "https://news.example/login"
TO_LOGIN = record(PAGE, answer=f"302 Found\r\nLocation: {LOGIN}")


@pytest.mark.parametrize(
    ("warc", "code", "said"),
    [
        ([record(PAGE, answer="404 Not Found")], "wacz_answered_no", "status 404"),
        ([REFUSED], "wacz_answered_no", "status 403"),
        ([record(PAGE, answer="503 Later")], "wacz_answered_no", "status 503"),
        ([TO_LOGIN], "wacz_leads_away", LOGIN),
        ([TO_LOGIN, record(LOGIN, answer="404 Not Found")], "wacz_leads_away", LOGIN),
        ([TO_LOGIN, record(LOGIN, answer="302 Found\r\nlocation: /page")], "wacz_leads_away", LOGIN),  # in a circle
        ([record(PAGE, answer="304 Not Modified")], "wacz_answered_no", "status 304"),
        ([REFUSED, record(PAGE, "revisit", refers_to_target_uri=LOGIN)], "wacz_answered_no", "status 403"),
        ([record(PAGE, "revisit", refers_to_target_uri=LOGIN)], "wacz_without_page", PAGE),  # which is nowhere
        ([record(LOGIN), record(PAGE, "revisit")], "wacz_without_page", PAGE),  # of what, it does not say
    ],
)
@pytest.mark.parametrize("url", [PAGE, ""])
def test_what_is_answered_otherwise_is_no_page(
    source: Source, amal: Client, warc: Sequence[bytes], code: str, said: str, url: str
) -> None:
    answer = send(amal, source, wacz(warc=warc), url=url)
    found, sentence = errors(answer, "file")
    assert found == code
    assert said in sentence
    assert answer.context["form"]["why"].value() == "It asks for a sign-in."
    assert not Capture.objects.exists()


def test_a_page_that_was_refused_is_not_offered(cast: Cast, source: Source) -> None:
    data = wacz(pages=[PAGE, LOGIN], warc=[REFUSED, record(LOGIN)])
    assert make.upload(cast, source, data, url="").requested_url == LOGIN


@pytest.mark.parametrize(
    ("warc", "final"),
    [
        ([record(LOGIN), record("http://news.example/page")], "http://news.example/page"),
        ([record(PAGE, "resource")], PAGE),
        ([record(f"<{PAGE}>")], PAGE),  # as WARC 1.0 was read by some
        ([record(LOGIN), record(PAGE, "revisit", refers_to_target_uri=LOGIN)], PAGE),
        (
            [record(PAGE, answer="301 Moved\r\nLocation: /moved"), record("https://news.example/moved")],
            "https://news.example/moved",
        ),
        # To https, and into a page of cookies and back; through a check for robots, as a browser passed it.
        ([record("http://news.example/page", answer=f"301 Moved\r\nLocation: {PAGE}"), record(PAGE)], PAGE),
        (
            [TO_LOGIN, record(LOGIN, answer=f"302 Found\r\nLocation: {PAGE}"), record(PAGE, at="2026-11-22T09:30:02Z")],
            PAGE,
        ),
        ([REFUSED, record(PAGE, at="2026-11-22T09:30:08Z")], PAGE),
        ([TO_LOGIN, record(LOGIN, answer="403 Forbidden"), record(LOGIN, at="2026-11-22T09:30:08Z")], LOGIN),
        ([record(PAGE, answer="203 Non-Authoritative")], PAGE),
    ],
)
def test_a_page_may_be_held_in_several_ways(cast: Cast, source: Source, warc: Sequence[bytes], final: str) -> None:
    capture = make.upload(cast, source, wacz(warc=warc))
    assert (capture.state, capture.requested_url, capture.final_url) == (CaptureState.SUCCEEDED, PAGE, final)


def test_a_fragment_that_says_which_page_it_is_is_kept(cast: Cast, source: Source) -> None:
    data = wacz(pages=[f"{PAGE}#!/7"], warc=[record(PAGE)])
    assert make.upload(cast, source, data).final_url == f"{PAGE}#!/7"


def cdxj(warc: Sequence[bytes]) -> dict[str, bytes]:
    """As Browsertrix has it of small crawls."""
    return {"indexes/index.cdxj": text_index(warc)["indexes/index.cdx"]}


@pytest.mark.parametrize(
    "made",
    [
        {"index": cdxj},
        {"index": packed_index, "warc": [record(f"https://news.example/{n}") for n in range(9)] + [record(PAGE)]},
        {"packed": ["indexes/index.cdx", "pages/pages.jsonl", "datapackage.json"]},  # as py-wacz compresses what it may
        {"index": packed_index, "packed": ["indexes/index.idx", "datapackage-digest.json"]},
    ],
)
def test_files_of_makers_that_are_known_are_taken(cast: Cast, source: Source, made: dict[str, Any]) -> None:
    assert make.upload(cast, source, wacz(**made)).state == CaptureState.SUCCEEDED


def test_digests_as_scoop_made_them_are_understood(cast: Cast, source: Source) -> None:
    """Each block of 64 KiB was hashed twice."""
    warc = record(PAGE, body=random.Random(1).randbytes(200_000))
    blocks = [warc[begin : begin + 65_536] for begin in range(0, len(warc), 65_536)]
    name = "archive/data.warc.gz"
    resources = [{"path": name, "hash": digest(b"".join(block * 2 for block in blocks))}]
    assert make.upload(cast, source, wacz(warc=[warc], resources=resources)).state == CaptureState.SUCCEEDED
    spoilt = wacz(lambda files: files.update({name: warc[:-1] + b"1"}), warc=[warc], resources=resources)
    with pytest.raises(ValidationError, match="not what the file itself says"):
        make.upload(cast, source, spoilt)


def test_a_file_that_gives_no_text_says_so(cast: Cast, source: Source, amal: Client) -> None:
    """As most of Browsertrix and of Scoop: the page has text, and nobody took it out."""
    capture = make.upload(cast, source, wacz(pages=[listed(PAGE) | {"text": None}]))
    shown = amal.get(capture.get_absolute_url()).content.decode()
    assert (capture.state, capture.reason) == (CaptureState.PARTIAL, Reason.TEXT_EMPTY)
    assert "list of pages gives no text" in shown
    assert "It may need scripts" not in shown


def without_table(warc: Sequence[bytes]) -> dict[str, bytes]:
    return {name: data for name, data in packed_index(warc).items() if name.endswith(".gz")}


def posted(warc: Sequence[bytes]) -> dict[str, bytes]:
    return {name: data.replace(b'{"url"', b'{"method": "POST", "url"') for name, data in text_index(warc).items()}


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ({"index": lambda _: {}}, "wacz_without_index"),
        ({"index": without_table}, "wacz_without_index"),
        ({"packed": ["archive/data.warc.gz"]}, "wacz_repacked"),
        ({"index": packed_index, "packed": ["indexes/index.cdx.gz"]}, "wacz_repacked"),
        # The index leads to nothing, to another record, to what was not asked for with GET.
        ({"index": lambda _: text_index([])}, "wacz_without_page"),
        ({"index": lambda _: {"indexes/index.cdx": b"an index\nof another kind {}\n{"}}, "wacz_without_page"),
        ({"warc": [record(LOGIN), record(PAGE)], "index": lambda warc: text_index(warc[1:])}, "wacz_without_page"),
        ({"warc": [b"no WARC"], "index": lambda _: text_index([record(PAGE)])}, "wacz_without_page"),
        ({"warc": [record(PAGE)[:40]], "index": lambda _: text_index([record(PAGE)])}, "wacz_without_page"),
        ({"index": posted}, "wacz_without_page"),
    ],
)
def test_what_no_player_could_play_is_refused(source: Source, amal: Client, made: dict[str, Any], code: str) -> None:
    answer = send(amal, source, wacz(**made))
    assert errors(answer, "file")[0] == code
    assert answer.context["form"]["why"].value() == "It asks for a sign-in."
    assert not Capture.objects.exists()


def test_a_bomb_in_the_index_is_stopped_while_it_unpacks(cast: Cast, source: Source, settings: Settings) -> None:
    settings.UPLOAD_UNPACKED_MEGABYTES = 2
    bomb = {"indexes/index.cdx.gz": gzip.compress(b"a line\n" * 5_000_000), "indexes/index.idx": b""}
    with pytest.raises(ValidationError, match="larger than what is taken"):
        make.upload(cast, source, wacz(index=lambda _: bomb))


def test_the_reading_page_plays_what_is_quoted(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.upload(cast, source, wacz(pages=VISITS, warc=ANSWERS), made_at=on(9))
    shown = amal.get(reverse("capture-read", args=[capture.pk])).content.decode()
    assert NOT_ENTERED in shown
    assert ENTERED not in shown
