"""The ledger as people see it: how long it is, what was signed over it, and what was last found in it."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from audit.models import Checkpoint, VerificationRun
from audit.queries.anchors import with_anchors
from audit.queries.signing import Standing, standing
from audit.signing import signing_keys

PER_PAGE = 25


@dataclass(frozen=True)
class Ledger:
    """`keys` are the verifier keys to pin."""

    keys: tuple[str, ...]
    checkpoints: "Page[Checkpoint]"
    standing: Standing
    runs: tuple[VerificationRun, ...]


def ledger(page: str | None) -> Ledger:
    signed = Paginator(with_anchors(Checkpoint.objects.all()), PER_PAGE).get_page(page)
    return Ledger(
        keys=tuple(key.verifier for key in signing_keys()),
        checkpoints=signed,
        standing=standing(),
        runs=tuple(VerificationRun.objects.select_related("asked_by")[:5]),
    )
