"""A Merkle tree over entries that are only ever added: RFC 9162, section 2.1, with SHA-256.

The root commits to every entry and to their order. That one entry stands at its place is shown by an inclusion proof,
that a longer log begins with the shorter one by a consistency proof; both are a few hashes long.

`Peaks` is what has to be kept to go on appending: the roots of the perfect trees the log is made of, largest first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

SIZE = 32

Range = tuple[int, int]
Node = tuple[int, int]


def leaf_hash(content: bytes) -> bytes:
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class Peaks:
    """A log of `size` entries, as much of it as the next entry needs: one hash for each bit set in `size`."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.hashes) != self.size.bit_count():
            raise ValueError(f"A log of {self.size} has {self.size.bit_count()} peaks, not {len(self.hashes)}.")

    @classmethod
    def read(cls, size: int, packed: bytes) -> "Peaks":
        return cls(size, tuple(packed[at : at + SIZE] for at in range(0, len(packed), SIZE)))

    @property
    def packed(self) -> bytes:
        return b"".join(self.hashes)

    def append(self, leaf: bytes) -> "Peaks":
        hashes, left = list(self.hashes), self.size
        while left & 1:
            leaf = node_hash(hashes.pop(), leaf)
            left >>= 1
        return Peaks(self.size + 1, (*hashes, leaf))

    @property
    def root(self) -> bytes:
        if not self.hashes:
            return sha256().digest()
        return joined(self.hashes)


def root(leaves: Sequence[bytes]) -> bytes:
    """Of leaf hashes, not of contents; so with every function here."""
    peaks = Peaks()
    for leaf in leaves:
        peaks = peaks.append(leaf)
    return peaks.root


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes beside the way from entry `index` up to the root, lowest first."""
    return [root(leaves[start:end]) for start, end in beside_entry(index, len(leaves))]


def consistency_proof(old: int, leaves: Sequence[bytes]) -> list[bytes]:
    """That these leaves begin with the `old` first of them."""
    return [root(leaves[start:end]) for start, end in beside_prefix(old, len(leaves))]


def beside_entry(index: int, size: int) -> list[Range]:
    """The ranges of entries whose roots make up an inclusion proof (section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"There is no entry {index} in a log of {size}.")
    start, end, found = 0, size, []
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            found.append((split, end))
            end = split
        else:
            found.append((start, split))
            start = split
    return found[::-1]


def beside_prefix(old: int, size: int) -> list[Range]:
    """The ranges of entries whose roots make up a consistency proof (section 2.1.4.1)."""
    if not 0 < old <= size:
        raise ValueError(f"A log of {size} did not grow from one of {old}.")
    start, end, found, whole = 0, size, [], True
    while end != old:
        split = start + _split(end - start)
        if old <= split:
            found.append((split, end))
            end = split
        else:
            found.append((start, split))
            start, whole = split, False
    return [*([] if whole else [(start, end)]), *found[::-1]]


def perfect(start: int, end: int) -> list[Node]:
    """The perfect trees that the entries from `start` up to `end` are made of, first to last: level and place in it."""
    found = []
    while start < end:
        level = min((end - start).bit_length() - 1, (start & -start).bit_length() - 1 if start else end.bit_length())
        found.append((level, start >> level))
        start += 1 << level
    return found


def joined(hashes: Sequence[bytes]) -> bytes:
    """The root over neighbouring perfect trees, each smaller than the one before it."""
    *rest, found = hashes
    for peak in reversed(rest):
        found = node_hash(peak, found)
    return found


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether the log of this size and root has this leaf at `index` (section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(beside, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and found == expected


def is_consistent(old: int, size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the log of `size` and `new_root` grew from that of `old` and `old_root` (section 2.1.4.2)."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == new_root
    hashes = list(proof) if old & (old - 1) else [old_root, *proof]
    if not hashes:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = hashes[0]
    for beside in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(beside, before), node_hash(beside, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root
