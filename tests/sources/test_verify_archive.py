"""`manage.py verify_archive`: what is damaged, lost or left over is found, and nothing else is."""

import json
import os
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from pytest_django import Settings

from sources import archive, archive_leaning
from sources.archive_check import YOUNG, Kind
from sources.archive_rows import NAMES_A_FILE, NAMES_NO_FILE
from sources.archiving.blobs import digest_of
from sources.archiving.pieces import Body
from sources.models import Capture, CapturedText
from tests.cast import Cast
from tests.sources import make

BODY = b"what several captures hold " * 200


@pytest.fixture
def kept(cast: Cast, settings: Settings, tmp_path: Path) -> list[Capture]:
    """Three captures in an archive of their own."""
    settings.ARCHIVE_ROOT = str(tmp_path / "archive")
    source = make.source(cast)
    return [make.capture(cast, source, f"نص {number}") for number in range(3)]


def verify() -> tuple[int, list[dict[str, Any]], dict[str, int]]:
    """Exit code, findings and the sum."""
    out, code = StringIO(), 0
    try:
        call_command("verify_archive", "--json", stdout=out)
    except SystemExit as ended:
        code = int(str(ended.code))
    *findings, total = [json.loads(line) for line in out.getvalue().splitlines()]
    return code, findings, total


def file_of(capture: Capture) -> Path:
    return archive.store().place(capture.wacz_digest)


def left_behind(path: Path, data: bytes = b"half") -> Path:
    """A file that nobody has touched for long."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    at = time.time() - YOUNG.total_seconds() - 60
    os.utime(path, (at, at))
    return path


def test_it_works(kept: list[Capture]) -> None:
    code, findings, total = verify()
    size = sum(file_of(capture).stat().st_size for capture in kept)
    assert (code, findings, total) == (0, [], {"files": 3, "bytes": size, "texts": 3, "findings": 0})


def test_what_is_altered_or_missing_is_named_with_its_row(kept: list[Capture]) -> None:
    altered, missing, whole = kept
    file_of(altered).write_bytes(b"something else")
    file_of(missing).unlink()
    code, findings, _ = verify()
    assert code == 1
    assert {(each["kind"], each["digest"], *each["named_by"]) for each in findings} == {
        (Kind.ALTERED, altered.wacz_digest, f"Capture {altered.pk} wacz_digest"),
        (Kind.MISSING, missing.wacz_digest, f"Capture {missing.pk} wacz_digest"),
    }
    assert whole.wacz_digest not in str(findings)


def test_what_nobody_names_is_found_once_it_is_old(kept: list[Capture]) -> None:
    store = archive.store()
    orphan = left_behind(store.place(store.put(b"no row")), b"no row")
    half = left_behind(store.root / ".half-abc")
    stray = left_behind(store.root / "note.txt")
    misplaced = left_behind(store.root / "00" / file_of(kept[0]).name)
    store.put(b"its row is about to be written")
    (store.root / ".half-being-written").write_bytes(b"")
    code, findings, _ = verify()
    assert code == 1
    assert {(each["kind"], each["path"]) for each in findings} == {
        (Kind.ORPHANED, str(orphan)),
        (Kind.HALF, str(half)),
        (Kind.STRAY, str(stray)),
        (Kind.STRAY, str(misplaced)),
    }


@pytest.fixture
def sharing(kept: list[Capture], cast: Cast) -> list[Capture]:
    """Two more, whose copies hold one body; and it is the picture of a third."""
    source = make.source(cast)
    made = []
    for number in range(2):
        data = f"copy {number} ".encode() + BODY
        archive.store().put_apart(data, [Body(((len(data) - len(BODY), len(BODY)),))])
        made.append(make.capture(cast, source, f"a text {number}", wacz=data))
        archive.store().place(made[-1].wacz_digest).unlink()  # which the fixture above keeps whole
    return [*made, make.capture(cast, source, "a text", viewport=BODY)]


def test_a_body_is_named_with_every_capture_that_leans_on_it(
    sharing: list[Capture], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_leaning, "RUN", 1)
    assert verify()[:2] == (0, [])
    body = archive.store().place(digest_of(BODY))
    body.write_bytes(BODY[::-1])
    one, two, three = sharing
    named = {
        f"Capture {one.pk} wacz_digest",
        f"Capture {two.pk} wacz_digest",
        f"Capture {three.pk} viewport_digest",
    }
    code, [finding], _ = verify()
    assert (code, finding["kind"], finding["digest"]) == (1, Kind.ALTERED, digest_of(BODY))
    assert (finding["path"], set(finding["named_by"])) == (str(body), named)
    body.unlink()
    _, [finding], _ = verify()
    assert (finding["kind"], finding["digest"], set(finding["named_by"])) == (Kind.MISSING, digest_of(BODY), named)


@pytest.mark.parametrize(
    "change", [lambda listed: listed.replace(b"copy", b"Copy"), lambda listed: b"no list", lambda listed: listed + b"!"]
)
def test_a_list_that_was_altered_is_named_with_its_own_capture(
    sharing: list[Capture], change: Callable[[bytes], bytes]
) -> None:
    one = sharing[0]
    listed = file_of(one).with_name(file_of(one).name + ".pieces")
    listed.write_bytes(change(listed.read_bytes()))
    _, [finding], _ = verify()
    assert (finding["kind"], finding["digest"], finding["path"]) == (Kind.ALTERED, one.wacz_digest, str(listed))
    assert finding["named_by"] == [f"Capture {one.pk} wacz_digest"]
    listed.unlink()
    _, [finding], _ = verify()
    assert (finding["kind"], finding["digest"]) == (Kind.MISSING, one.wacz_digest)


def test_a_file_that_is_there_twice_is_read_twice(sharing: list[Capture]) -> None:
    """Whole, as somebody uploaded it, and in pieces: each is to be what it should."""
    one = sharing[0]
    archive.store().put(archive.store().get(one.wacz_digest))
    assert verify()[:2] == (0, [])
    file_of(one).write_bytes(b"something else")
    _, [finding], _ = verify()
    assert (finding["kind"], finding["path"]) == (Kind.ALTERED, str(file_of(one)))


def test_bodies_of_what_no_row_names_are_not_told_apart_from_it(kept: list[Capture]) -> None:
    data = b"no row" + BODY
    digest = archive.store().put_apart(data, [Body(((6, len(BODY)),))])
    alone = archive.store().put(b"leaned on by nobody")
    for _, path in archive.store().listing():
        os.utime(path, (0, 0))
    _, findings, _ = verify()
    assert {(each["kind"], each["digest"]) for each in findings} == {(Kind.ORPHANED, digest), (Kind.ORPHANED, alone)}
    archive.store().place(digest_of(BODY)).write_bytes(b"altered")
    _, findings, _ = verify()
    assert [each["named_by"] for each in findings if each["kind"] == Kind.ALTERED] == [[digest]]


def test_texts_are_read_again_too(kept: list[Capture]) -> None:
    CapturedText.objects.filter(pk=kept[0].pk).update(text="نص آخر")
    CapturedText.objects.filter(pk=kept[1].pk).delete()
    _, findings, total = verify()
    assert [each["kind"] for each in findings] == [Kind.TEXT_MISSING, Kind.TEXT_ALTERED]
    assert total["texts"] == 2


def test_one_file_of_two_captures_is_read_once(kept: list[Capture], cast: Cast) -> None:
    one = make.capture(cast, make.source(cast), "another text", wacz=b"shared")
    make.capture(cast, make.source(cast), "one more text", wacz=b"shared")
    assert verify()[2]["files"] == 4
    file_of(one).unlink()
    _, findings, _ = verify()
    assert len(findings) == 1
    assert len(findings[0]["named_by"]) == 2


def test_a_person_reads_lines(kept: list[Capture], capsys: pytest.CaptureFixture[str]) -> None:
    file_of(kept[0]).unlink()
    with pytest.raises(SystemExit):
        call_command("verify_archive")
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"MISSING  {kept[0].wacz_digest}  Capture ")
    assert said[1].endswith("1 findings")


def test_an_archive_without_anything_is_well(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.ARCHIVE_ROOT = str(tmp_path / "absent")
    assert verify()[0] == 0


def test_every_digest_of_a_row_is_accounted_for() -> None:
    """A column added tomorrow must say whether it names a file."""
    known = {(model, column) for model, column in (*NAMES_A_FILE, *NAMES_NO_FILE)}
    columns = {
        (model, field.name)
        for model in apps.get_app_config("sources").get_models()
        for field in model._meta.get_fields()
        if field.name.endswith("digest") and not model.__name__.startswith("Historical")
    }
    assert columns <= known
