"""Publish a claim or a case: an immutable, numbered release of what was looked at, and of nothing else."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from audit.acts import act, create_many
from audit.models import Act
from newsroom import permits
from newsroom.domain.text import NOTE
from newsroom.models import Case, User
from newsroom.typed import clean_prose
from newsroom.wording.text import isolated
from publishing.models import Inclusion, Publication
from publishing.queries import leaving
from publishing.queries.leaving import LeavingCase, LeavingClaim
from verification.actions.assignments import tell
from verification.domain.workflow import Event
from verification.models import Claim
from verification.progress import moved

FOUND = ("released_at", "released_in", "released_by", "case", "claim", "verdict")  # and not typed by anybody


def publish_claim(
    *, actor: User, claim_id: int, seen: str, number: int, address: str = "", note: str = ""
) -> Publication:
    """Release a claim with the verdict that stands. `seen` is the digest of what the editor has in front of them.

    Any release but the first is a correction, which says in its note what changed and why. Raises `Denied` for who may
    not and for a claim that cannot be published where it stands, ValidationError by field for what is missing and for
    what is out of date.
    """
    note = clean_prose(note, limit=NOTE)
    with act("claim.publish" if number == 1 else "claim.correct", actor=actor, reason=note) as done:
        claims = Claim.objects.select_for_update(of=("self",)).select_related("case__policy", "created_by")
        claim = claims.get(pk=claim_id)
        permits.require(actor, "claim.publish", claim)
        done.case = claim.case
        moved(claim, Event.PUBLISHED)  # only where a verdict stands
        found = leaving.of_claim(claim, claim.verdicts.current().get())
        require_as_seen(found, seen, number)
        released = _of_claim(found, done, actor, address, note)
        tell(claim.created_by, done, claim, actor)
    return released


def publish_case(
    *, actor: User, case_id: int, seen: str, number: int, address: str = "", note: str = ""
) -> Publication:
    """Release a case with every claim whose verdict stands; those not out with it yet are released in the same act."""
    note = clean_prose(note, limit=NOTE)
    with act("case.publish" if number == 1 else "case.correct", actor=actor, reason=note) as done:
        case = Case.objects.select_for_update(of=("self",)).prefetch_related("memberships").get(pk=case_id)
        permits.require(actor, "case.publish", case)
        done.case = case
        list(case.claims.select_for_update().order_by("pk").values_list("pk"))  # in one order, whoever else locks some
        found = leaving.of_case(case)
        require_as_seen(found, seen, number)
        if not found.kept and not found.new:
            raise permits.Denied(_("No claim of this case has a verdict that stands. Rule on one first."))
        if found.corrected and not note:
            raise ValidationError({"note": _("Say what changed and why: it stands with the correction.")})
        new = [_of_claim(each, done, actor, address, note) for each in found.new]
        for each in found.new:
            moved(each.claim, Event.PUBLISHED)
        released = _written(found, done, actor, address, note, case=case)
        create_many([Inclusion(release=released, included=each) for each in (*found.kept, *new)])
    return released


def require_as_seen(found: LeavingClaim | LeavingCase, seen: str, number: int) -> None:
    """Refuse to release what nobody looked at, or the same thing twice; what was typed stays in the form."""
    if found.latest is not None and found.latest.number >= number:
        message = _("%(name)s published it meanwhile, as release %(number)s. Look at that one before you correct it.")
        values = {"name": isolated(found.latest.released_by.name), "number": found.latest.number}
        raise ValidationError(message, code="stale", params=values)
    if found.digest != seen or found.number != number:
        message = _("What is released here changed since you opened this page. Look at it again, then send this.")
        raise ValidationError(message, code="stale")


def _of_claim(found: LeavingClaim, done: Act, actor: User, address: str, note: str) -> Publication:
    return _written(found, done, actor, address, note, case=found.claim.case, claim=found.claim, verdict=found.verdict)


def _written(
    found: LeavingClaim | LeavingCase, done: Act, actor: User, address: str, note: str, **of: Any
) -> Publication:
    release = Publication(
        number=found.number,
        content=found.content,
        digest=found.digest,
        address=address,
        note=note,
        released_by=actor,
        released_in=done.numbered(),
        **of,
    )
    release.full_clean(exclude=FOUND, validate_constraints=False)
    if release.is_correction and not release.note:
        raise ValidationError({"note": _("Say what changed and why: it stands with the correction.")})
    release.save()
    return release
