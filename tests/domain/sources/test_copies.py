"""Answers of other archives, read: TimeMaps (RFC 7089) and Save Page Now 2."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sources.domain.copies import CopyFailure, UnableToCopy, read_job, read_status
from sources.domain.timemaps import Part, read_timemap
from tests.archives import TIMEMAP

BASE = "https://archive.example"


def test_it_works() -> None:
    found = read_timemap(TIMEMAP.format(base=BASE), BASE)
    assert [f"{each.at:%Y-%m-%d}" for each in found.mementos] == ["2020-01-02", "2026-11-22", "2026-11-27"]
    assert found.nearest(datetime(2026, 11, 23, tzinfo=UTC)).url.startswith(f"{BASE}/web/20261122120000/")


# Each line of the reason first, then what stands in the list and how many mementos that makes.
@pytest.mark.parametrize(
    ("why", "text", "count"),
    [
        ("nothing", "", 0),
        ("no list at all", "<html>Sorry</html>", 0),
        (
            "relations may be several, quotes may be missing",
            '<http://a/1>; rel=memento; datetime="Thu, 02 Jan 2020 03:04:05 GMT"',
            1,
        ),
        (
            "another relation whose name begins like it",
            '<http://a/1>; rel="mementos"; datetime="Thu, 02 Jan 2020 03:04:05 GMT"',
            0,
        ),
        ("no time", '<http://a/1>; rel="memento"', 0),
        ("a time that is none", '<http://a/1>; rel="memento"; datetime="yesterday"', 0),
        ("a time without a zone says nothing", '<http://a/1>; rel="memento"; datetime="Thu, 02 Jan 2020 03:04:05"', 0),
        (
            "an address that would run",
            '<javascript:alert(1)>; rel="memento"; datetime="Thu, 02 Jan 2020 03:04:05 GMT"',
            0,
        ),
        (
            "commas inside quotes part nothing",
            '<http://a/1,2>; rel="memento"; datetime="Thu, 02 Jan 2020 03:04:05 GMT"',
            1,
        ),
    ],
)
def test_what_counts_as_a_memento(why: str, text: str, count: int) -> None:
    assert len(read_timemap(text, BASE).mementos) == count, why


PARTS = """<http://a/list>; rel="self"; type="application/link-format",
<http://a/again>; rel="self timemap",
<http://a/json>; rel="timemap"; type="application/json",
</2>; rel="timemap"; type="application/link-format; charset=utf-8"; until="Thu, 02 Jan 2020 03:04:05 GMT",
<http://a/3>; rel="timemap"; from="Thu, 02 Jan 2025 03:04:05 GMT"; until="yesterday",
<http://[>; rel="timemap",
<http://[>; rel="memento"
"""


def test_further_lists_are_named_and_the_same_one_in_other_forms_is_none() -> None:
    told = {part.url: (part.since, part.until) for part in read_timemap(PARTS, "http://a/list").unread}
    assert told == {
        "http://a/2": (None, datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)),
        "http://a/3": (datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC), None),
        "http://[": (None, None),
    }


@pytest.mark.parametrize(
    ("since", "until", "days"), [(2020, 2022, 365), (2024, 2026, 365), (2022, 2024, 0), (None, None, 0)]
)
def test_how_far_a_list_is_from_a_moment(since: int | None, until: int | None, days: int) -> None:
    at = datetime(2023, 1, 1, tzinfo=UTC)
    first, last = (datetime(year, 1, 1, tzinfo=UTC) if year else None for year in (since, until))
    assert Part("http://a/", first, last).away(at) == timedelta(days=days)


@pytest.mark.parametrize("text", ["<http://a>" * 100_000, "<" * 500_000, "<a>" + " ;" * 400_000, '<a>; rel="' * 50_000])
def test_a_hostile_list_takes_no_longer_than_a_long_one(text: str) -> None:
    begun = time.process_time()
    read_timemap(text, BASE)
    assert time.process_time() - begun < 5


def test_a_job_and_how_it_ended() -> None:
    assert read_job({"url": "http://a/", "job_id": "spn2-1"}) == "spn2-1"
    assert read_status({"status": "pending"}, BASE) is None
    done = {"status": "success", "timestamp": "20261127141500", "original_url": "http://a/"}
    made = read_status(done, BASE)
    assert made is not None
    assert (made.url, made.at) == (f"{BASE}/web/20261127141500/http://a/", datetime(2026, 11, 27, 14, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ({}, CopyFailure.ANSWER_MALFORMED),
        ({"status": "done"}, CopyFailure.ANSWER_MALFORMED),
        ({"status": "success"}, CopyFailure.ANSWER_MALFORMED),
        ({"status": "success", "timestamp": "2026", "original_url": "http://a/"}, CopyFailure.ANSWER_MALFORMED),
        (
            {"status": "success", "timestamp": "20261399000000", "original_url": "http://a/"},
            CopyFailure.ANSWER_MALFORMED,
        ),
        (
            {"status": "success", "timestamp": "20261127141500", "original_url": "javascript:1"},
            CopyFailure.ANSWER_MALFORMED,
        ),
        ({"status": "error", "status_ext": "error:user-session-limit"}, CopyFailure.RATE_LIMITED),
        (
            {"status": "error", "status_ext": "error:invalid-host-resolution", "message": "no host"},
            CopyFailure.PAGE_NOT_SAVED,
        ),
        ({"status": "error", "exception": "[Errno]"}, CopyFailure.PAGE_NOT_SAVED),
    ],
)
def test_what_is_no_copy(answer: dict[str, Any], failure: CopyFailure) -> None:
    with pytest.raises(UnableToCopy) as refusal:
        read_status(answer, BASE)
    assert refusal.value.failure is failure


@pytest.mark.parametrize("answer", [{}, {"job_id": None}, {"job_id": "../../save"}, {"job_id": "a\nb"}])
def test_what_is_no_job(answer: dict[str, Any]) -> None:
    """Its number becomes part of an address."""
    with pytest.raises(UnableToCopy):
        read_job(answer)
