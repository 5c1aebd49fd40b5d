"""What workers are woken for. A task loads, makes one call, stops."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from celery import shared_task
from celery.signals import worker_process_shutdown

from audit import errands
from audit.acts import coming_from
from sources import capturing, copying, engines, looking, queue, stamping, turns
from sources.actions import captures, copies, looks, stamps
from sources.models import CaptureStamp, ExternalCopy

SWEEP_EVERY = timedelta(seconds=30)
# A worker that is done wakes the next one, so a sweep only has to set going those that sleep.
MOST_WOKEN = 50


@shared_task(bind=True, name="sources.make_capture")
def make_capture(self: Any) -> None:
    """Make the capture whose turn it is, and have the next one begun."""
    with coming_from(f"task {self.request.id}"):
        # A message can be delivered twice under one id, to a worker of the same name.
        begun = capturing.make_next(owner=f"{self.request.hostname}/{uuid4().hex}")
        if begun and (after := turns.until_next()) is not None:
            queue.wake(after)


@shared_task(bind=True, name="sources.sweep_captures")
def sweep_captures(self: Any) -> None:
    """Wake workers for what is due, and end what has been tried too often."""
    with coming_from(f"task {self.request.id}"):
        for _ in queue.due().filter(attempts__lt=queue.MOST_ATTEMPTS)[:MOST_WOKEN]:
            queue.wake(useful_for=SWEEP_EVERY)
        for capture_id in queue.due().filter(attempts__gte=queue.MOST_ATTEMPTS).values_list("pk", flat=True):
            captures.give_up(capture_id=capture_id)


@shared_task(bind=True, name="sources.write_look")
def write_look(self: Any, due_id: int) -> None:
    with coming_from(f"task {self.request.id}"):
        looks.write(due_id=due_id)


@shared_task(bind=True, name="sources.sweep_watches")
def sweep_watches(self: Any) -> None:
    """Write down the looks nobody came to, and ask for the pages that are due."""
    with coming_from(f"task {self.request.id}"):
        looking.write_what_is_due()
        looking.ask_for_what_is_due()


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


@worker_process_shutdown.connect
def let_the_browser_go(**_: object) -> None:
    engines.close()
