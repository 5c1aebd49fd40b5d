"""The WACZ is the evidence: the tools of the trade accept it, it holds every byte, it is the same each time."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from sources.archiving import warc
from sources.archiving.wacz import pack, sort_key
from tests.sources.archiving.accepted import assert_accepted
from tests.sources.archiving.conftest import NOON, Capture
from tests.sources.archiving.hostile import CHUNKED, GOOD, HostileServer

KEPT = ["/good", "/gzip", "/chunked", "/until-close", "/early-hints", "/junk-after", "/moved", "/image", "/empty"]
KEPT += ["/cut-length", "/cut-chunks", "/bad-chunk", "/404", "/304", "/nul-text", "/folded-blank", "/windows-1256"]


def unpack(wacz: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(wacz)) as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        return {name: archive.read(name) for name in archive.namelist()}


def responses(wacz: bytes) -> list[tuple[ArcWarcRecord, bytes]]:
    stream = io.BytesIO(unpack(wacz)["archive/data.warc.gz"])
    return [
        (record, record.content_stream().read()) for record in ArchiveIterator(stream) if record.rec_type == "response"
    ]


@pytest.mark.parametrize("path", KEPT)
def test_the_tools_accept_it(archive: Capture, path: str, tmp_path: Path) -> None:
    assert_accepted(archive(path).wacz, tmp_path)


def test_it_holds_every_hop_and_every_byte(archive: Capture, server: HostileServer) -> None:
    found = responses(archive("/moved").wacz)
    assert [record.rec_headers["WARC-Target-URI"] for record, _ in found] == [
        server.url(path) for path in ("/moved", "/moved/again", "/good")
    ]
    assert found[-1][1] == GOOD


def test_framing_is_kept_as_received(archive: Capture) -> None:
    result = archive("/chunked")
    assert result.exchanges[0].response.endswith(b"\r\n\r\n" + CHUNKED + b"0\r\n\r\n")
    assert responses(result.wacz)[0][1] == GOOD


def test_what_is_beyond_the_stated_end_is_no_part_of_the_answer(archive: Capture) -> None:
    assert archive("/junk-after").exchanges[0].response.endswith(GOOD)


def test_interim_answers_are_not_the_answer(archive: Capture) -> None:
    assert archive("/early-hints").exchanges[0].response.startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize(
    ("path", "mark"), [("/cut-length", "disconnect"), ("/cut-chunks", "disconnect"), ("/good", None)]
)
def test_half_a_page_says_so(archive: Capture, path: str, mark: str | None) -> None:
    assert responses(archive(path).wacz)[0][0].rec_headers.get_header("WARC-Truncated") == mark


def test_index_pages_and_digests(archive: Capture, server: HostileServer) -> None:
    result = archive("/moved")
    files = unpack(result.wacz)
    package = json.loads(files["datapackage.json"])
    for resource in package["resources"]:
        assert resource["hash"] == "sha256:" + hashlib.sha256(files[resource["path"]]).hexdigest()
    listed = {resource["path"] for resource in package["resources"]}
    assert listed == set(files) - {"datapackage.json", "datapackage-digest.json"}
    assert (package["created"], package["mainPageUrl"]) == ("2026-11-23T12:00:00Z", server.url("/moved"))

    page = json.loads(files["pages/pages.jsonl"].splitlines()[1])
    assert (page["url"], page["ts"], page["title"], page["text"]) == (
        server.url("/moved"),
        "2026-11-23T12:00:00Z",
        result.title,
        result.text,
    )

    warc = files["archive/data.warc.gz"]
    for line in files["indexes/index.cdx"].decode().splitlines():
        facts = json.loads(line.split(" ", 2)[2])
        start = int(facts["offset"])
        record = next(iter(ArchiveIterator(io.BytesIO(warc[start : start + int(facts["length"])]))))
        assert record.rec_headers["WARC-Target-URI"] == facts["url"]
        assert record.rec_headers["WARC-Payload-Digest"] == facts["digest"]


def test_the_same_input_gives_the_same_bytes(archive: Capture) -> None:
    assert archive("/moved").wacz_digest == archive("/moved").wacz_digest
    assert archive("/good").wacz_digest != archive("/gzip").wacz_digest


def test_the_same_body_stands_once_and_is_referred_to(
    archive: Capture, server: HostileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "WORTH_SAYING_ONCE", len(GOOD))
    first, _, third = archive("/moved").exchanges
    again = replace(third, url=server.url("/copy"))
    packed = pack([first, third, again], title="", text="", software="test", at=NOON).data
    assert_accepted(packed, tmp_path)
    records = list(ArchiveIterator(io.BytesIO(unpack(packed)["archive/data.warc.gz"])))
    [revisit] = [record for record in records if record.rec_type == "revisit"]
    assert revisit.rec_headers["WARC-Target-URI"] == server.url("/copy")
    assert revisit.rec_headers["WARC-Refers-To-Target-URI"] == third.url
    assert packed.count(b"warc/revisit") == 1


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.example.org/A?b=C", "org,example)/a?b=c"),
        ("https://example.org:8443/", "org,example:8443)/"),
        ("http://127.0.0.1:8123/a", "127.0.0.1:8123)/a"),
        ("http://[2606:4700::1111]/", "2606:4700::1111)/"),
    ],
)
def test_sort_key(url: str, key: str) -> None:
    assert sort_key(url) == key
