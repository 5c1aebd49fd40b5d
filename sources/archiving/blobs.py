"""Files named by what they hold: `<root>/ab/cd/abcd…`, written once, never half.

The file comes before the row that points to it: a crash in between leaves a file nobody mentions, never a row without
one. What a crash leaves of a file that was being written lies in the root under a name that is no digest.
"""

import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_HALF = ".half-"
_PART = 1 << 20
_AT_ONCE = 8  # files on their way to the disk: it takes many nearly as fast as one


class BlobMissing(Exception):
    """No file of that digest."""


class BlobAltered(Exception):
    """The file holds something else than its name says."""


def digest_of(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def is_digest(text: str) -> bool:
    return _DIGEST.fullmatch(text) is not None


def checked(file: BinaryIO, digest: str) -> Iterator[bytes]:
    """All of `file`, in parts. BlobAltered comes after the last of them: until then nothing is proven."""
    found = hashlib.sha256()
    while part := file.read(_PART):
        found.update(part)
        yield part
    if f"sha256:{found.hexdigest()}" != digest:
        raise BlobAltered(digest)


@dataclass(frozen=True, slots=True)
class BlobStore:
    root: Path

    def place(self, digest: str) -> Path:
        """Where that blob lies or would lie. Raises ValueError for anything that is no `sha256:<hex>`."""
        match = _DIGEST.fullmatch(digest)
        if not match:
            raise ValueError(f"{digest!r} is not a digest of the form sha256:<64 hex digits>")
        name = match[1]
        return self.root / name[:2] / name[2:4] / name

    def put(self, data: bytes) -> str:
        """Keep `data` and return its digest; it then survives a power cut. Writing again heals a damaged file."""
        digest = digest_of(data)
        self._keep({self.place(digest): data})
        return digest

    def put_parts(self, parts: Iterable[bytes]) -> str:
        """The same for what is too large to hold at once. What `parts` raises passes, and nothing is kept."""
        digest = hashlib.sha256()

        def passing() -> Iterator[bytes]:
            for part in parts:
                digest.update(part)
                yield part

        temporary = self._written(passing())
        path = self.place(f"sha256:{digest.hexdigest()}")
        self._move(temporary, path)
        for folder in self._folders(path):
            _sync(folder)
        return f"sha256:{path.name}"

    def get(self, digest: str) -> bytes:
        """The bytes of that digest, recomputed on every reading. Raises BlobMissing or BlobAltered."""
        return b"".join(self.parts(digest))

    def parts(self, digest: str) -> Iterator[bytes]:
        """The same in parts, as `checked`."""
        with self.open(digest) as file:
            yield from checked(file, digest)

    def open(self, digest: str) -> io.BufferedReader:
        """To read and to seek in. Raises BlobMissing."""
        return self.opened(self.place(digest))

    def opened(self, path: Path) -> io.BufferedReader:
        """What is kept in the file at `path`, one of `listing`. Raises BlobMissing."""
        try:
            return path.open("rb")
        except FileNotFoundError as error:
            raise BlobMissing(f"sha256:{path.stem}") from error

    def listing(self) -> Iterator[tuple[str, Path]]:
        """Every file there is, blobs in the order of their digests; "" for what is no blob in its place."""
        for folder, folders, names in os.walk(self.root):
            folders.sort()
            for name in sorted(names):
                path = Path(folder, name)
                yield self._kept_in(path), path

    def _kept_in(self, path: Path) -> str:
        """The digest of what lies at `path`; "" where nothing of ours would lie there."""
        digest = f"sha256:{path.name}"
        return digest if is_digest(digest) and path == self.place(digest) else ""

    @staticmethod
    def is_half(path: Path) -> bool:
        """Whether it is what a crash left of a file that was being written. Nothing will ever read it."""
        return path.name.startswith(_HALF)

    def verify(self, digest: str) -> None:
        """Read it from end to end a little at a time. Raises BlobMissing or BlobAltered."""
        for _ in self.parts(digest):
            pass

    def _keep(self, files: dict[Path, bytes]) -> None:
        """Write them, unless they are there as they should be. All of them then survive a power cut."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for _ in pool.map(self._keep_one, files, files.values()):
                pass
            # Of those that were there too: whoever wrote them may not have come to this yet.
            for _ in pool.map(_sync, {folder for path in files for folder in self._folders(path)}):
                pass

    def _keep_one(self, path: Path, data: bytes) -> None:
        if not _holds(path, data):
            self._move(self._written([data]), path)

    def _written(self, parts: Iterable[bytes]) -> Path:
        """A half file, whole and on the disk."""
        self.root.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.root, prefix=_HALF)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                for part in parts:
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return temporary

    def _move(self, temporary: Path, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise

    def _folders(self, path: Path) -> tuple[Path, Path, Path]:
        """Where names have to reach the disk before the file at `path` is there for good."""
        return path.parent, path.parent.parent, self.root


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:  # not there, or where the disk does not give it out any more
        return False
