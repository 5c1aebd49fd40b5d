"""What workers are woken for. A task loads, makes one call, stops."""

from typing import Any

from celery import shared_task

from audit.acts import coming_from
from verification import looking_up, passage_alerts, recount, watches


@shared_task(bind=True, name="verification.recount_due")
def recount_due(self: Any) -> None:
    """Work the queue off; how far it is, the queue tells. Also the sweep: with nothing due it ends at once."""
    with coming_from(f"task {self.request.id}"):
        while recount.work_off():
            pass


@shared_task(name="verification.look_up_due")
def look_up_due() -> None:
    """Look up what is due. Also the sweep: with nothing due it ends at once."""
    while looking_up.work_off():
        pass


@shared_task(bind=True, name="verification.open_passage_alerts")
def open_passage_alerts(self: Any) -> None:
    """Work the queue of looks off. Also the sweep."""
    with coming_from(f"task {self.request.id}"):
        while passage_alerts.work_off():
            pass


@shared_task(bind=True, name="verification.keep_watches")
def keep_watches(self: Any) -> None:
    """Watch what evidence rests on, and nothing longer than that."""
    with coming_from(f"task {self.request.id}"):
        watches.keep()
