"""What vouches for acts: the place of each in the ledger, and the first signed checkpoint that covers it.

vouched = vouches([act.pk for act in page])
vouched[act.pk].index, vouched[act.pk].checkpoint
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from audit.domain.merkle import is_included, leaf_hash
from audit.models import Checkpoint, Entry
from audit.queries import proofs


@dataclass(frozen=True)
class Vouch:
    """`checkpoint` is None until the next one is made."""

    index: int
    recorded_at: datetime
    checkpoint: Checkpoint | None


def vouches(act_ids: Collection[int]) -> Mapping[int, Vouch]:
    """By the act's number, each checkpoint with its anchors. Three queries."""
    covering = Checkpoint.objects.filter(size__gt=OuterRef("index")).order_by("size").values("size")[:1]
    entries = Entry.objects.filter(act__in=act_ids).annotate(covered_by=Subquery(covering))
    rows = list(entries.values_list("act_id", "index", "recorded_at", "covered_by"))
    checkpoints = Checkpoint.objects.prefetch_related("anchors").in_bulk(
        {size for *_, size in rows if size is not None}
    )
    return {act: Vouch(index, at, checkpoints.get(size)) for act, index, at, size in rows}


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
