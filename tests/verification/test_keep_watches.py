"""What standing evidence rests on is watched by itself, and not longer than that."""

import pytest

from newsroom.models import Case
from sources.actions import sources, watches
from sources.models import Source, StoppedBy, Watch
from tests.cast import Cast
from tests.sources import make as make_source
from tests.verification import make
from tests.verification.passages import bound
from verification.watches import keep

URL = "https://news.example/page"


@pytest.fixture
def source(cast: Cast, case: Case) -> Source:
    return make_source.source(cast, case, url=URL)


def watched() -> list[str]:
    return sorted(Watch.objects.active().values_list("url", flat=True))


def test_evidence_on_a_page_has_it_watched(cast: Cast, case: Case, source: Source) -> None:
    make.account(cast, make.claim(cast, case), source=source.pk)
    make.account(cast, make.claim(cast, case), source=source.pk)
    assert (keep(), watched()) == (1, [URL])
    assert keep() == 0
    watch = Watch.objects.get()
    assert (watch.why, watch.history.get().act.actor_name) == ("EVIDENCE", "watch")


def test_what_has_no_address_cannot_be(cast: Cast, case: Case) -> None:
    make.account(cast, make.claim(cast, case), source=make_source.source(cast, case).pk)
    assert (keep(), watched()) == (0, [])


def test_the_address_a_passage_was_marked_in_is_watched_too(cast: Cast, case: Case, source: Source) -> None:
    capture = make_source.capture(cast, source, "نص طويل", url="https://news.example/live")
    excerpt = make_source.excerpt(cast, case, capture, "طويل")
    bound(cast, make.account(cast, make.claim(cast, case), source=source.pk), excerpt)
    keep()
    assert watched() == ["https://news.example/live", URL]


def test_it_ends_with_the_last_evidence_and_begins_again_with_the_next(cast: Cast, case: Case, source: Source) -> None:
    one, other = (make.account(cast, make.claim(cast, case), source=source.pk) for _ in range(2))
    keep()
    make.withdrawn(cast, one)
    assert keep() == 0
    make.withdrawn(cast, other)
    assert (keep(), watched()) == (1, [])
    assert Watch.objects.get().stopped_by == StoppedBy.SYSTEM
    make.account(cast, make.claim(cast, case), source=source.pk)
    assert (keep(), watched()) == (1, [URL])


def test_a_corrected_address_takes_the_place_of_the_old_one(cast: Cast, case: Case, source: Source) -> None:
    make.account(cast, make.claim(cast, case), source=source.pk)
    keep()
    facts = {name: getattr(source, name) for name in ("kind", "name", "language", "translations", "protected", "note")}
    sources.edit(
        actor=cast.amal, source_id=source.pk, version=source.version, publisher_id=None, published_at="",
        url="https://news.example/moved", **facts,
    )  # fmt: skip
    assert (keep(), watched()) == (2, ["https://news.example/moved"])


def test_what_a_person_decided_stands(cast: Cast, case: Case, source: Source) -> None:
    """Stopped by somebody it stays stopped although evidence rests on it; asked for, it goes on although none does."""
    account = make.account(cast, make.claim(cast, case), source=source.pk)
    keep()
    watch = Watch.objects.get()
    watches.stop(actor=cast.amal, watch_id=watch.pk, version=watch.version, reason="It is a paper, scanned.")
    assert (keep(), watched()) == (0, [])
    watches.start(actor=cast.amal, source_id=source.pk, reason="It is edited after all.")
    make.withdrawn(cast, account)
    assert (keep(), watched()) == (0, [URL])
