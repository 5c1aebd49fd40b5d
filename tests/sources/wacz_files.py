"""Small files of the kind that tools for web archives make, which ReplayWeb.page plays, and ways to spoil them."""

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Collection, Sequence
from typing import Any

from sources.archiving.wacz import sort_key
from tests.pages import ARABIC

WHEN = "2026-11-22T09:30:00Z"
Change = Callable[[dict[str, bytes]], None]


def text_index(warc: Sequence[bytes]) -> dict[str, bytes]:
    return {"indexes/index.cdx": "".join(_index(warc)).encode()}


def packed_index(warc: Sequence[bytes]) -> dict[str, bytes]:
    """In blocks, of two lines each, with a table of the blocks, as py-wacz, Scoop and large crawls have it."""
    lines, blocks, table = _index(warc), b"", ['!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n']
    for first in range(0, len(lines), 2):
        block = gzip.compress("".join(lines[first : first + 2]).encode(), mtime=0)
        where = {"offset": len(blocks), "length": len(block), "filename": "index.cdx.gz"}
        table.append(f"{lines[first].partition(' {')[0]} {json.dumps(where)}\n")
        blocks += block
    return {"indexes/index.cdx.gz": blocks, "indexes/index.idx": "".join(table).encode()}


def _index(warc: Sequence[bytes]) -> list[str]:
    lines, offset = [], 0
    for packed in warc:
        head, _, block = gzip.decompress(packed).decode(errors="replace").partition("\r\n\r\n")
        said = dict(line.split(": ", 1) for line in head.splitlines()[1:])
        if said["WARC-target-uri"].strip("<").startswith("http") and said["WARC-type"] in (
            "response",
            "revisit",
            "resource",
        ):
            url, at = said["WARC-target-uri"].strip("<>"), "".join(filter(str.isdigit, said["WARC-date"]))
            facts: dict[str, Any] = {
                "url": url,
                "mime": "text/html",
                "status": block[9:12] if block.startswith("HTTP") else "200",
            }
            facts |= {"mime": "warc/revisit"} if said["WARC-type"] == "revisit" else {}
            facts |= {"digest": said["WARC-payload-digest"], "length": len(packed), "offset": offset}
            lines.append(f"{sort_key(url)} {at} {json.dumps(facts | {'filename': 'data.warc.gz'})}\n")
        offset += len(packed)
    return sorted(lines)


def wacz(
    change: Change = lambda files: None,
    pages: Sequence[str | dict[str, Any]] = ("https://news.example/page",),
    warc: Sequence[bytes] | None = None,
    index: Callable[[Sequence[bytes]], dict[str, bytes]] = text_index,
    packed: Collection[str] = (),
    **package: Any,
) -> bytes:
    """A small WACZ with right digests. Its WARC, of the records `warc`, answers for each of its `pages` (addresses, or
    lines of their list) unless another is given; those of its files that are `packed` are compressed in the ZIP, and
    `change` meddles with them when the digests are made.
    """
    lines = [listed(page) if isinstance(page, str) else page for page in pages]
    records = [record(line["url"]) for line in lines] if warc is None else warc
    files = {
        "archive/data.warc.gz": b"".join(records),
        **index(records),
        "pages/pages.jsonl": "\n".join(map(json.dumps, [{"format": "json-pages-1.0"}, *lines])).encode(),
    }
    resources = [{"path": name, "hash": digest(data), "bytes": len(data)} for name, data in files.items()]
    said = {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources, **package}
    files["datapackage.json"] = json.dumps(said).encode()
    files["datapackage-digest.json"] = json.dumps({"hash": digest(files["datapackage.json"])}).encode()
    change(files)
    return zipped(files, packed)


def listed(url: str, at: str = WHEN, text: str = "") -> dict[str, Any]:
    """A line of the list of pages."""
    return {"url": url, "ts": at, "title": f"عنوان {url[-1:]}", "text": text or f"{ARABIC} {url}"}


def record(
    url: str,
    kind: str = "response",
    body: bytes = b"<p>here</p>",
    *,
    at: str = WHEN,
    answer: str = "200 OK",
    **more: str,
) -> bytes:
    """One record of a WARC, packed. `answer`: a status, and what the server says; `more`: what the record says."""
    head = f"HTTP/1.1 {answer}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode()
    block = body if kind == "resource" else head + (body if kind == "response" else b"")
    fields = {"type": kind, "target-uri": url, "date": at, "record-id": f"<urn:{digest(f'{kind}{url}{at}'.encode())}>"}
    fields |= {"payload-digest": digest(body)} | {name.replace("_", "-"): said for name, said in more.items()}
    told = "".join(f"WARC-{name}: {said}\r\n" for name, said in fields.items())
    of = "text/html" if kind == "resource" else "application/http; msgtype=response"
    whole = f"WARC/1.1\r\n{told}Content-Type: {of}\r\nContent-Length: {len(block)}\r\n\r\n"
    return gzip.compress(whole.encode() + block + b"\r\n\r\n", mtime=0)


def zipped(files: dict[str, bytes], packed: Collection[str] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in files.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED if name in packed else zipfile.ZIP_STORED)
    return out.getvalue()


def digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
