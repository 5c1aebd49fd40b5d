"""A file kept in pieces: what other files hold too lies once, in files of its own, and the rest beside a list.

The list is one line of JSON that says how long the whole is and where in it the bodies go,

    {"size": 74812, "bodies": [{"digest": "sha256:…", "places": [[612, 65535], [66152, 8200]]}]}

each place as start and length, and the bytes of a body go to its places in their order. What follows the line are the
bytes that stand at no place, in order too. Who reads the whole need not know any of this: `Whole` is a file as others.
"""

import io
import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sources.archiving.blobs import BlobAltered, digest_of, is_digest

_LONGEST_LINE = 64 * 1024 * 1024

File = io.BufferedReader | io.FileIO


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes of a file that others may hold too. `places` are where they stand in it, as (start, length), in order."""

    places: tuple[tuple[int, int], ...]

    def moved(self, by: int) -> "Body":
        return Body(tuple((start + by, length) for start, length in self.places))

    def of(self, data: bytes) -> bytes:
        return b"".join(data[start : start + length] for start, length in self.places)


def apart(data: bytes, bodies: Iterable[Body]) -> tuple[bytes, dict[str, bytes]]:
    """`data` as a list and what follows it, and its bodies by their digests. No two may stand at one place."""
    held: dict[str, bytes] = {}
    listed = []
    for body in bodies:
        alone = body.of(data)
        digest = digest_of(alone)
        held[digest] = alone
        listed.append((digest, body.places))
    said = {"size": len(data), "bodies": [{"digest": digest, "places": places} for digest, places in listed]}
    rest, end = [json.dumps(said, separators=(",", ":")).encode(), b"\n"], 0
    for start, length in sorted(place for _, places in listed for place in places):
        rest.append(data[end:start])
        end = start + length
    return b"".join([*rest, data[end:]]), held


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the whole, and where its bytes lie: in the body of that digest, or (digest "") behind the list."""

    start: int
    end: int
    digest: str
    offset: int


@dataclass(frozen=True, slots=True)
class List:
    size: int
    pieces: tuple[Piece, ...]

    @property
    def bodies(self) -> set[str]:
        return {piece.digest for piece in self.pieces} - {""}


def read_list(file: File) -> List:
    """Raises BlobAltered for what is no list, or not the one of what follows it."""
    line = file.readline(_LONGEST_LINE)
    length = file.seek(0, io.SEEK_END)
    try:
        said = json.loads(line)
        pieces = tuple(_pieces(said["size"], _placed(said["bodies"]), len(line)))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BlobAltered("a list of pieces") from error
    if sum(piece.end - piece.start for piece in pieces if not piece.digest) != length - len(line):
        raise BlobAltered("a list of pieces")
    return List(said["size"], pieces)


def _placed(bodies: Any) -> list[Piece]:
    placed = []
    for body in bodies:
        offset = 0
        for start, length in body["places"]:
            if not (isinstance(start, int) and isinstance(length, int) and length > 0 and is_digest(body["digest"])):
                raise ValueError(body)
            placed.append(Piece(start, start + length, body["digest"], offset))
            offset += length
    return sorted(placed, key=lambda piece: piece.start)


def _pieces(size: int, placed: Iterable[Piece], offset: int) -> Iterator[Piece]:
    """With what stands between the places; the first byte of it is at `offset`. Raises ValueError where two overlap."""
    end = 0
    for piece in (*placed, Piece(size, size, "", 0)):
        if piece.start < end:
            raise ValueError(f"{piece.start} is within another piece")
        if piece.start > end:
            yield Piece(end, piece.start, "", offset)
            offset += piece.start - end
        if piece.digest:
            yield piece
        end = piece.end


class Whole(io.RawIOBase):
    """The file whose pieces `file` lists, to be read and sought in. Closing it closes `file`."""

    def __init__(self, file: File, open_body: Callable[[str], File]) -> None:
        """`open_body` opens the body of a digest and raises BlobMissing. This raises BlobAltered, as every reading."""
        self._file = file
        self._list = read_list(file)
        self._starts = [piece.start for piece in self._list.pieces]
        self._open_body = open_body
        self._digest, self._body = "", file  # of the body that is open
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._list.size}[whence]
        if at < 0:
            raise ValueError(f"{at} is before the beginning")
        self._at = at
        return at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer, unless the end comes first: of what lies in many pieces that is one call."""
        with memoryview(buffer).cast("B") as room:
            done = 0
            number = bisect_right(self._starts, self._at) - 1
            while done < len(room) and self._at < self._list.size:
                piece = self._list.pieces[number]
                wanted = min(piece.end - self._at, len(room) - done)
                self._fill(piece, room[done : done + wanted])
                self._at += wanted
                done += wanted
                number += 1
            return done

    def _fill(self, piece: Piece, room: memoryview) -> None:
        file = self._file_of(piece.digest)
        file.seek(piece.offset + self._at - piece.start)
        while room:
            # A file in memory or on a disk gives all there is at once; what is short now has been cut.
            got = file.readinto(room)
            if not got:
                raise BlobAltered(piece.digest or "a list of pieces")
            room = room[got:]

    def _file_of(self, digest: str) -> File:
        if not digest:
            return self._file
        if digest != self._digest:
            self._let_go()
            self._body = self._open_body(digest)
            self._digest = digest
        return self._body

    def _let_go(self) -> None:
        if self._digest:
            self._body.close()
            self._digest = ""

    def close(self) -> None:
        if not self.closed:
            self._let_go()
            self._file.close()
        super().close()
