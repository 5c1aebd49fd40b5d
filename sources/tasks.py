"""What workers are woken for. A task loads, makes one call, stops."""

from typing import Any
from uuid import UUID, uuid4

from celery import shared_task

from audit import errands
from audit.acts import coming_from
from sources import capturing, copying, queue, stamping
from sources.actions import captures, copies, stamps
from sources.models import CaptureStamp, ExternalCopy


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


@shared_task(bind=True, name="sources.stamp_capture")
def stamp_capture(self: Any, stamp_id: str) -> None:
    with coming_from(f"task {self.request.id}"):
        stamping.make(int(stamp_id), owner=f"{self.request.hostname}/{uuid4().hex}")


@shared_task(bind=True, name="sources.ask_for_copy")
def ask_for_copy(self: Any, copy_id: str) -> None:
    with coming_from(f"task {self.request.id}"):
        copying.make(int(copy_id), owner=f"{self.request.hostname}/{uuid4().hex}")


@shared_task(bind=True, name="sources.sweep_errands")
def sweep_errands(self: Any) -> None:
    """Wake a worker for every question to the outside that is due, and end what has been tried too often."""
    with coming_from(f"task {self.request.id}"):
        for stamp_id, attempts in errands.due(CaptureStamp.objects.all()).values_list("pk", "attempts").iterator():
            stamps.give_up(stamp_id=stamp_id) if attempts >= errands.MOST_ATTEMPTS else stamps.wake(stamp_id)
        for copy_id, attempts in errands.due(ExternalCopy.objects.all()).values_list("pk", "attempts").iterator():
            copies.give_up(copy_id=copy_id) if attempts >= errands.MOST_ATTEMPTS else copies.wake(copy_id)
