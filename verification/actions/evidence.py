"""Add a piece of evidence with its chain, correct it, withdraw it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits, versions
from newsroom.models import User
from newsroom.typed import clean_prose
from verification.actions.chain import Faults, NewSource, Step, lay, named
from verification.actions.excerpts import excerpt_at, is_bound, require_bound
from verification.domain.workflow import Event
from verification.models import Basis, Claim, Credibility, Evidence, HopKind, Stance
from verification.passages import Place
from verification.progress import moved
from verification.queries.chains import chain_of, chain_then
from verification.queries.corroboration import weigh
from verification.wording.chains import chain_sentence

LONGEST_REASON = 1_000
ENOUGH = 2


def add(*, actor: User, claim_id: int, key: str = "", place: Place | None = None, **account: Any) -> Evidence:
    """`account` is what `write` takes. Sources created in place belong to the claim's case. `place` is where the
    quotation stands in a capture of the carrier."""
    with act("evidence.add", actor=actor) as done:
        claim = _locked_claim(claim_id)
        done.case = claim.case
        permits.require(actor, "evidence.add", claim)
        evidence = Evidence(claim=claim, added_by=actor, key=key)
        if place is not None:
            evidence.excerpt = excerpt_at(
                place, actor=actor, case=claim.case, language=account.get("quotation_language", "")
            )
            account["quotation"] = account.get("quotation") or evidence.excerpt.exact
        write(evidence, actor=actor, **account)
        if place is not None:
            require_bound(evidence)
        require_confirmable(evidence)
        moved(claim, Event.EVIDENCE_ADDED)
    return evidence


def edit(*, actor: User, evidence_id: int, version: int, reason: str, **account: Any) -> Evidence:
    """Correct what was stated of it. Raises `Stale` when somebody else changed it since `version`."""
    reason = _reason(reason)
    with act("evidence.edit", actor=actor, reason=reason) as done:
        evidence = locked(evidence_id)
        done.case = evidence.case
        permits.require(actor, "evidence.edit", evidence)
        refuse_withdrawn(evidence)
        check(evidence, version)
        evidence.version += 1
        write(evidence, actor=actor, **account)
        require_confirmable(evidence)
        moved(evidence.claim, Event.GROUND_CHANGED)
    return evidence


def withdraw(*, actor: User, evidence_id: int, reason: str) -> Evidence:
    """It stands no longer, and stays on record with the reason."""
    reason = _reason(reason)
    with act("evidence.withdraw", actor=actor, reason=reason) as done:
        evidence = locked(evidence_id)
        done.case = evidence.case
        permits.require(actor, "evidence.withdraw", evidence)
        refuse_withdrawn(evidence)
        evidence.withdrawn_at, evidence.withdrawn_by, evidence.withdrawal_reason = done.at, actor, reason
        evidence.version += 1
        evidence.save()
        moved(evidence.claim, Event.GROUND_CHANGED)
    return evidence


def write(
    evidence: Evidence,
    *,
    actor: User,
    stance: str,
    source: int | NewSource | None,
    hops: Sequence[Step] = (),
    basis: str = Basis.UNKNOWN,
    attribution: str = "ON_THE_RECORD",
    credibility: int = Credibility.UNJUDGED,
    quotation: str = "",
    quotation_language: str = "ar",
    quotation_translations: dict[str, str] | None = None,
) -> Evidence:
    """Fill in and save with its chain, inside an act: a page's, or that of a case file being imported.

    An excerpt that does not hold the quotation, or is of another source, is let go.
    """
    evidence.stance, evidence.basis, evidence.attribution = stance, basis, attribution
    evidence.credibility, evidence.quotation = credibility, quotation
    evidence.quotation_language, evidence.quotation_translations = quotation_language, quotation_translations or {}
    faults = Faults()
    carrier, *above = named(faults, actor=actor, case=evidence.case, carrier=source, steps=hops)
    for position, step in enumerate(hops, start=1):
        if step.kind not in HopKind.values:
            faults.add(f"hops.{position}.kind", _("Choose how the one below has it from this source."))
    try:
        evidence.full_clean(exclude=["source", "claim", "added_by", "withdrawn_by"])
    except ValidationError as refused:
        faults.add("", refused)
    faults.raise_if_any()
    assert carrier is not None  # noqa: S101  (a fault otherwise)
    evidence.source = carrier
    if not is_bound(evidence):
        evidence.excerpt = None
    evidence.save()
    lay(evidence, [each for each in above if each is not None], hops)
    return evidence


def require_confirmable(evidence: Evidence) -> None:
    """“Confirmed by other sources” takes others: two established lines on its side of the claim, itself counted in.

    Asked once all of an act's evidence stands, so that a case file may hold its pieces in any order.
    """
    if evidence.credibility == Credibility.CONFIRMED and not may_be_confirmed(evidence.claim, evidence.stance):
        raise ValidationError(
            {
                "credibility": _(
                    "Fewer than two independent lines are established, so nothing is confirmed by others yet."
                )
            }
        )


def may_be_confirmed(claim: Claim, stance: str) -> bool:
    if stance == Stance.CONTEXT:
        return False
    result = weigh(claim).result
    side = result.supports if stance == Stance.SUPPORTS else result.contradicts
    return side.established.lower >= ENOUGH


def _locked_claim(claim_id: int) -> Claim:
    return Claim.objects.select_for_update(of=("self",)).select_related("case").get(pk=claim_id)


def locked(evidence_id: int) -> Evidence:
    """The claim is locked first, everywhere: whatever changes its evidence may also move it."""
    claim = _locked_claim(Evidence.objects.values_list("claim_id", flat=True).get(pk=evidence_id))
    evidence = Evidence.objects.select_for_update(of=("self",)).select_related("source").get(pk=evidence_id)
    evidence.claim = claim
    return evidence


def check(evidence: Evidence, version: int) -> None:
    """The version, and what changed read as people read it: the chain with its end is one thing."""
    try:
        versions.check(evidence, version)
    except versions.Stale as stale:
        before, now = chain_then(evidence, version), chain_of(evidence)
        changes = tuple(each for each in stale.changes if each.name not in {"source", "basis", "excerpt"})
        if before is not None and before != now:
            chain = versions.ChangedField("chain", _("chain"), str(chain_sentence(before)), str(chain_sentence(now)))
            changes = (chain, *changes)
        raise versions.Stale(stale.current, stale.who, stale.at, changes) from stale


def refuse_withdrawn(evidence: Evidence) -> None:
    if evidence.withdrawn_at is None:
        return
    by = evidence.withdrawn_by.name if evidence.withdrawn_by else ""
    message = _("%(name)s withdrew this already: %(reason)s") % {"name": by, "reason": evidence.withdrawal_reason}
    raise ValidationError(message, code="withdrawn")


def _reason(typed: str) -> str:
    try:
        reason = clean_prose(typed, LONGEST_REASON)
    except ValidationError as refused:
        raise ValidationError({"reason": refused}) from refused
    if not reason:
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    return reason
