"""Captures of one source hold the same bodies once on the disk, and nobody but the disk can tell."""

from pathlib import Path
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from newsroom.models import Case
from sources import archive, capturing
from sources.actions import captures
from sources.archiving.blobs import digest_of
from sources.models import Capture, CaptureState
from tests import articles
from tests.cast import Cast
from tests.pages import PageServer
from tests.sources import make
from tests.sources.archiving.accepted import assert_accepted
from tests.sources.test_verify_archive import verify

PICTURE = b"\x89PNG\r\n\x1a\n" + Random(16).randbytes(50_000)


@pytest.fixture(autouse=True)
def root(settings: Settings, tmp_path: Path) -> Path:
    settings.ARCHIVE_ROOT = str(tmp_path / "archive")
    return tmp_path / "archive"


@pytest.fixture
def picture(pages: PageServer) -> str:
    pages.pages["/picture"], pages.answers["/picture"] = PICTURE, (200, {"Content-Type": "image/png"})
    return pages.url("/picture")


def capture(url: str, case: Case | None = None, engine: str = "HTTP") -> Capture:
    make.age(Capture.objects.all())
    made = captures.request(actor="tests", url=url, case_id=case.pk if case else None, engine=engine, wake=False)
    capturing.make(made.pk, "here")
    made.refresh_from_db()
    assert made.state in (CaptureState.SUCCEEDED, CaptureState.PARTIAL)
    return made


def on_disk(root: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in root.rglob("*") if path.is_file()}


def test_a_second_capture_adds_what_is_its_own(
    db: None, pages: PageServer, picture: str, root: Path, tmp_path: Path
) -> None:
    first = capture(picture)
    pages.answers["/picture"][1]["X-Age"] = "1"  # within one second both would be the same to the last byte
    second = capture(picture)
    assert first.wacz_digest != second.wacz_digest
    files = on_disk(root)
    lists = {f"{each.wacz_digest.removeprefix('sha256:')}.pieces" for each in (first, second)}
    assert set(files) == lists | {digest_of(PICTURE).removeprefix("sha256:")}
    assert max(files[name] for name in lists) < len(PICTURE) / 10
    for each in (first, second):
        assert_accepted(archive.store().get(each.wacz_digest), tmp_path)
    assert verify()[0] == 0


def test_a_page_in_a_browser_with_all_it_loads(db: None, pages: PageServer, root: Path, tmp_path: Path) -> None:
    for path, (kind, body) in articles.site().items():
        pages.pages[path], pages.answers[path] = body, (200, {"Content-Type": kind})
    url = pages.url(articles.paths()[0])
    first = capture(url, engine="BROWSER")
    before = set(on_disk(root))
    second = capture(url, engine="BROWSER")
    # A picture may come out otherwise by a hair; whatever came over the network, and the text, is the same.
    new = {name: size for name, size in on_disk(root).items() if name not in before}
    pictures = {each.removeprefix("sha256:") for each in (second.viewport_digest, second.fullpage_digest)}
    assert set(new) - pictures == {f"{second.wacz_digest.removeprefix('sha256:')}.pieces"}
    assert sum(size for name, size in new.items() if name not in pictures) < (first.size or 0) / 20
    for each in (first, second):
        assert_accepted(archive.store().get(each.wacz_digest), tmp_path)


def test_who_may_not_see_a_case_does_not_learn_that_it_has_the_page(
    cast: Cast, case: Case, picture: str, client: Client
) -> None:
    """What a capture takes on the disk stands nowhere: its size is that of the whole."""
    alone = capture(picture)
    Case.objects.filter(pk=case.pk).update(restricted=True)
    capture(picture, case)
    sharing = capture(picture)
    client.force_login(cast.dana, backend="allauth.account.auth_backends.AuthenticationBackend")
    for each in (alone, sharing):
        assert each.size is not None
        assert each.size > len(PICTURE)
        assert len(client.get(reverse("capture-download", args=[each.pk])).content) == each.size
