"""The ledger as people see it: how long it is, what was signed over it, and what was last found in it."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from audit.models import Checkpoint, Head, VerificationRun
from audit.queries.anchors import with_anchors
from audit.signing import signing_keys

PER_PAGE = 25


@dataclass(frozen=True)
class Ledger:
    """`keys` are the verifier keys to pin."""

    size: int
    keys: tuple[str, ...]
    checkpoints: "Page[Checkpoint]"
    latest: Checkpoint | None
    runs: tuple[VerificationRun, ...]


def ledger(page: str | None) -> Ledger:
    signed = Paginator(with_anchors(Checkpoint.objects.all()), PER_PAGE).get_page(page)
    return Ledger(
        size=Head.objects.values_list("size", flat=True).first() or 0,
        keys=tuple(key.verifier for key in signing_keys()),
        checkpoints=signed,
        latest=Checkpoint.objects.first(),
        runs=tuple(VerificationRun.objects.select_related("asked_by")[:5]),
    )
