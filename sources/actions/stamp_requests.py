"""Have the time of a capture confirmed by authorities that have not done so: nobody asked, or nobody answered."""

from functools import partial
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from audit.acts import act, create_many
from audit.models import Act
from audit.stamps.authorities import targets
from audit.stamps.states import StampState
from newsroom import permits
from newsroom.models import User
from sources.actions.stamps import wake
from sources.models import Capture, CaptureStamp


def ask(*, actor: User | str, capture_id: UUID, failed: bool = True) -> int:
    """Ask every authority in the settings that has said nothing of this capture yet; how many those are.

    Also those that `failed`. Who did not answer and would be asked later is asked now; who has promised or stamped
    is left alone.
    """
    with transaction.atomic():
        capture = _locked(capture_id)
        permits.require(actor, "stamp.ask", capture)
        if not capture.wacz_digest:
            raise ValidationError(_("This capture has no file, so there is nothing to stamp."))
        there = {(each.kind, each.target): each for each in capture.stamps.select_for_update(of=("self",))}
        asked = [(target, there.get((target.kind, target.url))) for target in targets()]
        new = [CaptureStamp(capture=capture, kind=each.kind, target=each.url) for each, stamp in asked if not stamp]
        open_ones = [stamp for _target, stamp in asked if stamp and stamp.is_unanswered]
        again = [stamp for stamp in open_ones if failed and stamp.state == StampState.FAILED]
        sooner = [stamp for stamp in open_ones if stamp.state == StampState.QUEUED]
        if new or again:
            with act("stamp.ask", actor=actor, case=capture.case) as done:
                create_many(new)
                for stamp in again:
                    _begin_again(stamp, done)
        CaptureStamp.objects.filter(pk__in=[stamp.pk for stamp in sooner]).update(next_attempt_at=Now())
        woken = [*new, *again, *sooner]
        for stamp in woken:
            transaction.on_commit(partial(wake, stamp.pk), robust=True)
    return len(woken)


def _locked(capture_id: UUID) -> Capture:
    """Locked, so that of two who ask at once the second finds what the first has asked."""
    return Capture.objects.select_for_update(of=("self",), no_key=True).select_related("case").get(pk=capture_id)


def _begin_again(stamp: CaptureStamp, done: Act) -> None:
    """As if it was asked for the first time; what had come before stays in its history."""
    stamp.state, stamp.reason, stamp.detail = StampState.QUEUED, "", ""
    stamp.asked_at, stamp.attempts = done.at, 0
    stamp.next_attempt_at = Now()  # an expression, for the database's clock
    stamp.save()
