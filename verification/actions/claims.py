"""Write, edit, close and reopen a claim."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits, versions
from newsroom.models import Case, User
from newsroom.typed import clean_prose
from sources.models import Source
from verification.actions import assignments
from verification.domain.workflow import Event
from verification.models import AssignmentState, Claim, ClaimState, Risk
from verification.progress import moved, step

SETTLED = {ClaimState.DECIDED, ClaimState.PUBLISHED, ClaimState.CLOSED}


def create(
    *,
    actor: User,
    case_id: int,
    statement: str,
    language: str,
    translations: dict[str, str] | None = None,
    claimant_id: int | None = None,
    happened: str = "",
    place: str = "",
    risk: str = Risk.MEDIUM,
    key: str = "",
) -> Claim:
    with act("claim.create", actor=actor) as done:
        case = Case.objects.get(pk=case_id)
        permits.require(actor, "claim.create", case)
        done.case = case
        return write(
            Claim(case=case, created_by=actor, key=key),
            actor=actor,
            statement=statement,
            language=language,
            translations=translations or {},
            claimant_id=claimant_id,
            happened=happened,
            place=place,
            risk=risk,
        )


def edit(
    *,
    actor: User,
    claim_id: int,
    version: int,
    statement: str,
    language: str,
    translations: dict[str, str],
    claimant_id: int | None,
    happened: str,
    place: str,
    risk: str,
    reason: str = "",
) -> Claim:
    """Another statement is another claim to check: whoever settled the old one did not see it, so it opens again."""
    with act("claim.edit", actor=actor, reason=clean_prose(reason, limit=1_000)) as done:
        claim = _locked(claim_id)
        done.case = claim.case
        permits.require(actor, "claim.edit", claim)
        versions.check(claim, version)
        before = claim.statement
        claim.version += 1
        write(
            claim,
            actor=actor,
            statement=statement,
            language=language,
            translations=translations,
            claimant_id=claimant_id,
            happened=happened,
            place=place,
            risk=risk,
            event=Event.GROUND_CHANGED if _reads_otherwise(statement, before) else None,
        )
    return claim


def close(*, actor: User, claim_id: int, reason: str) -> Claim:
    """Nothing more is done about it, and nobody has it any longer. What was written and ruled stays as it is."""
    with act("claim.close", actor=actor, reason=_why(reason)) as done:
        claim = _locked(claim_id)
        done.case = claim.case
        permits.require(actor, "claim.close", claim)
        moved(claim, Event.CLOSED)
        for waiting in claim.assignments.waiting().select_related("person"):
            assignments.close(waiting, AssignmentState.CANCELLED)
            assignments.tell(waiting.person, done, claim, actor)
    return claim


def reopen(*, actor: User, claim_id: int, reason: str) -> Claim:
    """A settled claim is doubted, with a reason; its verdict stays on record."""
    with act("claim.reopen", actor=actor, reason=_why(reason)) as done:
        claim = _locked(claim_id)
        done.case = claim.case
        permits.require(actor, "claim.reopen", claim)
        if claim.state not in SETTLED:
            raise permits.Denied(_("This claim is open already."))
        return moved(claim, Event.GROUND_CHANGED)


def write(claim: Claim, *, actor: User, event: Event | None = None, **values: Any) -> Claim:
    """Fill in and save inside an act: a page's, or that of a case file being imported."""
    for name, value in values.items():
        setattr(claim, name, value)
    claim.full_clean(exclude=["search_key", "claimant", "state"])
    _require_usable_claimant(claim, actor)
    if event is not None:
        step(claim, event)
    claim.save()
    return claim


def _locked(claim_id: int) -> Claim:
    return Claim.objects.select_for_update(of=("self",)).select_related("case").get(pk=claim_id)


def _reads_otherwise(statement: str, before: str) -> bool:
    return clean_prose(statement, limit=len(statement) + 1) != before


def _require_usable_claimant(claim: Claim, actor: User) -> None:
    """What a person may not know of, or what belongs to another case, does not exist for them here either."""
    if claim.claimant_id is None:
        return
    usable = Source.objects.usable_in(claim.case)
    if not usable.visible_to(actor).filter(pk=claim.claimant_id).exists():
        raise ValidationError({"claimant": _("Choose a source of this case or of the newsroom.")})


def _why(reason: str) -> str:
    reason = clean_prose(reason, limit=1_000)
    if not reason:
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    return reason
