"""The archive's files: whole, or in pieces where they hold what others hold too.

`<root>/ab/cd/abcd….pieces` beside `<root>/ab/cd/abcd…`: either gives the bytes of that digest. Bodies are blobs as all
others, so one that is also a file by itself, a picture, lies there once. The bodies are on the disk before the list
that leans on them is to be seen. A crash in between leaves bodies that nobody leans on, for the next one who does.
"""

import io
from collections.abc import Iterable
from pathlib import Path

from sources.archiving.blobs import BlobMissing, BlobStore, digest_of
from sources.archiving.pieces import Body, File, Whole, apart, read_list

_PIECES = ".pieces"
_BUFFER = 128 * 1024


class SharingStore(BlobStore):
    __slots__ = ()

    def put_apart(self, data: bytes, bodies: Iterable[Body]) -> str:
        """Keep `data` as `put` does, but its `bodies` once for all files that hold them."""
        listed, held = apart(data, bodies)
        if not held:
            return self.put(data)
        digest = digest_of(data)
        self._keep({self.place(each): body for each, body in held.items()})
        self._keep({self._list_of(digest): listed})
        return digest

    def open(self, digest: str) -> io.BufferedReader:
        try:
            return self.opened(self.place(digest))
        except BlobMissing:
            return self.opened(self._list_of(digest))

    def opened(self, path: Path) -> io.BufferedReader:
        file = super().opened(path)
        if path.suffix != _PIECES:
            return file
        try:
            return io.BufferedReader(Whole(file, self._body), _BUFFER)
        except BaseException:
            file.close()
            raise

    def bodies(self, path: Path) -> set[str]:
        """What the file at `path` leans on: nothing, where it is whole. Raises BlobMissing or BlobAltered."""
        if path.suffix != _PIECES:
            return set()
        with super().opened(path) as file:
            return read_list(file).bodies

    def _body(self, digest: str) -> File:
        try:
            return self.place(digest).open("rb", buffering=0)
        except FileNotFoundError as error:
            raise BlobMissing(digest) from error

    def _list_of(self, digest: str) -> Path:
        place = self.place(digest)
        return place.with_name(place.name + _PIECES)

    def _kept_in(self, path: Path) -> str:
        return super()._kept_in(path.with_suffix("") if path.suffix == _PIECES else path)
