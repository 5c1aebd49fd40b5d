"""What workers are woken for. A task loads, makes one call, stops."""

from typing import Any

from celery import shared_task

from audit.acts import coming_from
from verification import looking_up, recount


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
