"""Lists of copies that come in parts: read around the capture first, and nothing is said of what was not read."""

from typing import Any

import pytest

from sources.actions import copies
from sources.domain.copies import CopyFailure, CopyKind, CopyState
from sources.domain.timemaps import Extent
from sources.models import Capture
from sources.wording.details import in_plain_words
from sources.wording.proofs import answered
from tests.archives import Archive, memento, part
from tests.cast import Cast
from tests.services import Said, Service
from tests.sources.test_copies import archive, asked, capture, service
from tests.sources.test_watch_pages import page

__all__ = ["archive", "capture", "service"]

SELF = '<{base}/web/timemap/link/http://news.example/page>; rel="self"; type="application/link-format",\n'


@pytest.fixture
def look_up(cast: Cast, capture: Capture) -> Any:  # the capture is of 23 November 2026
    return lambda: asked(copies.ask(actor=cast.amal, capture_id=capture.pk, kind=CopyKind.LOOK_UP))


def years(*those: int) -> str:
    return "".join(part(f"{year}", f"{year}-01-01", f"{year}-12-31") for year in those)


def test_an_index_that_names_lists_only(archive: Archive, look_up: Any) -> None:
    archive.timemap = SELF + years(2024, 2025, 2026)
    archive.parts = {f"{year}": memento(f"{year}-05-05") for year in (2024, 2025, 2026)}
    copy = look_up()
    assert (copy.state, copy.reason, copy.known) == (CopyState.FOUND, "", 3)
    assert f"{copy.memento_at:%Y-%m-%d}" == "2026-05-05"
    assert "the nearest to ours" in answered(copy)


def test_a_list_that_names_the_next(archive: Archive, look_up: Any) -> None:
    archive.timemap = SELF + memento("2000-06-20") + memento("2008-04-09") + part("next", "2008-04-10", "2026-11-22")
    archive.parts = {"next": memento("2026-11-22") + part("next")}
    copy = look_up()
    assert (copy.known, copy.reason, f"{copy.memento_at:%Y-%m-%d}") == (3, "", "2026-11-22")


def test_more_lists_than_are_read_begin_around_the_capture(archive: Archive, service: Service, look_up: Any) -> None:
    """Five in all; by what the archive says of the rest, nothing there is nearer."""
    archive.timemap = SELF + years(*range(2010, 2030))
    archive.parts = {f"{year}": memento(f"{year}-05-05") for year in range(2010, 2030)}
    copy = look_up()
    assert [each.path.rpartition("/")[2] for each in service.asked[1:]] == ["2026", "2027", "2025", "2028"]
    assert (copy.known, copy.reason, f"{copy.memento_at:%Y}") == (4, Extent.TO_THE_NEAREST, "2027")
    assert "in the part" not in answered(copy)
    assert "lists not read: 16" in copy.answer


def test_the_nearest_of_a_part_is_said_to_be_that(archive: Archive, look_up: Any) -> None:
    """The list around the capture could not be had."""
    archive.timemap = SELF + memento("2024-05-05") + years(2026)
    archive.parts = {"2026": 503}
    copy = look_up()
    assert (copy.state, copy.reason) == (CopyState.FOUND, Extent.IN_PART)
    assert "the nearest to ours in the part of its list that was read" in answered(copy)


@pytest.mark.parametrize("elsewhere", ["http://other.example", "https://{{base}}", "javascript:alert(1)"])
def test_a_list_of_another_host_is_not_asked_for_and_there_is_no_none(
    archive: Archive, service: Service, look_up: Any, elsewhere: str
) -> None:
    archive.timemap = SELF + part("all", base=elsewhere)
    copy = look_up()
    assert (copy.state, copy.reason) == (CopyState.FAILED, CopyFailure.LIST_IN_PARTS)
    assert "names none in those" in answered(copy)
    assert len(service.asked) == 1


def test_lists_that_lead_nowhere_are_no_none(archive: Archive, look_up: Any) -> None:
    archive.timemap = SELF + part("one") + part("other")
    archive.parts = {"one": SELF, "other": 404}
    assert (copy := look_up()).state == CopyState.FAILED
    assert in_plain_words(copy.detail) == "lists not read: 2"


def test_a_part_that_may_be_had_later_is_asked_for_again(archive: Archive, look_up: Any) -> None:
    archive.timemap, archive.parts = SELF + part("one"), {"one": 503}
    copy = look_up()
    assert (copy.state, copy.retry_reason) == (CopyState.QUEUED, CopyFailure.SERVICE_ERROR)
    archive.parts = {"one": memento("2026-11-22")}
    assert asked(copy).state == CopyState.FOUND


def test_all_lists_together_have_one_size(
    archive: Archive, service: Service, look_up: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.archiving.timemaps.MOST_BYTES", 4000)
    archive.timemap = SELF + memento("2026-05-05") + years(2026, 2027)
    archive.parts = {"2026": memento("2026-11-22") + " " * 3000, "2027": memento("2027-05-05") + " " * 3000}
    copy = look_up()
    assert (copy.known, copy.reason) == (2, Extent.TO_THE_NEAREST)


def test_a_list_without_end_ends(archive: Archive, service: Service, look_up: Any) -> None:
    def endless(each: Any) -> Said:
        return Said(200, (memento("2020-01-01") + part(f"{len(service.asked)}")).format(base=archive.base).encode())

    service.answer = endless
    copy = look_up()
    assert (len(service.asked), copy.reason) == (5, Extent.IN_PART)


def test_the_page_of_the_capture_counts_what_was_read(
    cast: Cast, archive: Archive, capture: Capture, look_up: Any
) -> None:
    archive.timemap, archive.parts = SELF + memento("2024-05-05") + years(2026), {"2026": 404}
    look_up()
    shown = page(cast.amal, "capture-detail", capture.pk)
    assert "1 copy stands in the part of its list that was read" in shown
    assert "is known there" not in shown
