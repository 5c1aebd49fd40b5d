"""The tree, grown again from what stands in the entries, beside the tree that is stored.

Every node is held twice: as it follows from the contents and as it was recorded. Where one content was altered, all
nodes above it differ from what is recorded; it is the one place where they begin to that is wanted. So a node is a
finding of its own only where it follows neither from what the contents make of its children nor from its recorded ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from audit.domain.merkle import SIZE, Peaks, joined, node_hash

Node = bytes | None  # None: cannot be known, since an entry below it is gone


@dataclass(frozen=True)
class Twin:
    made: Node
    kept: Node


@dataclass
class Growth:
    """The log up to `size`. `level` is that of its leaves: spans of entries are grown apart and then put together."""

    level: int = 0
    size: int = 0
    peaks: list[Twin] = field(default_factory=list)

    @classmethod
    def on(cls, peaks: Peaks) -> "Growth":
        """Going on from a beginning that is known to be right."""
        return cls(size=peaks.size, peaks=[Twin(each, each) for each in peaks.hashes])

    def add(self, leaf: Twin, recorded: Sequence[Node]) -> int | None:
        """Take the next leaf in, with the nodes its entry completes. Answers the level of the first wrong one."""
        wrong, node, rest = None, leaf, self.size
        for level in range(1, _trailing_ones(self.size) + 1):
            left = self.peaks.pop()
            kept = recorded[level - 1] if level <= len(recorded) else None
            above = Twin(_over(left.made, node.made), kept)
            if not _follows(above, left, node) and wrong is None:
                wrong = self.level + level
            if kept is None:
                above = Twin(above.made, _over(left.kept, node.kept))
            node, rest = above, rest >> 1
        self.peaks.append(node)
        self.size += 1
        return wrong


def _follows(above: Twin, left: Twin, right: Twin) -> bool:
    if above.kept is None or above.made == above.kept:
        return True
    if above.made is not None and (left.made, right.made) == (left.kept, right.kept):
        return False
    from_kept = _over(left.kept, right.kept)
    return from_kept is None or from_kept == above.kept


def _over(left: Node, right: Node) -> Node:
    return None if left is None or right is None else node_hash(left, right)


def _trailing_ones(number: int) -> int:
    return (~number & (number + 1)).bit_length() - 1


def roots(peaks: Iterable[Twin]) -> Twin:
    """The root over these peaks, as made and as kept."""
    both = list(peaks)
    return Twin(_root([each.made for each in both]), _root([each.kept for each in both]))


def _root(hashes: Sequence[Node]) -> Node:
    known = [each for each in hashes if each is not None]
    if len(known) < len(hashes):
        return None
    return joined(known) if known else Peaks().root


def cut(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + SIZE] for at in range(0, len(hashes), SIZE)]
