"""The parts of a WACZ, which is a ZIP file. Used only in the child that opens strangers' files (wacz_check.py).

Everything is read in pieces and counted while it is unpacked: what the ZIP's own table says of sizes is not believed.
"""

import gzip
import hashlib
import struct
import zipfile
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from warcio.limitreader import LimitReader

from sources.domain.uploads import FileRefused, Refusal

_MOST_PARTS = 10_000
_MOST_OF_JSON = 8 * 1024 * 1024
_BLOCK = 1 << 16
_CHUNK = 16 * _BLOCK
# What stands before the data of a part, at its end: how long its name is, and what more is said there.
_LOCAL_HEAD = struct.Struct("<26xHH")


class Parts:
    """`room` is how many bytes may still come out of it."""

    def __init__(self, file: BinaryIO, room: int) -> None:
        self._file = file
        self._zip = zipfile.ZipFile(file)
        self._room = room
        self._counted: set[str] = set()
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self._entries = {entry.filename: entry for entry in entries}
        self.names = list(self._entries)
        if len(entries) > _MOST_PARTS:
            raise FileRefused(Refusal.WACZ_TOO_LARGE, f"more than {_MOST_PARTS} parts")
        if len(self.names) < len(entries):
            raise FileRefused(Refusal.WACZ_UNREADABLE, "two parts of one name")
        if any(entry.flag_bits & 1 for entry in entries):
            raise FileRefused(Refusal.WACZ_UNREADABLE, "locked by a password")

    def read(self, name: str) -> bytes:
        found = bytearray()
        for data in self._pieces(name):
            found += data
            if len(found) > _MOST_OF_JSON:
                raise FileRefused(Refusal.WACZ_TOO_LARGE, name)
        return bytes(found)

    def lines(self, name: str, *, packed: bool = False) -> Iterator[bytes]:
        """Of a text; where it is `packed`, of one that is a gzip file, of any number of members."""
        rest = b""
        for data in self._pieces(name, packed=packed):
            *lines, rest = (rest + data).split(b"\n")
            if len(rest) > _MOST_OF_JSON:
                raise FileRefused(Refusal.WACZ_TOO_LARGE, name)
            yield from lines
        yield rest

    def digest(self, name: str, algorithm: str, *, each: int = 1) -> str:
        """Of its bytes; or of them with every 64 KiB repeated, so that `each` stands there that many times."""
        found = hashlib.new(algorithm)
        for data in self._pieces(name):
            for begin in range(0, len(data), _BLOCK):
                found.update(data[begin : begin + _BLOCK] * each)
        return found.hexdigest()

    def is_stored(self, name: str) -> bool:
        """Whether its bytes stand in the file as they are, so that somebody may begin in the middle of it."""
        return self._entries[name].compress_type == zipfile.ZIP_STORED

    def opened_at(self, name: str, offset: int) -> LimitReader:
        """A part that is stored, from its byte `offset` on. One at a time."""
        entry = self._entries[name]
        self._file.seek(entry.header_offset)
        head = _LOCAL_HEAD.unpack(self._file.read(_LOCAL_HEAD.size))
        self._file.seek(entry.header_offset + _LOCAL_HEAD.size + sum(head) + offset)
        return LimitReader(self._file, max(0, entry.file_size - offset))

    def _pieces(self, name: str, *, packed: bool = False) -> Iterator[bytes]:
        """What is read again was counted when it was read first."""
        key = f"{name} unpacked" if packed else name
        with self._zip.open(name) as part:
            file = cast(IO[bytes], gzip.GzipFile(fileobj=part)) if packed else part
            while data := file.read(_CHUNK):
                self._room -= 0 if key in self._counted else len(data)
                if self._room < 0:
                    raise FileRefused(Refusal.WACZ_TOO_LARGE, name)
                yield data
        self._counted.add(key)
