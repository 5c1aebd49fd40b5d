"""Signs the log at its present length, so that outsiders can hold us to it.

On a schedule, and after each act that somebody named an occasion: a ruling, a publication. Nothing is signed that does
not continue what was signed before, here and at every plain place outside that can be read. What stands among the
checkpoints and was signed by no key that is trusted is not ours and hinders nothing: it is passed over, and where it
takes up the place of one, a shorter one is signed beside it.
"""

import logging
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import connection, transaction

from audit import acts, anchoring, elsewhere
from audit.domain.notes import Checkpoint as Statement
from audit.domain.notes import signed
from audit.models import Act, Checkpoint, Head, LedgerKey
from audit.queries import proofs
from audit.queries.signing import continues, goes_on, latest_signed
from audit.signing import SigningKey, signing_keys

LEDGER = "ledger"
log = logging.getLogger(__name__)
_occasions: set[str] = set()


class Forked(Exception):
    """The log no longer begins with what an earlier checkpoint says it began with. Nothing was signed."""


def occasion(*names: str) -> None:
    """Have a checkpoint made after each act of these names."""
    _occasions.update(names)


@acts.at_the_end
def act_ended(act: Act, rows: Sequence[Any]) -> None:
    if act.name in _occasions:
        # The ruling stands whether or not it could be signed just now: the schedule signs it later.
        transaction.on_commit(partial(make, act.name), robust=True)


def make(occasion: str = "") -> Checkpoint | None:
    """The checkpoint of the log as it is now, made unless there is one. None while there is nothing to sign.

    Where somebody else's stands in its place, the latest that could be made. Raises `Forked`.
    """
    keys = signing_keys()
    _keep_keys(keys)
    # In this order: of two that sign at once, neither finds a checkpoint over more than the head it knows of.
    outside, latest = elsewhere.newest(), latest_signed()
    head = Head.objects.get()
    if not head.size or not keys:
        return None
    if latest is not None and latest.size == head.size:
        return latest
    if latest is not None and not goes_on(head, latest):
        raise Forked(f"The log of {head.size} entries does not continue the checkpoint over {latest.size}.")
    for each in outside:
        if not continues(each.size, each.root, head.size, head.peaks.root):
            raise Forked(f"The log of {head.size} entries does not continue the {each.size} that lie outside.")
    size = _length(latest.size if latest else 0, head.size)
    if size is None:
        return latest
    root = head.peaks.root if size == head.size else proofs.root_of(size)
    if not continues(size, root, head.size, head.peaks.root):
        raise Forked(f"The log of {head.size} entries does not go on from its first {size}.")
    note = signed(Statement(keys[0].name, size, root), [(each.name, each.public, each.sign) for each in keys])
    made, _ = Checkpoint.objects.get_or_create(size=size, defaults={"note": note.text, "occasion": occasion})
    if not made.is_signed:
        return latest  # somebody was faster who has no key
    anchoring.plan(made)
    return made


def _length(signed: int, size: int) -> int | None:
    """The longest, above what is signed, under which nothing stands yet. What stands there is signed by no trusted key,
    or it were the latest."""
    taken = {*Checkpoint.objects.filter(size__gt=signed, size__lte=size).values_list("size", flat=True)}
    if taken:
        log.error("Checkpoints over %s entries are signed by no key that is trusted.", [*sorted(taken)][:20])
    return next((each for each in range(size, signed, -1) if each not in taken), None)


def _keep_keys(keys: Sequence[SigningKey]) -> None:
    """On record: which keys sign, from when, and until when."""
    present = {key.public: key for key in keys}
    if _in_use() == {*present}:
        return
    with transaction.atomic():
        with connection.cursor() as cursor:  # of two that sign at once, the second finds what the first wrote
            cursor.execute("LOCK TABLE audit_ledgerkey IN SHARE ROW EXCLUSIVE MODE")
        known = {bytes(each.public_key): each for each in LedgerKey.objects.all()}
        for public, key in present.items():
            if public not in known:
                with acts.act("ledger.key", actor=LEDGER, reason=key.verifier):
                    LedgerKey.objects.create(name=key.name, public_key=public)
        for public, each in known.items():
            if each.retired == (public in present):
                with acts.act("ledger.key_retired" if public not in present else "ledger.key", actor=LEDGER):
                    each.retired = public not in present
                    each.save()


def _in_use() -> set[bytes]:
    return {bytes(public) for public in LedgerKey.objects.filter(retired=False).values_list("public_key", flat=True)}
