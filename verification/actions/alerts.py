"""Close an alert: somebody looked again, and says what came of it."""

from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits
from newsroom.models import User
from newsroom.typed import clean_prose
from verification.models import Alert, Claim

LONGEST = 2_000


def close(*, actor: User, alert_id: int, resolution: str) -> Alert:
    resolution = _resolution(resolution)
    with act("alert.close", actor=actor, reason=resolution) as done:
        claim_id = Alert.objects.values_list("claim_id", flat=True).get(pk=alert_id)
        claim = Claim.objects.select_for_update(of=("self",)).select_related("case").get(pk=claim_id)
        alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert_id)
        permits.require(actor, "alert.close", claim)
        done.case = claim.case
        if alert.closed_at is not None:
            raise ValidationError(_("Somebody closed this meanwhile: %(words)s") % {"words": alert.resolution})
        # Read, not computed by the UPDATE: the history row is copied from memory.
        alert.closed_at = Alert.objects.annotate(now=Now()).values_list("now", flat=True).get(pk=alert_id)
        alert.closed_by, alert.resolution = actor, resolution
        alert.save()
    return alert


def _resolution(typed: str) -> str:
    try:
        resolution = clean_prose(typed, limit=LONGEST)
    except ValidationError as refused:
        raise ValidationError({"resolution": refused}) from refused
    if not resolution:
        raise ValidationError({"resolution": _("Say what came of looking again: it stays on record.")})
    return resolution
