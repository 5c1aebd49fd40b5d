"""Ask another archive for a copy of a captured page, or for the copies it has, and write down what it answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import acts, errands
from audit.acts import act
from audit.models import Act
from newsroom import permits
from newsroom.models import User
from sources import services
from sources.domain.copies import CopyFailure, CopyKind, CopyState
from sources.domain.details import stored
from sources.models import Capture, ExternalCopy

COPIER = "copy worker"
MOST_KEPT = 4000  # characters of an answer


@dataclass(frozen=True)
class Answered:
    """What is to be written down of an answer."""

    state: CopyState
    memento_url: str = ""
    memento_at: datetime | None = None
    known: int | None = None
    reason: str = ""
    detail: str = ""
    answer: str = ""


def ask(*, actor: User, capture_id: UUID, kind: str, aware: bool = False) -> ExternalCopy:
    """Queue the question. While the same one is under way, asking again is that one.

    Where the case is restricted, whoever asks must have said that they are `aware` that the archive learns the address.
    """
    with transaction.atomic():
        # The lock lets two people who ask at the same moment find each other's question.
        capture = Capture.objects.select_for_update(of=("self",)).select_related("case").get(pk=capture_id)
        permits.require(actor, "capture.copy", capture)
        if not capture.requested_url:
            raise ValidationError(_("This copy is of no address, so there is nothing to ask another archive for."))
        if capture.case and capture.case.restricted and not aware:
            refusal = _("This case is restricted. Say that you know that the archive learns the address.")
            raise ValidationError({"aware": refusal}, code="unaware")
        if kind == CopyKind.SAVE and not services.can_ask_for_copies():
            raise ValidationError(_("No keys of the Internet Archive are set, so it cannot be asked for a new copy."))
        same = ExternalCopy.objects.filter(capture=capture, kind=kind, state__in=[CopyState.QUEUED, CopyState.ASKED])
        if (asked := same.first()) is not None:
            return asked
        with act("capture.copy", actor=actor, case=capture.case):
            asked = ExternalCopy.objects.create(
                capture=capture, kind=CopyKind(kind), archive=settings.IA_URL, asked_by=actor
            )
            transaction.on_commit(partial(wake, asked.pk), robust=True)
    return asked


@acts.at_the_end
def ask_by_itself(act: Act, rows: Sequence[Any]) -> None:
    """Where the newsroom wants every page copied: after each capture that holds one, never in a restricted case."""
    if not (settings.IA_AUTOMATIC and services.can_ask_for_copies()):
        return
    ended = {row.id for row in rows if isinstance(row, Capture.history.model) and row.wacz_digest}
    public = Capture.objects.kept().filter(pk__in=ended, copies=None).exclude(case__restricted=True)
    made = [ExternalCopy(capture=capture, kind=CopyKind.SAVE, archive=settings.IA_URL) for capture in public]
    for asked in acts.create_many(made):
        transaction.on_commit(partial(wake, asked.pk), robust=True)


def wake(copy_id: int) -> None:
    from sources.tasks import ask_for_copy

    errands.wake(ask_for_copy, copy_id)


def began(*, copy_id: int, owner: str, job: str) -> bool:
    """They are at it, under this number, and will be asked again soon."""
    with transaction.atomic():
        copy = _held(copy_id, owner)
        if copy is None:
            return False
        with act("capture.copy_answer", actor=COPIER, case=copy.capture.case, on_behalf_of=copy.asked_by):
            copy.state, copy.job = CopyState.ASKED, job
            errands.release(copy, errands.SOON)
            copy.save()
    return True


def answered(*, copy_id: int, owner: str, answered: Answered) -> bool:
    with transaction.atomic():
        copy = _held(copy_id, owner)
        if copy is None:
            return False
        _end(copy, answered)
    return True


def give_up(*, copy_id: int) -> bool:
    """End one that was tried as often as one is tried."""
    with transaction.atomic():
        spent = errands.spent(ExternalCopy.objects.filter(pk=copy_id))
        copy = spent.select_for_update(of=("self",)).select_related("capture__case", "asked_by").first()
        if copy is None:
            return False
        _end(copy, Answered(CopyState.FAILED, reason=copy.retry_reason or CopyFailure.UNREACHABLE))
    return True


def _held(copy_id: int, owner: str) -> ExternalCopy | None:
    return errands.held(ExternalCopy.objects.select_related("capture__case", "asked_by"), copy_id, owner)


def _end(copy: ExternalCopy, answered: Answered) -> None:
    with act("capture.copy_answer", actor=COPIER, case=copy.capture.case, on_behalf_of=copy.asked_by) as recorded:
        copy.state, copy.reason, copy.detail = answered.state, answered.reason, stored(answered.detail)
        copy.memento_url, copy.memento_at, copy.known = answered.memento_url, answered.memento_at, answered.known
        copy.answer, copy.answered_at = answered.answer[:MOST_KEPT], recorded.at
        errands.end(copy)
        copy.save()
