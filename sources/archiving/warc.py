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
from sources.archiving.exchange import Exchange

# Where the tools that will read the record see the head end: a line of blanks does it, which HTTP calls a continuation.
_END_OF_HEAD = re.compile(rb"\n[ \t]*\r?\n")
WORTH_SAYING_ONCE = 256  # bytes of a payload; what is shorter is repeated
_IDS = uuid.UUID("5ad1a3f4-8c0f-5f6e-9a5b-3f1f6f0f6e0a")  # the namespace of our record ids; any fixed value does


@dataclass(frozen=True, slots=True)
class Resource:
    """Something made here of a page and kept beside what the servers sent: `urn:view:<url>`, and so on."""

    url: str
    media_type: str
    at: datetime
    data: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands in the file. `offset` and `length` delimit its gzip member."""

    kind: str
    of: Exchange | Resource | None
    payload_digest: str
    offset: int
    length: int
    data: bytes


def timestamp(at: datetime) -> str:
    """`2026-11-23T18:00:00Z`"""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def records(
    exchanges: Iterable[Exchange], resources: Iterable[Resource] = (), *, software: str, filename: str, at: datetime
) -> Iterator[Record]:
    """One warcinfo; response, request and, over TLS, the facts of the connection for every exchange; the resources."""
    offset = 0
    for kind, of, payload_digest, member in _members(exchanges, resources, software, filename, at):
        yield Record(kind, of, payload_digest, offset, len(member), member)
        offset += len(member)


_Member = tuple[str, Exchange | Resource | None, str, bytes]


def _members(
    exchanges: Iterable[Exchange], resources: Iterable[Resource], software: str, filename: str, at: datetime
) -> Iterator[_Member]:
    info = _fields({"software": software, "format": "WARC File Format 1.1", "robots": "ignore"})
    headers = {"WARC-Filename": filename, "Content-Type": "application/warc-fields"}
    info_id, member = _member("warcinfo", at, headers, info)
    yield "warcinfo", None, digest_of(info), member
    seen: dict[str, Exchange] = {}
    for exchange in exchanges:
        yield from _of_exchange(exchange, info_id, seen)
    for resource in resources:
        digest = digest_of(resource.data)
        headers = {
            "WARC-Target-URI": resource.url,
            "WARC-Warcinfo-ID": info_id,
            "WARC-Payload-Digest": digest,
            "Content-Type": resource.media_type,
        }
        _, member = _member("resource", resource.at, headers, resource.data)
        yield "resource", resource, digest, member


def _of_exchange(exchange: Exchange, info_id: str, seen: dict[str, Exchange]) -> Iterator[_Member]:
    """`seen` are the exchanges that stand in full before this one, by the digest of their payload."""
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
    payload_digest = digest_of(payload)
    http = {
        "WARC-Payload-Digest": payload_digest,
        "Content-Type": "application/http; msgtype=response",
        "WARC-Protocol": "http/1.1",
    }
    cut = {"WARC-Truncated": "disconnect"} if exchange.cut else {}
    kind, block = "response", exchange.response
    first = seen.setdefault(payload_digest, exchange)
    if first is not exchange and head and len(payload) >= WORTH_SAYING_ONCE:
        kind, block = "revisit", exchange.response[: head.end()]
        http |= {
            "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
            "WARC-Refers-To-Target-URI": first.url,
            "WARC-Refers-To-Date": timestamp(first.requested_at),
        }
    answer_id, member = _member(kind, at, common | http | tls | cut, block)
    yield kind, exchange, payload_digest, member
    concurrent = common | {"WARC-Concurrent-To": answer_id}
    asked = concurrent | {"Content-Type": "application/http; msgtype=request"}
    _, member = _member("request", at, asked, exchange.request)
    yield "request", exchange, digest_of(b""), member
    if exchange.tls:
        facts = _fields({name: str(getattr(exchange.tls, name)) for name in exchange.tls.__slots__})
        _, member = _member("metadata", at, concurrent | {"Content-Type": "application/warc-fields"}, facts)
        yield "metadata", exchange, digest_of(facts), member


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
    packer = zlib.compressobj(_level(block), zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return record_id, packer.compress(head.encode() + block + b"\r\n\r\n") + packer.flush()


def _level(block: bytes) -> int:
    """Pictures and what came compressed only cost time to compress again; a sample of the middle tells."""
    sample = block[len(block) // 2 :][:4096]
    return 6 if len(zlib.compress(sample, 1)) < 0.9 * len(sample) or len(block) < 4096 else 0


def _fields(values: dict[str, str]) -> bytes:
    return "".join(f"{key}: {' '.join(value.split())}\r\n" for key, value in values.items()).encode()
