"""Files named by what they hold: `<root>/ab/cd/abcd…`, written once, never half.

The file comes before the row that points to it: a crash in between leaves a file nobody mentions, never a row without
one. What a crash leaves of a file that was being written lies in the root under a name that is no digest.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_NAME = re.compile(r"[0-9a-f]{64}")
_HALF = ".half-"
_PART = 1 << 20


class BlobMissing(Exception):
    """No file of that digest."""


class BlobAltered(Exception):
    """The file holds something else than its name says."""


def digest_of(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class BlobStore:
    root: Path

    def path(self, digest: str) -> Path:
        """Where that blob lies or would lie. Raises ValueError for anything that is no `sha256:<hex>`."""
        match = _DIGEST.fullmatch(digest)
        if not match:
            raise ValueError(f"{digest!r} is not a digest of the form sha256:<64 hex digits>")
        name = match[1]
        return self.root / name[:2] / name[2:4] / name

    def put(self, data: bytes) -> str:
        """Keep `data` and return its digest; it then survives a power cut. Writing again heals a damaged file."""
        return self.put_parts([data])

    def put_parts(self, parts: Iterable[bytes]) -> str:
        """The same for what is too large to hold at once. What `parts` raises passes, and nothing is kept."""
        self.root.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        handle, temporary = tempfile.mkstemp(dir=self.root, prefix=_HALF)
        try:
            with os.fdopen(handle, "wb") as file:
                for part in parts:
                    digest.update(part)
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
            path = self.path(f"sha256:{digest.hexdigest()}")
            path.parent.mkdir(parents=True, exist_ok=True)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        for folder in (path.parent, path.parent.parent, self.root):
            _sync(folder)
        return f"sha256:{path.name}"

    def get(self, digest: str) -> bytes:
        """The bytes of that digest, recomputed on every reading. Raises BlobMissing or BlobAltered."""
        return b"".join(self.parts(digest))

    def parts(self, digest: str) -> Iterator[bytes]:
        """The same in parts. BlobAltered comes after the last of them: until then nothing is proven."""
        found = hashlib.sha256()
        try:
            with self.path(digest).open("rb") as file:
                while part := file.read(_PART):
                    found.update(part)
                    yield part
        except FileNotFoundError as error:
            raise BlobMissing(digest) from error
        if f"sha256:{found.hexdigest()}" != digest:
            raise BlobAltered(digest)

    def listing(self) -> Iterator[tuple[str, Path]]:
        """Every file there is, blobs in the order of their digests; "" for what is no blob in its place."""
        for folder, folders, names in os.walk(self.root):
            folders.sort()
            for name in sorted(names):
                path = Path(folder, name)
                in_place = _NAME.fullmatch(name) and path == self.path(f"sha256:{name}")
                yield f"sha256:{name}" if in_place else "", path

    @staticmethod
    def is_half(path: Path) -> bool:
        """Whether it is what a crash left of a file that was being written. Nothing will ever read it."""
        return path.name.startswith(_HALF)

    def verify(self, digest: str) -> Path:
        """The file of that digest, read from end to end a little at a time. Raises BlobMissing or BlobAltered."""
        path = self.path(digest)
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError as error:
            raise BlobMissing(digest) from error
        if f"sha256:{found}" != digest:
            raise BlobAltered(digest)
        return path


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
