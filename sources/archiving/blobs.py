"""Files named by what they hold: `<root>/ab/cd/abcd…`, written once, never half.

The file comes before the row that points to it: a crash in between leaves a file nobody mentions, never a row without
one.
"""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")


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
        digest = digest_of(data)
        path = self.path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".half-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        for folder in (path.parent, path.parent.parent, self.root):
            _sync(folder)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of that digest, recomputed on every reading. Raises BlobMissing or BlobAltered."""
        try:
            data = self.path(digest).read_bytes()
        except FileNotFoundError as error:
            raise BlobMissing(digest) from error
        if digest_of(data) != digest:
            raise BlobAltered(digest)
        return data

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
