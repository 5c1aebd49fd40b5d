"""Looks quotations up in the captures of their carriers, and keeps what was found for the pages.

Whatever was written or captured, what is due is read off the rows themselves, so nothing can be forgotten; an act that
wrote either only wakes a worker. The search takes no lock: what changes meanwhile is due again.
"""

import logging
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from django.db import transaction
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from audit import acts
from audit.models import Act
from sources.domain.passages import Found, How, Page, TextQuoteSelector
from sources.models import Capture, CapturedText
from verification.models import Evidence, Likeness, Lookup
from verification.queries.copies import to_be_looked_up

BATCH = 20
LIKENESS: Final = {How.EXACTLY: Likeness.EXACTLY, How.FOLDED: Likeness.FOLDED, How.NEARLY: Likeness.NEARLY}

log = logging.getLogger(__name__)


@acts.at_the_end
def act_ended(act: Act, rows: Sequence[Any]) -> None:
    if any(row.instance_type in {Evidence, Capture} for row in rows):
        transaction.on_commit(wake)


def wake() -> None:
    """Tell a worker. A broker that is down loses nothing: the sweep tells again."""
    from verification.tasks import look_up_due

    try:
        look_up_due.delay()
    except OperationalError:
        log.warning("The broker is down; the sweep will have quotations looked up when it is back.")


def work_off() -> int:
    """Look a batch up, capture by capture; how many quotations it was."""
    due = list(to_be_looked_up()[:BATCH])
    found: list[Lookup] = []
    for copy, quoting in groupby(due, key=attrgetter("copy")):
        page = Page(CapturedText.objects.values_list("text", flat=True).get(pk=copy))
        found += [_look_up(evidence, copy, page) for evidence in quoting]
    Lookup.objects.bulk_create(
        found,
        update_conflicts=True,
        unique_fields=["evidence"],
        update_fields=["version", "capture", "likeness", "start", "end", "looked_at"],
    )
    return len(found)


def _look_up(evidence: Evidence, copy: Any, page: Page) -> Lookup:
    found = page.find(TextQuoteSelector(evidence.quotation.strip()))
    return Lookup(
        evidence=evidence,
        version=evidence.version,
        capture_id=copy,
        likeness=_likeness(found) if found else Likeness.ABSENT,
        start=found.start if found else None,
        end=found.end if found else None,
        looked_at=Now(),
    )


def _likeness(found: Found) -> Likeness:
    return Likeness.STRUCK if found.is_struck else LIKENESS[found.how]
