"""How the signing of the log stands: the latest checkpoint that counts, and what goes on unsigned.

A checkpoint counts where a key that is trusted signed it. Whoever may add rows to that table can put others there; they
are passed over, and named on the ledger's page and by the verifier.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from audit.domain.merkle import is_consistent
from audit.models import Checkpoint, Entry, Head
from audit.queries import proofs

AT_ONCE = 20
OVERDUE = timedelta(minutes=30)  # one is made every ten


@dataclass(frozen=True)
class Standing:
    """`latest` is the latest checkpoint that counts. `unsigned` entries are under none, the first recorded at `since`.

    `forked`: the log does not continue what was signed, so nothing more is signed. `overdue`: it does, and is not.
    """

    size: int
    latest: Checkpoint | None
    forked: bool
    unsigned: int
    since: datetime | None

    @property
    def overdue(self) -> bool:
        return not self.forked and self.since is not None and self.since < timezone.now() - OVERDUE


def standing() -> Standing:
    """For a page: of many in a row that do not count it looks at some, so that its queries do not grow."""
    head = Head.objects.first()
    size = head.size if head else 0
    beyond = _first_signed(Checkpoint.objects.filter(size__gt=size)[:AT_ONCE])
    latest = _first_signed(Checkpoint.objects.filter(size__lte=size)[:AT_ONCE])
    forked = beyond is not None or (head is not None and latest is not None and not goes_on(head, latest))
    signed = latest.size if latest else 0
    since = Entry.objects.filter(index=signed).values_list("recorded_at", flat=True).first()
    return Standing(size, latest, forked, size - signed, since)


def latest_signed() -> Checkpoint | None:
    """Of any length: one over more entries than there are says that the end of the log was cut off."""
    return next((each for each in _latest() if each.is_signed), None)


def goes_on(head: Head, latest: Checkpoint) -> bool:
    """Whether the log as it stands began with what that checkpoint says it began with."""
    return latest.root is not None and continues(latest.size, latest.root, head.size, head.peaks.root)


def continues(old: int, old_root: bytes, size: int, root: bytes) -> bool:
    if not 0 < old <= size:
        return False
    try:
        return is_consistent(old, size, proofs.consistency(old, size), old_root, root)
    except KeyError:  # of an entry that is gone
        return False


def _first_signed(checkpoints: "QuerySet[Checkpoint]") -> Checkpoint | None:
    return next((each for each in checkpoints if each.is_signed), None)


def _latest() -> Iterator[Checkpoint]:
    page = [*Checkpoint.objects.all()[:AT_ONCE]]
    while page:
        yield from page
        page = [*Checkpoint.objects.filter(size__lt=page[-1].size)[:AT_ONCE]]
