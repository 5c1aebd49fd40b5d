"""From asking to the archive through a real worker with a real browser."""

from pathlib import Path
from subprocess import Popen

import pytest

from sources import archive
from sources.actions import captures
from sources.domain.captures import CaptureState, Handling, Reason, Wanted
from sources.domain.details import Detail, Said, stored
from sources.models import Source
from tests.cast import Cast
from tests.pages import PageServer
from tests.sources import make
from tests.sources.archiving.accepted import assert_accepted
from tests.sources.test_capturing import ended

SCRIPTED = """<!doctype html><html lang=ar><head><title>قبل</title><link rel=stylesheet href=/style.css></head>
<body><div id=here></div><img src=/lost.png><script>
document.title = "بعد";
document.getElementById("here").textContent = "نص لا يكون إلا بعد أن يعمل البرنامج الصغير في الصفحة كلها";
</script></body></html>"""


@pytest.fixture
def source(celery_worker: Popen[bytes], cast: Cast, pages: PageServer) -> Source:
    pages.pages |= {"/scripted": SCRIPTED.encode(), "/style.css": b"body { color: #123 }"}
    pages.answers["/style.css"] = (200, {"Content-Type": "text/css"})
    return make.source(cast, url=pages.url("/scripted"))


def test_it_works(cast: Cast, source: Source, pages: PageServer, tmp_path: Path) -> None:
    capture = ended(captures.request(actor=cast.amal, source_id=source.pk, engine="BROWSER"))
    assert (capture.state, capture.reason) == (CaptureState.SUCCEEDED, "")
    assert (capture.engine, capture.title, capture.language) == ("BROWSER", "بعد", "ar")
    assert "لا يكون إلا بعد" in capture.extracted.text
    assert {pages.url(path) for path in ("/scripted", "/style.css", "/lost.png")} <= {
        each["url"] for each in capture.exchanges
    }
    assert capture.exchanges[0]["url"] == source.url
    why = {
        "reason": Reason.HTTP_CLIENT_ERROR,
        "detail": stored(Detail(Said.STATUS, status=404)),
        "wanted": Wanted.IMAGE,
    }
    lost = {"url": pages.url("/lost.png")} | why
    assert capture.missing == [lost]
    assert capture.handling == [Handling.WAITED_QUIET, Handling.BANNERS_LEFT, Handling.SCROLLED]
    for digest in (capture.viewport_digest, capture.fullpage_digest):
        assert archive.store().get(digest).startswith(b"\xff\xd8\xff")
    assert_accepted(archive.store().get(capture.wacz_digest), tmp_path)
