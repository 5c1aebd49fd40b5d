"""A capture as one file that opens in ReplayWeb.page and in every tool of the trade: WACZ 1.1.1.

https://specs.webrecorder.net/wacz/1.1.1/ - WARC, CDXJ index, page list with text, and a datapackage with the digest
of each. The same input gives the same bytes (on one version of zlib): times come from the exchanges and the caller,
never from a clock.
"""

import io
import json
import uuid
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sources.archiving.blobs import digest_of
from sources.archiving.fetch import Exchange
from sources.archiving.warc import Record, records, timestamp
from sources.domain.urls import DEFAULT_PORTS, Url, parse

VERSION = "1.1.1"
_WARC = "data.warc.gz"


# From the digest of the datapackage and the time of the capture to `signedData` (sources.archiving.signing).
Sign = Callable[[str, datetime], dict[str, Any]]


def pack(
    exchanges: Sequence[Exchange], *, title: str, text: str, software: str, at: datetime, sign: Sign | None = None
) -> bytes:
    """The WACZ of one page: `exchanges` in order, the asked-for URL first. `at` is the time of the capture."""
    written = list(records(exchanges, software=software, filename=_WARC, at=at))
    files = {
        f"archive/{_WARC}": b"".join(record.data for record in written),
        "indexes/index.cdx": _index(written),
        "pages/pages.jsonl": _pages(exchanges, title, text),
    }
    package = _json(
        {
            "profile": "data-package",
            "wacz_version": VERSION,
            "software": software,
            "created": timestamp(at),
            "title": title or exchanges[0].url,
            "mainPageUrl": exchanges[0].url,
            "mainPageDate": timestamp(exchanges[0].requested_at),
            "resources": [
                {"name": path.rpartition("/")[2], "path": path, "hash": digest_of(data), "bytes": len(data)}
                for path, data in files.items()
            ],
        }
    )
    files["datapackage.json"] = package
    digest = digest_of(package)
    signed = {"signedData": sign(digest, at)} if sign else {}
    files["datapackage-digest.json"] = _json({"path": "datapackage.json", "hash": digest} | signed)
    return _zip(files, at)


def _index(written: list[Record]) -> bytes:
    lines = []
    for record in written:
        exchange = record.exchange
        if record.kind != "response" or exchange is None:
            continue
        facts = {
            "url": exchange.url,
            "mime": (exchange.header("content-type") or "").partition(";")[0].strip().lower(),
            "status": str(exchange.status),
            "digest": record.payload_digest,
            "length": str(record.length),
            "offset": str(record.offset),
            "filename": _WARC,
        }
        at = exchange.requested_at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
        lines.append(f"{sort_key(parse(exchange.url))} {at} {json.dumps(facts, ensure_ascii=False)}\n")
    return "".join(sorted(lines)).encode()


def sort_key(url: Url) -> str:
    """The host read backwards, then the rest: `http://www.example.org:81/A?b` is `org,example:81)/a?b`."""
    host = url.host
    if ":" not in host and not host.replace(".", "").isdigit():
        host = ",".join(reversed(host.removeprefix("www.").split(".")))
    port = "" if url.port == DEFAULT_PORTS[url.scheme] else f":{url.port}"
    return f"{host}{port}){url.target.lower()}"


def _pages(exchanges: Sequence[Exchange], title: str, text: str) -> bytes:
    first = exchanges[0]
    at = timestamp(first.requested_at)
    head = {"format": "json-pages-1.0", "id": "pages", "title": "Pages", "hasText": True}
    page = {
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{at} {first.url}").hex,
        "url": first.url,
        "ts": at,
        "title": title or first.url,
        "text": text,
    }
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, page)).encode()


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _zip(files: dict[str, bytes], at: datetime) -> bytes:
    """Stored, not deflated: a reader takes byte ranges of the WARC straight out of the file."""
    out = io.BytesIO()
    moment = at.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, moment)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()
