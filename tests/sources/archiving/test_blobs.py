"""Files named by what they hold: whole or not there, and checked whenever they are read."""

import os
from pathlib import Path

import pytest

from sources.archiving.blobs import BlobAltered, BlobMissing, BlobStore

EMPTY = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_it_works(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    digest = store.put(b"evidence")
    assert store.get(digest) == b"evidence"
    name = digest.removeprefix("sha256:")
    assert files(tmp_path) == [tmp_path / name[:2] / name[2:4] / name]
    assert store.put(b"") == EMPTY


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    assert store.put(b"evidence") == store.put(b"evidence")
    assert len(files(tmp_path)) == 1


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(BlobMissing):
        BlobStore(tmp_path).get(EMPTY)


def test_altered_is_found_and_can_be_healed(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    digest = store.put(b"evidence")
    store.place(digest).write_bytes(b"Evidence")
    with pytest.raises(BlobAltered):
        store.get(digest)
    store.put(b"evidence")
    assert store.get(digest) == b"evidence"


@pytest.mark.parametrize(
    "digest", ["", "sha256:", "md5:00", EMPTY.upper(), EMPTY + "\n", EMPTY[:-1] + "/", "../../etc"]
)
def test_only_digests_are_names(tmp_path: Path, digest: str) -> None:
    with pytest.raises(ValueError, match="is not a digest"):
        BlobStore(tmp_path).place(digest)


def test_a_disk_that_fails_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        BlobStore(tmp_path).put(b"evidence")
    assert files(tmp_path) == []
