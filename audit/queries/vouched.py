"""What vouches for acts: the place of each in the ledger, and the first signed checkpoint that covers it.

vouched = vouches([act.pk for act in page])
vouched[act.pk].index, vouched[act.pk].checkpoint
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import connection

from audit.domain.merkle import is_included, leaf_hash
from audit.models import Checkpoint, Entry
from audit.queries import proofs

_COVERED = """
SELECT act_id, index, (SELECT size FROM audit_checkpoint WHERE size > index ORDER BY size LIMIT 1)
  FROM audit_entry WHERE act_id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Vouch:
    """`checkpoint` is None until the next one is made."""

    index: int
    checkpoint: Checkpoint | None


def vouches(act_ids: Collection[int]) -> Mapping[int, Vouch]:
    """By the act's number, each checkpoint with its anchors. Three queries."""
    with connection.cursor() as cursor:
        cursor.execute(_COVERED, [[*act_ids]])
        rows = cursor.fetchall()
    sizes = {size for *_, size in rows if size is not None}
    checkpoints = Checkpoint.objects.prefetch_related("anchors").in_bulk(sizes)
    return {act: Vouch(index, checkpoints.get(size)) for act, index, size in rows}


@dataclass(frozen=True)
class Proof:
    """That `entry` is in the log its `checkpoint` signs: the hashes beside the way up, lowest first, and the root.

    `holds` says whether the entry as it stands leads to the root that was signed.
    """

    entry: Entry
    checkpoint: Checkpoint
    beside: tuple[bytes, ...]
    leaf: bytes
    holds: bool


def proof_of(entry: Entry) -> Proof | None:
    """None while no checkpoint covers it."""
    checkpoint = Checkpoint.objects.filter(size__gt=entry.index).order_by("size").first()
    if checkpoint is None:
        return None
    beside = proofs.inclusion(entry.index, checkpoint.size)
    leaf = leaf_hash(bytes(entry.content))
    holds = is_included(leaf, entry.index, checkpoint.size, beside, checkpoint.root)
    return Proof(entry, checkpoint, tuple(beside), leaf, holds)
