"""WARC 1.1 records (ISO 28500:2017) of HTTP exchanges, each in a gzip member of its own.

Written by hand because the block of a record must be the bytes that passed over the wire: libraries parse HTTP heads
and write them anew. The same exchanges give the same bytes: record ids are derived from what the record holds.
"""

import re
import uuid
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sources.archiving.blobs import digest_of
from sources.archiving.fetch import Exchange

# Where the tools that will read the record see the head end: a line of blanks does it, which HTTP calls a continuation.
_END_OF_HEAD = re.compile(rb"\n[ \t]*\r?\n")
_IDS = uuid.UUID("5ad1a3f4-8c0f-5f6e-9a5b-3f1f6f0f6e0a")  # the namespace of our record ids; any fixed value does


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands in the file. `offset` and `length` delimit its gzip member."""

    kind: str
    exchange: Exchange | None
    payload_digest: str
    offset: int
    length: int
    data: bytes


def timestamp(at: datetime) -> str:
    """`2026-11-23T18:00:00Z`"""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def records(exchanges: Iterable[Exchange], *, software: str, filename: str, at: datetime) -> Iterator[Record]:
    """One warcinfo, then response, request and, over TLS, the facts of the connection, for every exchange in order."""
    offset = 0
    info = _fields({"software": software, "format": "WARC File Format 1.1", "robots": "ignore"})
    headers = {"WARC-Filename": filename, "Content-Type": "application/warc-fields"}
    info_id, member = _member("warcinfo", at, headers, info)
    yield Record("warcinfo", None, digest_of(info), offset, len(member), member)
    offset += len(member)
    for exchange in exchanges:
        for kind, payload_digest, member in _members(exchange, info_id):
            yield Record(kind, exchange, payload_digest, offset, len(member), member)
            offset += len(member)


def _members(exchange: Exchange, info_id: str) -> Iterator[tuple[str, str, bytes]]:
    at = exchange.requested_at
    common = {
        "WARC-Target-URI": exchange.url,
        "WARC-Warcinfo-ID": info_id,
        "WARC-IP-Address": exchange.address,
    }
    # WARC-Protocol and WARC-Cipher-Suite: the extension that crawlers share for what lay beneath HTTP.
    tls = {"WARC-Cipher-Suite": exchange.tls.cipher} if exchange.tls else {}
    head = _END_OF_HEAD.search(exchange.response)
    payload = exchange.response[head.end() :] if head else b""
    http = {
        "WARC-Payload-Digest": digest_of(payload),
        "Content-Type": "application/http; msgtype=response",
        "WARC-Protocol": "http/1.1",
    }
    cut = {"WARC-Truncated": "disconnect"} if exchange.cut else {}
    response_id, member = _member("response", at, common | http | tls | cut, exchange.response)
    yield "response", digest_of(payload), member
    concurrent = common | {"WARC-Concurrent-To": response_id}
    asked = concurrent | {"Content-Type": "application/http; msgtype=request"}
    _, member = _member("request", at, asked, exchange.request)
    yield "request", digest_of(b""), member
    if exchange.tls:
        facts = _fields({name: str(getattr(exchange.tls, name)) for name in exchange.tls.__slots__})
        _, member = _member("metadata", at, concurrent | {"Content-Type": "application/warc-fields"}, facts)
        yield "metadata", digest_of(facts), member


def _member(kind: str, at: datetime, headers: dict[str, str], block: bytes) -> tuple[str, bytes]:
    """The record's id and its gzip member."""
    block_digest = digest_of(block)
    name = f"{kind} {timestamp(at)} {headers.get('WARC-Target-URI', '')} {block_digest}"
    record_id = f"<urn:uuid:{uuid.uuid5(_IDS, name)}>"
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": record_id,
        "WARC-Date": timestamp(at),
        **headers,
        "WARC-Block-Digest": block_digest,
        "Content-Length": str(len(block)),
    }
    head = "WARC/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in lines.items()) + "\r\n"
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return record_id, packer.compress(head.encode() + block + b"\r\n\r\n") + packer.flush()


def _fields(values: dict[str, str]) -> bytes:
    return "".join(f"{key}: {' '.join(value.split())}\r\n" for key, value in values.items()).encode()
