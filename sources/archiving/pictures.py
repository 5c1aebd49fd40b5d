"""Does a picture end where it says that it does? A file that broke off still begins like a whole one, and shows as one.

Only the lengths and marks that hold such a file together are followed, in one pass and `MOST_PARTS` steps; no picture
is drawn here, so this needs no child. A damaged one may still pass: that its parts are there is all that is said.
"""

import mmap
import re
import zlib
from collections.abc import Callable
from pathlib import Path

from sources.domain.uploads import FileKind

Bytes = bytes | mmap.mmap

MOST_PARTS = 100_000
"""Of 100 MB as cameras and programs write them a few thousand; who sends more sends no picture."""

_END_OF_IMAGE, _START_OF_SCAN = 0xD9, 0xDA
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # marks without a length
# Within a scan 0xFF is followed by 0, another 0xFF or a mark to begin anew from; anything else ends it (T.81, B.1.1.5).
_NEXT_MARK = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def is_whole(path: Path, kind: FileKind) -> bool:
    follow = _FOLLOWED[kind]
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return follow(data)


def _jpeg(data: Bytes) -> bool:
    at, scanned = 2, False
    for _step in range(MOST_PARTS):
        if data[at : at + 1] != b"\xff" or (at + 4 > len(data) and data[at : at + 2] != b"\xff\xd9"):
            return False
        mark = data[at + 1]
        if mark == _END_OF_IMAGE:
            return scanned
        if mark == 0xFF:  # they may be padded with it
            at += 1
            continue
        at += 2 if mark in _ALONE else 2 + int.from_bytes(data[at + 2 : at + 4])
        if mark == _START_OF_SCAN:
            scanned = True
            found = _NEXT_MARK.search(data, at)
            if found is None:
                return False
            at = found.start()
    return False


def _png(data: Bytes) -> bool:
    at = 8
    for _step in range(MOST_PARTS):
        if at + 12 > len(data):
            return False
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 8 + length
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4]):
            return False
        if kind == b"IEND":
            return True
        at = end + 4
    return False


def _webp(data: Bytes) -> bool:
    said = 8 + int.from_bytes(data[4:8], "little")
    at = 12
    for _step in range(MOST_PARTS):
        if not at + 8 <= said <= len(data):
            return False
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
        if at == said:
            return True
    return False


_FOLLOWED: dict[FileKind, Callable[[Bytes], bool]] = {
    FileKind.JPEG: _jpeg,
    FileKind.PNG: _png,
    FileKind.WEBP: _webp,
}
