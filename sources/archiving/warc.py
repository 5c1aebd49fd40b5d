"""WARC 1.1 records (ISO 28500:2017) of HTTP exchanges, each in a gzip member of its own.

Written by hand because the block of a record must be the bytes that passed over the wire: libraries parse HTTP heads
and write them anew. The same exchanges give the same bytes: record ids are derived from what the record holds.
"""

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sources.archiving.blobs import digest_of
from sources.archiving.exchange import Exchange
from sources.archiving.members import chunks, member
from sources.archiving.pieces import Body

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
    """A record as it stands in the file. `offset` and `length` delimit its gzip member; `body` lies in the file."""

    kind: str
    of: Exchange | Resource | None
    payload_digest: str
    offset: int
    length: int
    data: bytes
    body: Body | None


def timestamp(at: datetime) -> str:
    """`2026-11-23T18:00:00Z`"""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def records(
    exchanges: Iterable[Exchange], resources: Iterable[Resource] = (), *, software: str, filename: str, at: datetime
) -> Iterator[Record]:
    """One warcinfo; response, request and, over TLS, the facts of the connection for every exchange; the resources."""
    offset = 0
    for kind, of, payload_digest, (data, body) in _members(exchanges, resources, software, filename, at):
        yield Record(kind, of, payload_digest, offset, len(data), data, body and body.moved(offset))
        offset += len(data)


_Packed = tuple[bytes, Body | None]
_Member = tuple[str, Exchange | Resource | None, str, _Packed]


def _members(
    exchanges: Iterable[Exchange], resources: Iterable[Resource], software: str, filename: str, at: datetime
) -> Iterator[_Member]:
    info = _fields({"software": software, "format": "WARC File Format 1.1", "robots": "ignore"})
    headers = {"WARC-Filename": filename, "Content-Type": "application/warc-fields"}
    info_id, packed = _member("warcinfo", at, headers, info)
    yield "warcinfo", None, digest_of(info), packed
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
        _, packed = _member("resource", resource.at, headers, b"", resource.data)
        yield "resource", resource, digest, packed


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
    split = head.end() if head else len(exchange.response)
    block, payload = exchange.response[:split], exchange.response[split:]
    payload_digest = digest_of(payload)
    http = {
        "WARC-Payload-Digest": payload_digest,
        "Content-Type": "application/http; msgtype=response",
        "WARC-Protocol": "http/1.1",
    }
    cut = {"WARC-Truncated": "disconnect"} if exchange.cut else {}
    kind, said = "response", payload
    first = seen.setdefault(payload_digest, exchange)
    if first is not exchange and head and len(payload) >= WORTH_SAYING_ONCE:
        kind, said = "revisit", b""
        http |= {
            "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
            "WARC-Refers-To-Target-URI": first.url,
            "WARC-Refers-To-Date": timestamp(first.requested_at),
        }
    answer_id, packed = _member(kind, at, common | http | tls | cut, block, said, chunked=exchange.is_chunked)
    yield kind, exchange, payload_digest, packed
    concurrent = common | {"WARC-Concurrent-To": answer_id}
    asked = concurrent | {"Content-Type": "application/http; msgtype=request"}
    _, packed = _member("request", at, asked, exchange.request)
    yield "request", exchange, digest_of(b""), packed
    if exchange.tls:
        facts = _fields({name: str(getattr(exchange.tls, name)) for name in exchange.tls.__slots__})
        _, packed = _member("metadata", at, concurrent | {"Content-Type": "application/warc-fields"}, facts)
        yield "metadata", exchange, digest_of(facts), packed


def _member(
    kind: str, at: datetime, headers: dict[str, str], block: bytes, payload: bytes = b"", *, chunked: bool = False
) -> tuple[str, _Packed]:
    """The record's id and its gzip member. The record holds `block` and `payload` behind it."""
    length = len(block) + len(payload)
    block_digest = digest_of(block + payload)
    name = f"{kind} {timestamp(at)} {headers.get('WARC-Target-URI', '')} {block_digest}"
    record_id = f"<urn:uuid:{uuid.uuid5(_IDS, name)}>"
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": record_id,
        "WARC-Date": timestamp(at),
        **headers,
        "WARC-Block-Digest": block_digest,
        "Content-Length": str(length),
    }
    head = "WARC/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in lines.items()) + "\r\n"
    return record_id, member(head.encode() + block, payload, b"\r\n\r\n", chunks(payload) if chunked else None)


def _fields(values: dict[str, str]) -> bytes:
    return "".join(f"{key}: {' '.join(value.split())}\r\n" for key, value in values.items()).encode()
