"""Have the ledger verified."""

from functools import partial

from django.db import connection, transaction

from audit import verifications
from audit.acts import act
from audit.models import RunState, VerificationRun
from newsroom import permits
from newsroom.models import User

_UNDER_WAY = (RunState.QUEUED, RunState.RUNNING)


def verify(*, actor: User) -> VerificationRun:
    """Ask for a verification. While one is under way, asking again is that one."""
    permits.require(actor, "ledger.verify")
    with transaction.atomic():
        # Two people who ask at the same moment wait for each other here, and the second finds the first one's run.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.verify'))")
        if (running := VerificationRun.objects.filter(state__in=_UNDER_WAY).first()) is not None:
            return running
        run = VerificationRun.objects.create(asked_by=actor)
        with act("ledger.verify", actor=actor):
            pass
        transaction.on_commit(partial(verifications.wake, run.pk), robust=True)
    return run
