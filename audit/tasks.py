from typing import Any
from uuid import uuid4

from celery import shared_task

from audit import anchoring, checkpoints, errands, verifications
from audit.acts import coming_from
from audit.models import Anchor
from audit.queries.signing import latest_signed


@shared_task(bind=True, name="audit.make_checkpoint")
def make_checkpoint(self: Any) -> None:
    with coming_from(f"task {self.request.id}"):
        checkpoints.make()


@shared_task(bind=True, name="audit.anchor_outside")
def anchor_outside(self: Any, anchor_id: str) -> None:
    """To a service: for workers that may talk to the outside."""
    anchoring.make(int(anchor_id), owner=f"{self.request.hostname}/{uuid4().hex}")


@shared_task(bind=True, name="audit.anchor")
def anchor(self: Any, anchor_id: str) -> None:
    """To a disk or a mail server."""
    anchoring.make(int(anchor_id), owner=f"{self.request.hostname}/{uuid4().hex}")


@shared_task(bind=True, name="audit.sweep_anchors")
def sweep_anchors(self: Any) -> None:
    """Plan what was not planned, wake a worker for what is due, and end what has been tried too often."""
    if (latest := latest_signed()) is not None:
        anchoring.plan(latest)
    for anchor_id, kind, attempts in errands.due(Anchor.objects.all()).values_list("pk", "kind", "attempts"):
        anchoring.give_up(anchor_id) if attempts >= errands.MOST_ATTEMPTS else anchoring.wake(anchor_id, kind)


@shared_task(name="audit.verify_ledger")
def verify_ledger(run_id: int) -> None:
    verifications.make(run_id)


@shared_task(name="audit.sweep_verifications")
def sweep_verifications() -> None:
    verifications.sweep()
