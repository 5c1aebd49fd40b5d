from typing import Any

from celery import shared_task

from audit import checkpoints, verifications
from audit.acts import coming_from


@shared_task(bind=True, name="audit.make_checkpoint")
def make_checkpoint(self: Any) -> None:
    with coming_from(f"task {self.request.id}"):
        checkpoints.make()


@shared_task(name="audit.verify_ledger")
def verify_ledger(run_id: int) -> None:
    verifications.make(run_id)


@shared_task(name="audit.sweep_verifications")
def sweep_verifications() -> None:
    verifications.sweep()
