"""Small files of the kind that tools for web archives make, and ways to spoil them."""

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from tests.pages import ARABIC


def wacz(
    change: Callable[[dict[str, bytes]], None] = lambda files: None,
    pages: Sequence[str] = ("https://news.example/page",),
    warc: bytes | None = None,
    **package: Any,
) -> bytes:
    """A small WACZ with right digests, of a WARC that answers for each of its pages unless another is given; `change`
    meddles with its files afterwards.
    """
    lines = [{"format": "json-pages-1.0"}]
    for url in pages:
        lines.append(
            {"url": url, "ts": "2026-11-22T09:30:00Z", "title": f"عنوان {url[-1:]}", "text": f"{ARABIC} {url}"}
        )
    files = {
        "archive/data.warc.gz": b"".join(record(url) for url in pages) if warc is None else warc,
        "pages/pages.jsonl": "\n".join(map(json.dumps, lines)).encode(),
    }
    resources = [{"path": name, "hash": digest(data), "bytes": len(data)} for name, data in files.items()]
    said = {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources, **package}
    files["datapackage.json"] = json.dumps(said).encode()
    files["datapackage-digest.json"] = json.dumps({"hash": digest(files["datapackage.json"])}).encode()
    change(files)
    return zipped(files)


def record(url: str, kind: str = "response", body: bytes = b"<p>here</p>") -> bytes:
    """One record of a WARC, packed."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + (body if kind == "response" else b"")
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-22T09:30:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nWARC-Payload-Digest: {digest(body)}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
