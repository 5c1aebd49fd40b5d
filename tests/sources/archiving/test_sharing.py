"""Two files that hold the same bodies hold them once on the disk, and nothing ever leans on what is not there."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from sources.archiving.blobs import BlobAltered, BlobMissing, BlobStore, digest_of
from sources.archiving.pieces import Body, apart
from sources.archiving.sharing import SharingStore

dice = Random(16)
LARGE, SMALL, OTHER = dice.randbytes(300_000), dice.randbytes(5_000), dice.randbytes(20_000)
Parts = tuple[bytes, list[Body]]


def made(*parts: bytes) -> Parts:
    """Parts one after another, the long ones as bodies."""
    bodies, at = [], 0
    for part in parts:
        if len(part) >= 5_000:
            bodies.append(Body(((at, len(part)),)))
        at += len(part)
    return b"".join(parts), bodies


ONE = made(b"one", LARGE, b"between", SMALL, b"end")
TWO = made(b"two", SMALL, LARGE, OTHER)


@pytest.fixture
def store(tmp_path: Path) -> SharingStore:
    return SharingStore(tmp_path)


def names(store: SharingStore) -> set[str]:
    return {path.name for path in store.root.rglob("*") if path.is_file()}


def named(data: bytes, ending: str = "") -> str:
    return digest_of(data).removeprefix("sha256:") + ending


def test_it_works(store: SharingStore) -> None:
    one, two = store.put_apart(*ONE), store.put_apart(*TWO)
    assert (store.get(one), store.get(two)) == (ONE[0], TWO[0])
    assert (one, two) == (digest_of(ONE[0]), digest_of(TWO[0]))
    lists = {named(ONE[0], ".pieces"), named(TWO[0], ".pieces")}
    assert names(store) == lists | {named(LARGE), named(SMALL), named(OTHER)}
    assert sum(path.stat().st_size for path in store.root.rglob("*.pieces")) < 1_000


def test_a_body_that_is_a_file_by_itself_lies_there_once(store: SharingStore) -> None:
    store.put_apart(*ONE)
    store.put(LARGE)
    assert len(names(store)) == 3
    assert store.get(digest_of(LARGE)) == LARGE


def test_what_shares_nothing_is_one_file(store: SharingStore) -> None:
    assert store.get(store.put_apart(b"small", [])) == b"small"
    assert names(store) == {named(b"small")}


def test_files_of_before_are_read_as_ever(store: SharingStore) -> None:
    """An archive may hold the same capture whole, from before or as somebody's upload, and in pieces."""
    BlobStore(store.root).put(ONE[0])
    assert store.get(digest_of(ONE[0])) == ONE[0]
    store.put_apart(*ONE)
    store.place(digest_of(ONE[0])).unlink()
    assert store.get(digest_of(ONE[0])) == ONE[0]


def test_listing_knows_both(store: SharingStore) -> None:
    store.put_apart(*ONE)
    store.put(OTHER)
    (store.root / f"{named(ONE[0])}.pieces").write_bytes(b"not in its place")
    found = [digest for digest, _ in store.listing()]
    assert found == ["", *sorted(digest_of(data) for data in (ONE[0], LARGE, SMALL, OTHER))]


@pytest.mark.parametrize(
    ("damage", "told"), [(lambda path: path.write_bytes(LARGE[::-1]), BlobAltered), (Path.unlink, BlobMissing)]
)
def test_a_damaged_body_is_told_and_healed_by_the_next_capture(
    store: SharingStore, damage: Callable[[Path], None], told: type[Exception]
) -> None:
    one = store.put_apart(*ONE)
    damage(store.place(digest_of(LARGE)))
    with pytest.raises(told):
        store.get(one)
    store.put_apart(*TWO)
    assert store.get(one) == ONE[0]


def test_many_at_once_write_the_same_body_once(store: SharingStore) -> None:
    files = [made(b"%d" % number, LARGE, SMALL) for number in range(8)]
    start = threading.Barrier(len(files))

    def put(file: Parts) -> None:
        start.wait()
        store.put_apart(*file)

    threads = [threading.Thread(target=put, args=[file]) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names(store) == {named(LARGE), named(SMALL)} | {named(data, ".pieces") for data, _ in files}
    assert all(store.get(digest_of(data)) == data for data, _ in files)


class Dead(BaseException):
    """The process is killed here."""


def deaths(monkeypatch: pytest.MonkeyPatch, write: Callable[[], object]) -> Iterator[int]:
    """`write` again and again, ended before its first renaming, its second, and so on, until it lives."""
    real, number = Path.replace, 0
    while True:
        done: list[Path] = []

        def replace(path: Path, target: Path, done: list[Path] = done, most: int = number) -> Path:
            if len(done) >= most:
                raise Dead
            done.append(path)
            return real(path, target)

        monkeypatch.setattr(Path, "replace", replace)
        try:
            write()
        except Dead:
            yield number
            number += 1
        else:
            return


def bodies_first(store: SharingStore) -> None:
    store.put_apart(*ONE)


def list_first(store: SharingStore) -> None:
    """The twin."""
    listed, held = apart(*ONE)
    store._keep({store._list_of(digest_of(ONE[0])): listed})
    for body in held.values():
        store.put(body)


@pytest.mark.parametrize(("write", "broken"), [(bodies_first, False), (list_first, True)])
def test_what_can_be_seen_is_whole_whenever_its_writer_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[SharingStore], None], broken: bool
) -> None:
    found = set()
    for number in deaths(monkeypatch, lambda: write(SharingStore(tmp_path / str(len(list(tmp_path.iterdir())))))):
        store = SharingStore(tmp_path / str(number))
        listed = any(path.suffix == ".pieces" for path in store.root.rglob("*"))
        try:
            store.get(digest_of(ONE[0]))
        except BlobMissing:
            found.add("not there" if not listed else "broken")
    assert ("broken" in found) == broken
    assert len(list(tmp_path.iterdir())) == 4  # two bodies and the list: three deaths, and a life


def test_a_full_disk_takes_no_body_from_others(store: SharingStore, monkeypatch: pytest.MonkeyPatch) -> None:
    one = store.put_apart(*ONE)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store.put_apart(*TWO)
    assert store.get(one) == ONE[0]
    assert not list(store.root.glob(".half-*"))
    with pytest.raises(BlobMissing):
        store.open(digest_of(TWO[0]))
