"""Who is looked at when: pages that are due are asked for, and captures that have ended are read for what they say.

Listens at the end of every act, so that every capture of a watched page is a look, whoever asked for it.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from kombu.exceptions import OperationalError

from audit import acts
from audit.models import Act
from sources.actions import looks
from sources.domain.captures import CaptureState
from sources.models import Capture, LookDue, Watch

PER_SWEEP = 60
PER_HOST = 4
"""What one sweep, every two minutes, asks for at most, in all and of one host."""
WEIGHED = 1_000

ENDED = (CaptureState.SUCCEEDED, CaptureState.PARTIAL, CaptureState.FAILED)

log = logging.getLogger(__name__)


@acts.at_the_end
def capture_ended(act: Act, rows: Sequence[Any]) -> None:
    """Note that there is a look to write down, in the act that ended the capture: it cannot be lost between the two."""
    ended = [row.id for row in rows if row.instance_type is Capture and row.history_type == "~" and row.state in ENDED]
    if not ended:
        return
    of_watched = Capture.objects.filter(pk__in=ended, canonical_url=F("source__watches__canonical_url"))
    for capture in of_watched.distinct():
        watches = Watch.objects.active().filter(source=capture.source, canonical_url=capture.canonical_url)
        looks.note(watches.values_list("pk", flat=True), capture)
        transaction.on_commit(partial(wake, capture))


def wake(capture: Capture) -> None:
    """Tell a worker. A broker that is down loses nothing: the sweep tells again."""
    from sources.tasks import write_look

    try:
        for due in LookDue.objects.filter(capture=capture):
            write_look.delay(due.pk)
    except OperationalError:
        log.warning("The broker is down; the sweep will have looks written down when it is back.")


def write_what_is_due() -> int:
    """Write down every look that waits, oldest first; how many there were."""
    due = LookDue.objects.values_list("pk", flat=True)[:WEIGHED]
    return sum(looks.write(due_id=pk) for pk in list(due))


def ask_for_what_is_due() -> int:
    """Ask for the pages that have waited longest, a few of each host; how many. The rest is for the next sweep."""
    hosts: Counter[str | None] = Counter()
    asked = 0
    for pk, url in Watch.objects.due().order_by("next_look_at").values_list("pk", "canonical_url")[:WEIGHED]:
        host = urlsplit(url).hostname
        if hosts[host] < PER_HOST and asked < PER_SWEEP and looks.ask(watch_id=pk):
            hosts[host] += 1
            asked += 1
    return asked
