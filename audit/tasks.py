from typing import Any

from celery import shared_task

from audit import checkpoints
from audit.acts import coming_from


@shared_task(bind=True, name="audit.make_checkpoint")
def make_checkpoint(self: Any) -> None:
    with coming_from(f"task {self.request.id}"):
        checkpoints.make()
