"""Undoing gzip and deflate without letting a small body become a large one."""

import zlib

from sources.domain.captures import Reason, UnableToFetch
from sources.domain.details import Detail, Said

_STEP = 1024 * 1024


def decoded(body: bytes, content_encoding: str, limit: int) -> bytes:
    """The body as its author wrote it. Raises UnableToFetch: too large, an encoding we did not ask for, or broken."""
    encoding = content_encoding.strip().lower()
    if encoding in ("", "identity"):
        return body
    if encoding in ("gzip", "x-gzip"):
        return _inflate(body, zlib.MAX_WBITS | 16, limit)
    if encoding == "deflate":
        # The standard means zlib's frame; some servers send the bare stream, and browsers take both.
        framed = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
        return _inflate(body, zlib.MAX_WBITS if framed else -zlib.MAX_WBITS, limit)
    raise UnableToFetch(Reason.ENCODING_NOT_SUPPORTED, Detail(Said.ENCODING, encoding=encoding[:100]))


def _inflate(body: bytes, window: int, limit: int) -> bytes:
    out = bytearray()
    rest = body
    while rest:  # gzip allows several members one after the other
        member = zlib.decompressobj(window)
        while not member.eof:
            try:
                part = member.decompress(rest, _STEP)
            except zlib.error as error:
                raise UnableToFetch(Reason.BAD_RESPONSE, Detail(Said.PACKED_BROKEN)) from error
            out += part
            if len(out) > limit:
                raise UnableToFetch(Reason.DECOMPRESSED_TOO_LARGE, Detail(Said.MORE_BYTES_UNPACKED, most=limit))
            rest = member.unconsumed_tail
            if not part and not rest and not member.eof:
                raise UnableToFetch(Reason.BAD_RESPONSE, Detail(Said.PACKED_CUT))
        rest = member.unused_data if member.unused_data.startswith(b"\x1f\x8b") else b""
    return bytes(out)
