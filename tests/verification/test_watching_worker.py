"""A page changes, goes and comes back on a real server, and a real worker sees what there is to see."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.db.models.functions import Now

from newsroom.models import Case
from sources.actions import captures
from sources.models import Capture, Look, Source, Watch
from sources.tasks import sweep_watches
from tests.cast import Cast
from tests.pages import PageServer, page
from tests.sources import make as sources
from tests.verification import make
from tests.verification.passages import AFTER, BEFORE, PASSAGE, REWORDED, bound
from verification.models import Alert, AlertsDue, Claim
from verification.tasks import keep_watches
from verification.wording.alerts import tell

PATIENCE = 60
PATH = "/good"


def until(holds: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + PATIENCE
    while not (found := holds()):
        assert time.monotonic() < end, what
        time.sleep(0.05)
    return found


@pytest.fixture
def source(celery_worker: Any, cast: Cast, case: Case, pages: PageServer) -> Source:
    pages.pages[PATH] = page(f"{BEFORE}{PASSAGE}{AFTER}")
    return sources.source(cast, case, url=pages.url(PATH))


@pytest.fixture
def claim(cast: Cast, case: Case, source: Source) -> Claim:
    """It rests on a passage of the page, which is watched since."""
    capture = captures.request(actor=cast.amal, source_id=source.pk)
    until(lambda: Capture.objects.kept().filter(pk=capture.pk).exists(), "the page was not captured")
    excerpt = sources.excerpt(cast, case, Capture.objects.get(pk=capture.pk), PASSAGE)
    claim = make.claim(cast, case)
    bound(cast, make.account(cast, claim, source=source.pk, quotation=PASSAGE), excerpt)
    keep_watches.delay()
    until(Watch.objects.active().exists, "nobody began to watch it")
    return claim


def look(claim: Claim) -> str:
    """What the next look says of the passage, once all that follows from it is done."""
    before = Look.objects.count()
    # Instead of waiting: what was asked for is some minutes ago, and the next look is due.
    Capture.objects.update(requested_at=F("requested_at") - timedelta(minutes=2))
    Watch.objects.update(next_look_at=Now())
    sweep_watches.delay()
    until(lambda: Look.objects.count() > before and not AlertsDue.objects.exists(), "nobody looked")
    return str(Look.objects.latest("pk").sightings.get().state)


def kinds(claim: Claim) -> list[str]:
    return list(claim.alerts.order_by("pk").values_list("kind", flat=True))


def test_from_a_changed_page_to_an_alert_with_both_versions(claim: Claim, pages: PageServer) -> None:
    assert look(claim) == "UNCHANGED"
    pages.pages[PATH] = page(f"{AFTER}\n{BEFORE}\nوختم بقوله للصحفيين الحاضرين: {PASSAGE}")
    assert (look(claim), kinds(claim)) == ("MOVED", [])
    pages.pages[PATH] = page(f"{BEFORE}{REWORDED}{AFTER}")
    assert (look(claim), kinds(claim)) == ("ALTERED", ["PASSAGE_ALTERED"])
    [told] = tell(Alert.objects.select_related("because_of", "claim__case"))
    assert told.seen is not None
    assert "".join(piece.text for piece in told.seen.pieces if piece.change != "added") == PASSAGE
    assert "".join(piece.text for piece in told.seen.pieces if piece.change != "removed") == REWORDED
    assert told.alert.history.get().act.origin.startswith("task ")


def test_a_page_that_is_gone_says_nothing_until_it_has_been_so_for_long(claim: Claim, pages: PageServer) -> None:
    del pages.pages[PATH]
    assert (look(claim), kinds(claim)) == ("UNREACHABLE", [])
    Watch.objects.update(unread_since=Now() - timedelta(days=8), unread_looks=4)  # instead of waiting for a week
    assert (look(claim), kinds(claim)) == ("UNREACHABLE", ["PAGE_UNREAD"])
    pages.pages[PATH] = page(f"{BEFORE}{PASSAGE}{AFTER}")
    assert look(claim) == "UNCHANGED"
    [told] = tell(Alert.objects.select_related("because_of", "claim__case"))
    assert told.changes[-1].startswith("It could be read again on ")


def test_a_page_cut_off_before_the_passage_says_nothing(claim: Claim, pages: PageServer) -> None:
    pages.pages[PATH] = page(BEFORE)
    pages.answers[PATH] = (200, {"Content-Length": "100000"})
    assert (look(claim), kinds(claim)) == ("UNREACHABLE", [])
