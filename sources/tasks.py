"""What workers are woken for. A task loads, makes one call, stops."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from celery import shared_task
from celery.signals import worker_process_shutdown

from audit.acts import coming_from
from sources import capturing, engines, looking, queue, turns
from sources.actions import captures, looks

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


@worker_process_shutdown.connect
def let_the_browser_go(**_: object) -> None:
    engines.close()
