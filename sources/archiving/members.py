"""A WARC record as a gzip member in which its body is the same run of bytes wherever that body stands.

deflate looks back, so what a body is packed to depends on what was packed before it. Here the body has a compressor of
its own, whose output begins and ends at a whole byte, and what stands before and behind it has others: still one
stream to whoever unpacks it. What is packed already (pictures, answers with a content encoding) stands in it as it is,
in blocks that are not compressed, with nothing but their five bytes of head between them.
"""

import re
import zlib
from collections.abc import Iterable, Iterator

from sources.archiving.pieces import Body

WORTH_A_FILE = 4096  # bytes, packed: a file takes a block of the disk, whatever it holds
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"  # gzip, deflate, no name, no time, Unix (RFC 1952)
_BLOCK = 0xFFFF  # the longest of those that are not compressed (RFC 1951, 3.2.4)
_CHUNK = re.compile(rb"(?:\r\n)?([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_SHORT = 1024

Runs = Iterable[tuple[int, int]]


def member(head: bytes, payload: bytes, end: bytes, runs: Runs | None = None) -> tuple[bytes, Body | None]:
    """All three packed, and where in it the body is. `runs` are the parts of `payload` that are the body: else all."""
    packed, body = _packed(head, payload, end, runs)
    crc = zlib.crc32(end, zlib.crc32(payload, zlib.crc32(head)))
    size = len(head) + len(payload) + len(end) & 0xFFFFFFFF
    data = _HEAD + packed + crc.to_bytes(4, "little") + size.to_bytes(4, "little")
    return data, body and body.moved(len(_HEAD))


def _packed(head: bytes, payload: bytes, end: bytes, runs: Runs | None) -> tuple[bytes, Body | None]:
    if len(payload) < WORTH_A_FILE:
        return _deflated(head + payload + end, zlib.Z_FINISH), None
    before, behind = _deflated(head, zlib.Z_SYNC_FLUSH), _deflated(end, zlib.Z_FINISH)
    if _is_packed(payload):
        middle, places = _stored(payload, runs or ((0, len(payload)),))
    else:
        middle = _deflated(payload, zlib.Z_SYNC_FLUSH)
        places = [(0, len(middle))]
    worth = sum(length for _, length in places) >= WORTH_A_FILE
    return before + middle + behind, Body(tuple(places)).moved(len(before)) if worth else None


def _deflated(data: bytes, mode: int) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(mode)


def _is_packed(payload: bytes) -> bool:
    """Pictures and what came compressed only cost time to compress again; a sample of the middle tells."""
    sample = payload[len(payload) // 2 :][:4096]
    return len(zlib.compress(sample, 1)) >= 0.9 * len(sample)


def _stored(payload: bytes, runs: Runs) -> tuple[bytes, list[tuple[int, int]]]:
    """`payload` in blocks that are not compressed, and where in them the runs are."""
    out, places, end = bytearray(), [], 0
    for start, stop in (*runs, (len(payload), len(payload))):
        for data in _blocks(payload, end, start):
            out += data
        for data in _blocks(payload, start, stop):
            places.append((len(out) + 5, len(data) - 5))
            out += data
        end = stop
    return bytes(out), places


def _blocks(payload: bytes, start: int, stop: int) -> Iterator[bytes]:
    for cut in range(start, stop, _BLOCK):
        data = payload[cut : min(cut + _BLOCK, stop)]
        size = len(data)
        yield b"\0" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + data


def chunks(payload: bytes) -> list[tuple[int, int]] | None:
    """Where between the marks of chunked framing the body lies, as far as they can be followed.

    None where they cannot, or where the chunks are so short that to list them is not worth it.
    """
    runs: list[tuple[int, int]] = []
    at = 0
    while (mark := _CHUNK.match(payload, at)) and (length := int(mark[1], 16)):
        stop = min(mark.end() + length, len(payload))
        runs.append((mark.end(), stop))
        at = stop
        if len(runs) > 8 + at // _SHORT:
            return None
    return runs or None
