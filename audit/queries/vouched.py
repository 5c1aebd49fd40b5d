"""What vouches for acts: the place of each in the ledger, the first signed checkpoint that covers it, and who outside
holds one that does.

vouched = vouches([act.pk for act in page])
vouched[act.pk].index, vouched[act.pk].checkpoint, vouched[act.pk].anchored

A checkpoint covers all that came before it. So a later one that was taken outside vouches for an act as well as the
first, which may have been taken nowhere: of each kind of place the first that holds one is named.

Only what a key that is trusted signed vouches for anything. Whoever may add rows can put others there, also over more
entries than there are; of the few nearest the first that is ours is taken.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import F

from audit.domain.merkle import is_included, leaf_hash
from audit.models import Anchor, Checkpoint, Entry
from audit.queries import proofs
from audit.stamps.states import BORNE_OUT, AnchorKind, StampState

# One step in an index for each kind (`anchored_by_kind`), however long ago the act was. An anchor without the receipt
# of what it is said to have come to vouches for nothing: the verifier finds it.
_HELD = """
ARRAY(SELECT checkpoint_id FROM audit_anchor a WHERE kind = '{kind}' AND state = '{holds}'
    AND checkpoint_id > entry.index AND checkpoint_id <= head.size
    AND EXISTS (SELECT FROM audit_anchorreceipt r WHERE r.anchor_id = a.id AND r.state = a.state)
  ORDER BY checkpoint_id LIMIT {nearest})
"""
NEAREST = 3
_HOLDING: dict[str, StampState] = {
    kind: next(each for each in states if each is not StampState.PENDING) for kind, states in BORNE_OUT.items()
}
_COVERED = """
SELECT entry.act_id, entry.index,
       ARRAY(SELECT size FROM audit_checkpoint WHERE size > entry.index AND size <= head.size
               ORDER BY size LIMIT {nearest}), {held}
  FROM audit_entry AS entry, (SELECT max(size) AS size FROM audit_head) AS head WHERE entry.act_id = ANY(%s)
""".format(  # noqa: S608  # words of closed lists
    nearest=NEAREST,
    held=", ".join(_HELD.format(kind=kind, holds=_HOLDING[kind], nearest=NEAREST) for kind in AnchorKind),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A checkpoint, and those outside who hold it: all of each kind of which it is the first that covers the act."""

    checkpoint: Checkpoint
    by: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Vouch:
    """`checkpoint` is None until the next one is made; `anchored` are those that somebody holds, the earliest first.

    `doubted` stands where the checkpoint should, and no key that is trusted signed it.
    """

    index: int
    checkpoint: Checkpoint | None
    anchored: tuple[Held, ...] = ()
    doubted: Checkpoint | None = None


def vouches(act_ids: Collection[int]) -> Mapping[int, Vouch]:
    """By the act's number. Three queries."""
    with connection.cursor() as cursor:
        cursor.execute(_COVERED, [[*act_ids]])
        rows = cursor.fetchall()
    outside = {size for row in rows for sizes in row[3:] for size in sizes}
    there: dict[tuple[int, str], list[Anchor]] = defaultdict(list)
    borne_out = Anchor.objects.filter(checkpoint__in=outside, receipts__state=F("state"), state__in=_HOLDING.values())
    for anchor in borne_out:
        if anchor.state == _HOLDING.get(anchor.kind):
            there[anchor.checkpoint_id, anchor.kind].append(anchor)
    known = Checkpoint.objects.in_bulk(outside | {size for row in rows for size in row[2]})

    def first(sizes: Sequence[int]) -> Checkpoint | None:
        return next((known[size] for size in sizes if size in known and known[size].is_signed), None)

    def held(nearest: Sequence[Sequence[int]]) -> Iterator[Held]:
        firsts = [first(sizes) for sizes in nearest]
        for checkpoint in sorted({each for each in firsts if each is not None}, key=lambda each: each.size):
            kinds = [kind for kind, each in zip(AnchorKind, firsts, strict=True) if each == checkpoint]
            yield Held(checkpoint, tuple(anchor for kind in kinds for anchor in there[checkpoint.size, kind]))

    def vouch(index: int, sizes: Sequence[int], nearest: Sequence[Sequence[int]]) -> Vouch:
        checkpoint = first(sizes)
        doubted = known.get(sizes[0]) if sizes and checkpoint is None else None
        return Vouch(index, checkpoint, tuple(held(nearest)), doubted)

    return {act: vouch(index, sizes, nearest) for act, index, sizes, *nearest in rows}


@dataclass(frozen=True)
class Proof:
    """That `entry` is in the log its `checkpoint` signs: the hashes beside the way up, lowest first, and the root.

    They are none where no key that is trusted signed what stands there as the checkpoint. `holds` says whether the
    entry as it stands leads to the root that was signed. `anchored` as in a `Vouch`.
    """

    entry: Entry
    checkpoint: Checkpoint
    anchored: tuple[Held, ...]
    beside: tuple[bytes, ...]
    leaf: bytes
    holds: bool


def proof_of(entry: Entry) -> Proof | None:
    """None while no checkpoint covers it."""
    vouch = vouches([entry.act_id])[entry.act_id]
    leaf = leaf_hash(bytes(entry.content))
    checkpoint = vouch.checkpoint
    if checkpoint is None:
        return Proof(entry, vouch.doubted, vouch.anchored, (), leaf, holds=False) if vouch.doubted else None
    try:
        beside = proofs.inclusion(entry.index, checkpoint.size)
    except KeyError:
        beside = []  # of entries that are not there: then it does not hold
    root = checkpoint.root
    holds = root is not None and is_included(leaf, entry.index, checkpoint.size, beside, root)
    return Proof(entry, checkpoint, vouch.anchored, tuple(beside), leaf, holds)
