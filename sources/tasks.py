"""What workers are woken for. A task loads, makes one call, stops."""

from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import worker_process_shutdown

from audit.acts import coming_from
from sources import capturing, engines, queue
from sources.actions import captures


@shared_task(bind=True, name="sources.make_capture")
def make_capture(self: Any, capture_id: str) -> None:
    with coming_from(f"task {self.request.id}"):
        capturing.make(UUID(capture_id), owner=f"{self.request.hostname}/{self.request.id}")


@shared_task(bind=True, name="sources.sweep_captures")
def sweep_captures(self: Any) -> None:
    """Wake a worker for everything that is due, and end what has been tried too often."""
    with coming_from(f"task {self.request.id}"):
        for capture_id, attempts in queue.due().values_list("pk", "attempts").iterator():
            if attempts >= queue.MOST_ATTEMPTS:
                captures.give_up(capture_id=capture_id)
            else:
                queue.wake(capture_id)


@worker_process_shutdown.connect
def let_the_browser_go(**_: object) -> None:
    engines.close()
