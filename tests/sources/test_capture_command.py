"""`manage.py capture`: the keys the issue lists, and an exit code that says whether there is a page."""

import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from newsroom.models import Case
from sources import archive
from sources.archiving.blobs import digest_of
from sources.domain.captures import CaptureState, Reason
from sources.models import Capture
from tests.cast import Cast
from tests.pages import PageServer
from tests.sources.archiving.accepted import assert_accepted

KEYS = ["url", "final_url", "state", "reason", "engine", "http_status", "title", "language", "text_digest", "wacz"]
KEYS += ["wacz_digest", "bytes", "captured_at"]


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, what was printed, and what was said beside it."""
    out, err = StringIO(), StringIO()
    try:
        call_command("capture", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def answer(*arguments: str) -> tuple[int, dict[str, Any]]:
    code, printed, _ = run(*arguments, "--json")
    return code, json.loads(printed)


def test_it_works(cast: Cast, case: Case, pages: PageServer) -> None:
    code, said = answer(pages.url("/good"), "--wait", "--case", case.slug)
    assert code == 0
    assert list(said) == KEYS
    assert (said["state"], said["reason"], said["engine"], said["http_status"]) == ("SUCCEEDED", "", "http", 200)
    assert (said["title"], said["language"], said["final_url"]) == ("عنوان", "ar", said["url"])
    assert Path(said["wacz"]).stat().st_size == said["bytes"]
    assert said["captured_at"].startswith("20")
    assert Capture.objects.get().case == case


def test_the_path_is_that_of_a_copy_for_other_programs(
    pages: PageServer, db: None, settings: Settings, tmp_path: Path
) -> None:
    """What the archive has of it is in pieces, and no other program could read them."""
    settings.VAR_DIR = tmp_path
    pages.pages["/picture"], pages.answers["/picture"] = b"picture " * 9_000, (200, {"Content-Type": "image/png"})
    _, said = answer(pages.url("/picture"), "--wait")
    assert digest_of(Path(said["wacz"]).read_bytes()) == said["wacz_digest"]
    assert_accepted(Path(said["wacz"]).read_bytes(), tmp_path)
    os.utime(said["wacz"], (0, 0))
    _, later = answer(pages.url("/good"), "--wait")
    assert Path(later["wacz"]).exists()
    assert not Path(said["wacz"]).exists()


def test_a_copy_that_is_damaged_is_not_handed_out(
    pages: PageServer, db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.ARCHIVE_ROOT = str(tmp_path)
    answer(pages.url("/good"), "--wait")
    for _, path in archive.store().listing():
        path.write_bytes(b"altered")
    with pytest.raises(CommandError, match="damaged"):
        run(pages.url("/good"), "--wait", "--json")
    assert run(pages.url("/good"), "--wait")[0] == 0


def test_a_part_is_a_page(pages: PageServer, db: None) -> None:
    pages.answers["/good"] = (200, {"Content-Length": "100000"})
    code, said = answer(pages.url("/good"), "--wait")
    assert (code, said["state"], said["reason"]) == (0, CaptureState.PARTIAL, Reason.CONNECTION_LOST)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://news.example/", Reason.SCHEME_NOT_ALLOWED),
        ("https://amal:secret@news.example/", Reason.CREDENTIALS_IN_URL),
        ("nonsense", Reason.URL_MALFORMED),
        ("http://[::1/", Reason.HOST_MALFORMED),
        ("http://8.8.8.8:25/", Reason.PORT_NOT_ALLOWED),
        ("http://10.1.2.3/", Reason.ADDRESS_NOT_PUBLIC),
        ("http://2130706433/", Reason.HOST_AMBIGUOUS),
        ("http://no-such-host.invalid/", Reason.NAME_NOT_RESOLVED),
    ],
)
def test_what_is_refused_has_the_same_keys_and_no_page(db: None, url: str, reason: Reason) -> None:
    code, said = answer(url, "--wait")
    assert code == 3
    assert list(said) == KEYS
    assert (said["url"], said["state"], said["reason"]) == (url, CaptureState.FAILED, reason)
    assert (said["wacz"], said["wacz_digest"], said["bytes"], said["http_status"]) == ("", "", None, None)


def test_what_may_pass_is_said_at_once_to_who_waits(pages: PageServer, db: None) -> None:
    pages.stop()
    code, said = answer(pages.url("/good"), "--wait")
    assert (code, said["state"], said["reason"]) == (3, CaptureState.FAILED, Reason.CONNECTION_REFUSED)
    assert not Capture.objects.unfinished().exists()


def test_a_refusal_of_the_server_is_no_page(pages: PageServer, db: None) -> None:
    code, said = answer(pages.url("/absent"), "--wait")
    assert (code, said["reason"], said["http_status"], said["title"]) == (3, Reason.HTTP_CLIENT_ERROR, 404, "")


def test_without_waiting_it_is_only_asked_for(pages: PageServer, db: None) -> None:
    code, said = answer(pages.url("/good"))
    assert (code, said["state"], said["wacz"]) == (0, CaptureState.QUEUED, "")


def test_a_person_reads_a_line_and_why(db: None) -> None:
    _, printed, beside = run("ftp://news.example/")
    assert printed == "FAILED  SCHEME_NOT_ALLOWED  ftp://news.example/\n"
    assert "neither http nor https" in beside


def test_a_case_that_is_not_there_is_named(db: None) -> None:
    with pytest.raises(CommandError, match="no-such-case"):
        call_command("capture", "https://news.example/", "--case", "no-such-case")
    assert not Capture.objects.exists()
