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
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sources.archiving.blobs import digest_of
from sources.archiving.exchange import Exchange
from sources.archiving.media import media_type
from sources.archiving.members import WORTH_A_FILE
from sources.archiving.pieces import Body
from sources.archiving.warc import Record, Resource, records, timestamp
from sources.domain.urls import DEFAULT_PORTS, parse

VERSION = "1.1.1"
_WARC = "data.warc.gz"
_PAGES = "pages/pages.jsonl"


# From the digest of the datapackage and the time of the capture to `signedData` (sources.archiving.signing).
Sign = Callable[[str, datetime], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Packed:
    """`bodies` is what another capture of the page, or of its neighbour, may hold just so."""

    data: bytes
    bodies: tuple[Body, ...]


def pack(
    exchanges: Sequence[Exchange],
    *,
    title: str,
    text: str,
    software: str,
    at: datetime,
    resources: Sequence[Resource] = (),
    sign: Sign | None = None,
) -> Packed:
    """The WACZ of one page: `exchanges` in order, the asked-for URL first. `at` is the time of the capture."""
    written = list(records(exchanges, resources, software=software, filename=_WARC, at=at))
    pages, body = _pages(exchanges, title, text)
    files = {
        f"archive/{_WARC}": b"".join(record.data for record in written),
        "indexes/index.cdx": _index(written),
        _PAGES: pages,
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
    data, begins = _zip(files, at)
    bodies = [record.body.moved(begins[f"archive/{_WARC}"]) for record in written if record.body]
    return Packed(data, tuple(bodies) + ((body.moved(begins[_PAGES]),) if body else ()))


def _index(written: list[Record]) -> bytes:
    """Answers and resources, by what replay looks them up by. What was not asked for with GET has no place there."""
    lines = []
    for record in written:
        of = record.of
        if isinstance(of, Resource):
            key, at, mime, status = of.url, of.at, of.media_type, "200"
        elif record.kind in ("response", "revisit") and of is not None and of.method == "GET":
            key, at, status = sort_key(of.url), of.requested_at, str(of.status)
            mime = media_type(of.header("content-type") or "") if record.kind == "response" else "warc/revisit"
        else:
            continue
        facts = {
            "url": of.url,
            "mime": mime,
            "status": status,
            "digest": record.payload_digest,
            "length": str(record.length),
            "offset": str(record.offset),
            "filename": _WARC,
        }
        moment = at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
        lines.append(f"{key} {moment} {json.dumps(facts, ensure_ascii=False)}\n")
    return "".join(sorted(lines)).encode()


def sort_key(url: str) -> str:
    """The host read backwards, then the rest: `http://www.example.org:81/A?b` is `org,example:81)/a?b`.

    `url` is one that was requested, so its host is in order; path and query may be anything a browser sends.
    """
    scheme, _, rest = url.partition("://")
    authority, slash, target = rest.partition("/")
    host = parse(f"{scheme}://{authority}/")
    name = host.host
    if ":" not in name and not name.replace(".", "").isdigit():
        name = ",".join(reversed(name.removeprefix("www.").split(".")))
    port = "" if host.port == DEFAULT_PORTS[scheme] else f":{host.port}"
    return f"{name}{port}){slash}{target.lower()}"


def _pages(exchanges: Sequence[Exchange], title: str, text: str) -> tuple[bytes, Body | None]:
    """The list, and where in it the text is, which stays the same when the times do not."""
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
    lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, page)).encode()
    written = len(json.dumps(text, ensure_ascii=False).encode()) - len('""')
    start = len(lines) - len('"}\n') - written
    return lines, Body(((start, written),)) if written >= WORTH_A_FILE else None


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _zip(files: dict[str, bytes], at: datetime) -> tuple[bytes, dict[str, int]]:
    """Stored, not deflated: a reader takes byte ranges of the WARC straight out of the file. And where each begins."""
    out = io.BytesIO()
    begins = {}
    moment = at.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, moment)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
            begins[path] = out.tell() - len(data)
    return out.getvalue(), begins
