"""Small files of the kind that tools for web archives make, and ways to spoil them."""

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
    **package: Any,
) -> bytes:
    """A small WACZ with right digests; `change` meddles with its files afterwards."""
    lines = [{"format": "json-pages-1.0"}]
    for url in pages:
        lines.append(
            {"url": url, "ts": "2026-11-22T09:30:00Z", "title": f"عنوان {url[-1:]}", "text": f"{ARABIC} {url}"}
        )
    files = {
        "archive/data.warc.gz": b"a WARC",
        "pages/pages.jsonl": "\n".join(map(json.dumps, lines)).encode(),
    }
    resources = [{"path": name, "hash": digest(data), "bytes": len(data)} for name, data in files.items()]
    said = {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources, **package}
    files["datapackage.json"] = json.dumps(said).encode()
    files["datapackage-digest.json"] = json.dumps({"hash": digest(files["datapackage.json"])}).encode()
    change(files)
    return zipped(files)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()


def digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
