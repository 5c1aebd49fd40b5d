"""Captures made elsewhere: taken by what they hold, marked as what they are, and refused with a reason."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from newsroom.models import Case
from newsroom.permits import Denied
from sources import archive
from sources.archiving.inner_pages import MOST_PAGES
from sources.archiving.pictures import MOST_PARTS, is_whole
from sources.domain.captures import CaptureState, Reason
from sources.domain.uploads import FileKind
from sources.models import Capture, Source, Upload
from tests.cast import Cast
from tests.pages import ARABIC, page
from tests.sources import make
from tests.sources.wacz_files import digest, record, wacz, zipped

MIB = 1024 * 1024
MHTML = (
    b"From: <Saved by a browser>\r\nSubject: page\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\n'
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + page() + b"\r\n--x--\r\n"
)


@pytest.fixture
def source(cast: Cast, restricted: Case) -> Source:
    return make.source(cast, restricted, url="https://news.example/page")


@pytest.fixture
def amal(cast: Cast) -> Client:
    return signed_in(cast.amal)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def send(client: Client, source: Source, data: bytes = make.PNG, **typed: Any) -> Any:
    given = {"url": source.url, "made_at": "2026-11-22T09:30", "origin": "From Basim.", "why": "It asks for a sign-in."}
    file = SimpleUploadedFile("screen.png", data)
    return client.post(reverse("capture-upload", args=[source.reference]), {**given, "file": file, **typed})


def test_it_works(cast: Cast, source: Source, amal: Client) -> None:
    answer = send(amal, source)
    capture = Capture.objects.get()
    assert answer["Location"] == capture.get_absolute_url()
    assert (capture.engine, capture.state, capture.media_type) == ("UPLOAD", CaptureState.SUCCEEDED, "image/png")
    assert (capture.requested_by, capture.case, capture.captured_at) == (cast.amal, source.case, make.MADE)
    assert archive.store().get(capture.upload.file_digest) == make.PNG
    shown = amal.get(capture.get_absolute_url()).content.decode()
    for said in ("Made elsewhere", "From Basim.", "It asks for a sign-in.", "screen.png", capture.upload.file_digest):
        assert said in shown
    assert "as the server sent it" not in shown
    act = capture.history.get().act
    assert (act.name, act.actor_name, act.reason) == ("capture.upload", "Amal", "It asks for a sign-in.")
    assert "Made elsewhere: uploaded by" in amal.get(source.get_absolute_url()).content.decode()


def test_the_frames_of_a_saved_page_are_read_after_it(cast: Cast, source: Source) -> None:
    """SingleFile and others write what a frame held into the page."""
    inner = escape(f"<p>inner</p><iframe srcdoc='{escape('<p>innermost</p>')}'></iframe>")
    frames = f'<iframe srcdoc="{inner}"></iframe><IFRAME SRCDOC="&lt;p&gt;second"></IFRAME>'
    unseen = (
        f"<!-- {frames} --><script>'{frames}'</script><template>{frames}</template>"
        f"<div hidden>{frames}</div><iframe src='data:text/html,other'></iframe><iframe srcdoc></iframe>"
    )
    saved = page().replace(b"<body>", f"<body>{unseen}{frames}".encode())
    capture = make.upload(cast, source, saved)
    assert (capture.state, capture.reason) == (CaptureState.SUCCEEDED, "")
    assert capture.extracted.text.split("\n")[-3:] == ["inner", "innermost", "second"]
    assert capture.extracted.text.startswith(ARABIC)
    assert capture.extracted.text.count("inner") == 2


def test_a_saved_page_of_frames_alone_has_their_text(cast: Cast, source: Source) -> None:
    capture = make.upload(cast, source, b"<html><body><iframe srcdoc='&lt;p&gt;only here'></iframe></body></html>")
    assert (capture.state, capture.extracted.text) == (CaptureState.SUCCEEDED, "only here")


def test_too_many_frames_to_read_are_said(cast: Cast, source: Source) -> None:
    frames = "<iframe srcdoc='one'></iframe>" * (MOST_PAGES + 1)
    capture = make.upload(cast, source, page().replace(b"<body>", f"<body>{frames}".encode()))
    assert (capture.state, capture.reason) == (CaptureState.PARTIAL, Reason.TEXT_TRUNCATED)


def test_it_comes_back_as_it_went_in_and_is_never_shown(source: Source, amal: Client) -> None:
    send(amal, source, page())
    answer: Any = amal.get(reverse("capture-file", args=[Capture.objects.get().pk]))
    assert b"".join(answer.streaming_content) == page()
    assert answer["Content-Disposition"].startswith('attachment; filename="upload-20261122T093000Z-')
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_damaged_one_is_not_handed_out(source: Source, amal: Client) -> None:
    send(amal, source)
    upload = Upload.objects.get()
    archive.store().place(upload.file_digest).write_bytes(b"something else")
    assert amal.get(reverse("capture-file", args=[upload.pk])).status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    archive.store().put(make.PNG)


@pytest.mark.parametrize(
    ("data", "media_type", "text"),
    [
        (make.PDF, "application/pdf", "بيان الوزارة"),
        (make.JPEG, "image/jpeg", ""),
        (make.JPEG + b"and what a camera writes behind it", "image/jpeg", ""),
        (make.WEBP, "image/webp", ""),
        (page(), "text/html", ARABIC),
        (b"\n\n <!-- saved -->" + page(), "text/html", ARABIC),
        (MHTML, "multipart/related", ARABIC),
        (f"<html><body><pre>\nContent-Type: multipart/related;\n</pre><p>{ARABIC}</p>".encode(), "text/html", ARABIC),
        (wacz(), "application/wacz+zip", ARABIC),
    ],
)
def test_what_is_taken(cast: Cast, source: Source, data: bytes, media_type: str, text: str) -> None:
    capture = make.upload(cast, source, data, file_name="misleading.exe")
    assert (capture.state, capture.reason, capture.media_type) == (CaptureState.SUCCEEDED, "", media_type)
    assert (text in capture.extracted.text) if text else not hasattr(capture, "extracted")
    assert bool(capture.wacz_digest) == (media_type == "application/wacz+zip")


@pytest.mark.parametrize("picture", [make.PNG, make.JPEG, make.WEBP])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.99])
def test_a_picture_that_breaks_off_is_kept_and_says_so(cast: Cast, source: Source, picture: bytes, kept: float) -> None:
    capture = make.upload(cast, source, picture[: int(len(picture) * kept)])
    assert (capture.state, capture.reason) == (CaptureState.PARTIAL, Reason.FILE_CUT)


@pytest.mark.parametrize("padding", [b"\xff", b"\xff\x01", b"\xff\xfe\x00\x02"])
def test_nobody_is_walked_through_a_picture_without_end(tmp_path: Path, padding: bytes) -> None:
    """Each step is a line of ours in a worker of the web server: a picture of nothing but marks is given up."""
    for parts, whole in ((10, True), (MOST_PARTS, False)):
        (path := tmp_path / "picture.jpg").write_bytes(make.JPEG[:2] + padding * parts + make.JPEG[2:])
        assert is_whole(path, FileKind.JPEG) is whole


def test_a_picture_that_was_altered_says_so_where_it_can_be_told(cast: Cast, source: Source) -> None:
    at = make.PNG.index(b"IDAT") + 20
    altered = make.PNG[:at] + bytes([make.PNG[at] ^ 1]) + make.PNG[at + 1 :]
    assert make.upload(cast, source, altered).reason == Reason.FILE_CUT


@pytest.mark.parametrize(
    "data",
    [
        make.PDF[: len(make.PDF) // 2],
        make.PDF[:-4],
        make.PDF + make.PDF[: len(make.PDF) // 2],  # a later state of it, of which half is there
        make.PDF[:-1000] + make.PDF[-100:],  # its middle is not
        MHTML[: MHTML.index(b"\r\n\r\n") + 4],
        MHTML[: len(MHTML) // 2],
        MHTML[: MHTML.rindex(b"--x--")],
        MHTML[: -len("--\r\n")],
    ],
)
def test_a_document_that_breaks_off_is_kept_and_says_so(cast: Cast, source: Source, amal: Client, data: bytes) -> None:
    capture = make.upload(cast, source, data)
    assert (capture.state, capture.reason) == (CaptureState.PARTIAL, Reason.FILE_CUT)
    assert "The copy itself is whole" not in amal.get(capture.get_absolute_url()).content.decode()


def test_one_whose_text_cannot_be_read_is_kept_and_says_so(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.upload(cast, source, b"%PDF-1.7 and nothing else\nstartxref\n0\n%%EOF")
    assert (capture.state, capture.reason) == (CaptureState.PARTIAL, Reason.TEXT_FAILED)
    shown = amal.get(capture.get_absolute_url()).content.decode()
    assert "The copy itself is whole" not in shown
    assert "look at it with a program of its kind" in shown


def saved(url: str, in_part: str = "") -> bytes:
    """MHTML that says what it is a copy of, as Chromium does and as others do."""
    said = f"Snapshot-Content-Location: {url}\r\n".encode() if url else b""
    part = f"Content-Location: {in_part}\r\n".encode() if in_part else b""
    head, _, rest = MHTML.partition(b"--x\r\n")
    return said + head + b"--x\r\n" + part + rest


@pytest.mark.parametrize(
    ("data", "held"),
    [
        (saved("http://news.example/watch"), "http://news.example/watch"),
        (saved("http://news.example/\r\n watch"), "http://news.example/watch"),  # a folded line
        (saved("", "http://news.example/watch"), "http://news.example/watch"),
        (saved("cid:frame@mhtml.blink", "http://news.example/watch"), "http://news.example/watch"),
        (saved("http://news.example/watch", "http://news.example/frame"), "http://news.example/watch"),
    ],
)
def test_a_saved_page_is_held_to_what_it_says_it_is(
    cast: Cast, source: Source, amal: Client, data: bytes, held: str
) -> None:
    answer = send(amal, source, data, url="http://news.example/wrong")
    (error,) = answer.context["form"].errors.as_data()["url"]
    assert error.code == "mhtml_other_page"
    assert held in answer.context["form"].errors["url"][0]
    assert not Capture.objects.exists()
    send(amal, source, data, url="http://news.example/wrong", page=held)
    left_empty = make.upload(cast, source, data, url="")
    same = make.upload(cast, source, data, url="https://NEWS.example/watch")
    assert {capture.canonical_url for capture in (Capture.objects.earliest("requested_at"), left_empty)} == {held}
    assert (same.requested_url, same.final_url) == ("https://NEWS.example/watch", held)


@pytest.mark.parametrize("url", ["", "cid:frame@mhtml.blink", "file:///C:/page.html"])
def test_a_saved_page_that_does_not_say_what_it_is_is_what_it_is_said_to_be(
    cast: Cast, source: Source, url: str
) -> None:
    assert make.upload(cast, source, saved(url)).requested_url == source.url
    assert make.upload(cast, source, saved(url), url="").requested_url == ""


def test_one_too_long_to_be_read_is_held_to_it_too(cast: Cast, source: Source, settings: Settings) -> None:
    settings.CAPTURE_LIMITS = {**settings.CAPTURE_LIMITS, "decompressed_bytes": 100}
    with pytest.raises(ValidationError, match="no copy of this address"):
        make.upload(cast, source, saved("http://news.example/watch"))


def alter(name: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.__setitem__(name, data)


def drop(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.__delitem__(name)


def locked(data: bytes) -> bytes:
    """With the mark of a password on every part."""
    marked = bytearray(data)
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(start)
        while at >= 0:
            marked[at + flags] |= 1
            at = marked.find(start, at + 1)
    return bytes(marked)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"plain words", "kind_not_taken"),
        (b"MZ\x90\0 a program", "kind_not_taken"),
        (b"<svg onload=alert(1)>", "kind_not_taken"),
        (b"GIF89a", "kind_not_taken"),
        (b"\0<html>", "kind_not_taken"),
        (b"PK\x03\x04 and nothing else", "wacz_unreadable"),
        (wacz()[:-40], "wacz_unreadable"),
        (zipped({"word/document.xml": b"a document"}), "wacz_incomplete"),
        (wacz(drop("pages/pages.jsonl")), "wacz_incomplete"),
        (wacz(drop("archive/data.warc.gz")), "wacz_incomplete"),
        (wacz(alter("archive/data.warc.gz", b"another WARC")), "wacz_altered"),
        (wacz(alter("archive/more.warc.gz", b"nobody lists it")), "wacz_altered"),
        (wacz(alter("datapackage.json", b'{"resources": []}')), "wacz_altered"),
        (wacz(alter("datapackage-digest.json", b'{"hash": "sha256:00"}')), "wacz_altered"),
        (wacz(resources=[{"path": "archive/absent.warc", "hash": "sha256:00"}]), "wacz_incomplete"),
        (wacz(resources=[{"path": "archive/data.warc.gz", "hash": "crc32:00"}]), "wacz_altered"),
        (wacz(resources="none"), "wacz_unreadable"),
        (wacz(pages=[]), "wacz_incomplete"),
        (wacz(pages=["urn:of:no:web", ""]), "wacz_incomplete"),
        # Lists a page that it does not hold.
        (wacz(warc=[]), "wacz_without_page"),
        (wacz(warc=[record("https://news.example/other")]), "wacz_without_page"),
        (wacz(warc=[record("https://news.example/page", "request")]), "wacz_without_page"),
        # What its player would fetch from elsewhere, or be kept busy with.
        (wacz(profile="multi-wacz-package"), "wacz_not_alone"),
        (wacz(config={"hostProxy": {"news.example": {"prefix": "https://elsewhere.example/"}}}), "wacz_not_alone"),
        (wacz(config={"fuzzy": [["(a+)+$", ""]]}), "wacz_not_alone"),
        (wacz(alter("archive/bomb.warc", bytes(30_000_000))), "wacz_altered"),
        (zipped({"datapackage.json": bytes(30_000_000), "archive/a": b"", "pages/b": b""}), "wacz_too_large"),
        (zipped({**{f"archive/{number}": b"" for number in range(10_001)}}), "wacz_too_large"),
        (locked(wacz()), "wacz_unreadable"),
    ],
)
def test_what_is_refused(cast: Cast, source: Source, data: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make.upload(cast, source, data)
    assert refused.value.error_dict["file"][0].code == code
    assert not Capture.objects.exists()


SEVERAL = tuple(f"https://news.example/{number}" for number in range(1, 26))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://news.example/7", "https://news.example/7"),
        ("http://NEWS.example:80/7/?utm_source=a", "http://NEWS.example:80/7/?utm_source=a"),  # the same page
    ],
)
def test_of_several_pages_the_one_that_is_meant_is_taken(cast: Cast, source: Source, typed: str, kept: str) -> None:
    capture = make.upload(cast, source, wacz(pages=SEVERAL), url=typed)
    assert (capture.requested_url, capture.final_url) == (kept, "https://news.example/7")
    assert (capture.title, capture.extracted.text) == ("عنوان 7", f"{ARABIC} https://news.example/7")


def test_the_only_page_says_itself_what_it_is(cast: Cast, source: Source) -> None:
    capture = make.upload(cast, source, wacz(), url="")
    assert capture.requested_url == capture.final_url == "https://news.example/page"
    assert capture.canonical_url == "https://news.example/page"


@pytest.mark.parametrize(
    ("url", "pages", "code", "said"),
    [
        ("https://news.example/other", ["https://news.example/page"], "wacz_other_page", "holds no copy of this"),
        ("https://news.example/other", SEVERAL, "wacz_other_page", "22 more"),
        ("", SEVERAL, "wacz_several_pages", "holds several pages"),
    ],
)
def test_a_file_of_another_page_is_refused_and_its_pages_are_offered(
    source: Source, amal: Client, url: str, pages: Sequence[str], code: str, said: str
) -> None:
    answer = send(amal, source, wacz(pages=pages), url=url)
    form = answer.context["form"]
    assert [error.code for error in form.errors.as_data()["url"]] == [code]
    assert said in (told := form.errors["url"][0])
    assert pages[0] in told
    assert (form["url"].value(), form["why"].value()) == (url, "It asks for a sign-in.")
    assert answer.content.decode().count('type="radio"') == min(len(pages), 20)
    assert not Capture.objects.exists()
    send(amal, source, wacz(pages=pages), url=url, page=pages[-1])
    assert Capture.objects.get().requested_url == pages[-1]


def test_what_is_listed_and_not_held_is_not_offered(cast: Cast, source: Source) -> None:
    """As in a file whose list of pages somebody wrote anew: what it says of a page is no copy of the page."""
    listed = ["https://news.example/never", "https://news.example/page"]
    data = wacz(pages=listed, warc=[record("https://news.example/page")])
    with pytest.raises(ValidationError, match="holds no copy of this") as refused:
        make.upload(cast, source, data, url=listed[0])
    (error,) = refused.value.error_dict["url"]
    assert [page.url for page in (error.params or {})["pages"]] == [listed[1]]
    assert make.upload(cast, source, data, url="").requested_url == listed[1]


def test_the_text_in_a_wacz_is_said_to_be_its_maker_s(cast: Cast, source: Source, amal: Client) -> None:
    shown = {
        data: [
            amal.get(address).content.decode()
            for capture in [make.upload(cast, source, data)]
            for address in (f"{capture.get_absolute_url()}?part=text", reverse("capture-read", args=[capture.pk]))
        ]
        for data in (wacz(), page())
    }
    for at in (0, 1):
        assert "as the file itself gives them" in shown[wacz()][at]
        assert "by our program" not in shown[wacz()][at]
        assert "as the file itself gives them" not in shown[page()][at]
        assert "taken out of the copy by our program" in shown[page()][at]
    assert "made from the one above" not in shown[wacz()][0]
    assert "nobody here compared the two" in shown[wacz()][0]


def test_a_page_that_was_chosen_stays_the_address(source: Source, amal: Client) -> None:
    answer = send(amal, source, b"plain words", url="https://news.example/other", page=SEVERAL[0])
    assert answer.context["form"]["url"].value() == SEVERAL[0]
    assert not answer.context["form"]["page"].value()


def test_a_bomb_is_stopped_while_it_unpacks(cast: Cast, source: Source, settings: Settings) -> None:
    settings.UPLOAD_UNPACKED_MEGABYTES = 2
    listed = {"path": "archive/data.warc.gz", "hash": digest(bytes(50_000_000))}
    name = "archive/data.warc.gz"
    bomb = wacz(alter(name, bytes(50_000_000)), resources=[listed], packed=[name])
    assert len(bomb) < 100_000
    with pytest.raises(ValidationError, match="larger than what is taken"):
        make.upload(cast, source, bomb)


def test_nothing_of_what_is_refused_stays_in_the_archive(
    cast: Cast, source: Source, settings: Settings, tmp_path: Path
) -> None:
    settings.ARCHIVE_ROOT = str(tmp_path)
    with pytest.raises(ValidationError):
        make.upload(cast, source, b"plain words")
    with pytest.raises(ValidationError):
        make.upload(cast, source, made_at=timezone.now() + timedelta(hours=1))
    assert list(archive.store().listing()) == []


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"why": " "}, "why", "required"),
        ({"origin": ""}, "origin", "required"),
        ({"made_at": "2999-01-01T00:00"}, "made_at", "still to come"),
        ({"made_at": "yesterday"}, "made_at", "like 2024-11-28T14:05"),
        ({"url": "ftp://news.example/"}, "url", "neither http nor https"),
        ({"file": SimpleUploadedFile("page.html", b"plain words")}, "file", "none of those that are taken"),
        ({"file": SimpleUploadedFile("page.html", b"")}, "file", "empty"),
        ({"file": ""}, "file", "required"),
    ],
)
def test_what_was_typed_stays_in_the_form(
    source: Source, amal: Client, wrong: dict[str, Any], field: str, said: str
) -> None:
    answer = send(amal, source, **wrong)
    assert answer.status_code == HTTPStatus.OK
    assert said in " ".join(answer.context["form"].errors[field])
    kept = {"url": source.url, "why": "It asks for a sign-in.", **wrong}
    assert answer.context["form"]["why"].value() == kept["why"]
    assert answer.context["form"]["url"].value() == kept["url"]
    assert not Capture.objects.exists()


def test_too_large_is_said_with_the_limit(source: Source, amal: Client, settings: Settings) -> None:
    settings.UPLOAD_MEGABYTES = 1
    answer = send(amal, source, make.PNG + bytes(1024 * 1024))
    assert "up to 1.0\xa0MB are taken" in " ".join(answer.context["form"].errors["file"])


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes of each file that is sent came onto the disk."""
    sizes: list[int] = []
    receive, begin = TemporaryFileUploadHandler.receive_data_chunk, TemporaryFileUploadHandler.new_file

    def new_file(self: Any, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        sizes.append(0)

    def receive_data_chunk(self: Any, raw_data: bytes, start: int) -> None:
        receive(self, raw_data, start)
        sizes[-1] += len(raw_data)

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", new_file)
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", receive_data_chunk)
    return sizes


@pytest.mark.parametrize(
    ("megabytes", "files", "guarded", "most"),
    [
        (3, 1, True, MIB),  # known when it was seen
        (8, 1, True, 0),  # known by the length of the request
        (4, 2, True, 0),  # and so of all its files together
        (8, 1, False, 8 * MIB + len(make.PNG)),  # the twin: as Django has it by itself
    ],
)
def test_what_is_too_large_does_not_come_onto_the_disk_and_costs_nothing_typed(
    source: Source,
    amal: Client,
    settings: Settings,
    written: list[int],
    megabytes: int,
    files: int,
    guarded: bool,
    most: int,
) -> None:
    settings.UPLOAD_MEGABYTES = 1
    if not guarded:
        settings.FILE_UPLOAD_HANDLERS = settings.FILE_UPLOAD_HANDLERS[1:]
    data = make.PNG + bytes(megabytes * MIB)
    answer = send(amal, source, file=[SimpleUploadedFile("screen.png", data) for _ in range(files)])
    form = answer.context["form"]
    assert "up to 1.0\xa0MB are taken" in " ".join(form.errors["file"])
    assert set(form.errors) == {"file"}
    assert (form["why"].value(), form["origin"].value()) == ("It asks for a sign-in.", "From Basim.")
    assert sum(written) <= most
    assert guarded or sum(written) == most
    assert not Capture.objects.exists()


def test_the_page_knows_the_limit_before_anything_is_sent(source: Source, amal: Client) -> None:
    shown = amal.get(reverse("capture-upload", args=[source.reference])).content.decode()
    assert f'data-most="{100 * MIB}"' in shown
    assert "js/upload.js" in shown


def test_a_large_one_goes_by_the_disk(source: Source, amal: Client) -> None:
    send(amal, source, make.PNG + bytes(4 * 1024 * 1024))
    assert Capture.objects.get().size == len(make.PNG) + 4 * 1024 * 1024


def test_one_without_an_address(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.upload(cast, source, url="", file_name="scan \u202e of the letter.png")
    assert (capture.requested_url, capture.title) == ("", "scan of the letter.png")
    assert 'href=""' not in amal.get(capture.get_absolute_url()).content.decode()


def test_one_without_an_address_offers_nothing_that_needs_one(cast: Cast, source: Source, amal: Client) -> None:
    """Nor are two of them captures of one address, in whichever source."""
    for at in (source, source, make.source(cast, name="Another")):
        make.upload(cast, at, page("Another text."), url="")
    capture = make.upload(cast, source, url="")
    shown = amal.get(capture.get_absolute_url()).content.decode()
    for offer in ("Other captures of this address", "Compare the two", "Archive it again", "Copies elsewhere"):
        assert offer not in shown
    answer = amal.post(reverse("capture-copy", args=[capture.pk]), {"kind": "LOOK_UP", "aware": "on"})
    assert answer.status_code == HTTPStatus.OK
    assert "This copy is of no address" in answer.content.decode()


def test_both_stay_when_a_better_one_comes(cast: Cast, source: Source, amal: Client) -> None:
    uploaded = make.upload(cast, source)
    made_here = make.capture(cast, source, "نص", url=source.url)
    assert set(Capture.objects.all()) == {uploaded, made_here}
    assert uploaded.get_absolute_url() in amal.get(made_here.get_absolute_url()).content.decode()


def test_it_is_no_answer_to_who_asks_for_a_capture(cast: Cast, source: Source) -> None:
    uploaded = make.upload(cast, source)
    assert make.waiting(cast, source, url=source.url) != uploaded


def test_who_may_not(cast: Cast, source: Source) -> None:
    for person in (cast.omar, cast.dana):
        with pytest.raises(Denied):
            make.upload(cast, source, actor=person)
    assert signed_in(cast.omar).get(reverse("capture-upload", args=[source.reference])).status_code == 403
    assert signed_in(cast.dana).get(reverse("capture-upload", args=[source.reference])).status_code == 404
    capture = make.upload(cast, source)
    assert signed_in(cast.dana).get(reverse("capture-file", args=[capture.pk])).status_code == 404


def test_a_capture_made_here_has_no_such_file(cast: Cast, source: Source, amal: Client) -> None:
    capture = make.capture(cast, source, "نص")
    assert amal.get(reverse("capture-file", args=[capture.pk])).status_code == HTTPStatus.NOT_FOUND
