"""Proofs out of the stored tree: that an entry is in the log, that a longer log began with a shorter one.

Each is one query of a few rows, whatever the length of the log. What they prove, they prove to whoever holds a signed
checkpoint; that the stored nodes follow from the entries is for `audit.verifying` to say.
"""

from collections.abc import Sequence

from audit.domain.merkle import Node, Range, beside_entry, beside_prefix, joined, perfect
from audit.models import Entry


def root_of(size: int) -> bytes:
    """The root over the first `size` entries."""
    return _roots([(0, size)])[0]


def inclusion(index: int, size: int) -> list[bytes]:
    """For `audit.domain.merkle.is_included`. ValueError where the log of `size` has no such entry."""
    return _roots(beside_entry(index, size))


def consistency(old: int, size: int) -> list[bytes]:
    """For `audit.domain.merkle.is_consistent`."""
    return _roots(beside_prefix(old, size))


def _roots(ranges: Sequence[Range]) -> list[bytes]:
    nodes = [perfect(start, end) for start, end in ranges]
    wanted = {_completed_by(node) for each in nodes for node in each}
    entries = Entry.objects.only("index", "hashes").in_bulk(list(wanted))
    return [joined([entries[_completed_by(node)].node(node[0]) for node in each]) for each in nodes]


def _completed_by(node: Node) -> int:
    level, place = node
    return ((place + 1) << level) - 1
