"""Say who stands behind a source and what a work was made from; check it, dispute it, take it back.

A circle of derivations is recorded like any other: two outlets that quote each other are a finding, not a mistake.
"""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits, versions
from newsroom.models import User
from sources.actions.reasons import clean_reason
from sources.models import Affiliation, AffiliationKind, Derivation, Source, Standing

R = TypeVar("R", Affiliation, Derivation)


def affiliate(
    *,
    actor: User,
    source_id: int,
    controller_id: int,
    kind: str = AffiliationKind.CONTROLLED_BY,
    basis: str = "",
) -> Affiliation:
    with act("source.affiliate", actor=actor, reason=basis) as done:
        affiliation = write_affiliation(
            actor=actor, source_id=source_id, controller_id=controller_id, kind=kind, basis=basis
        )
        done.case = affiliation.case
    return affiliation


def write_affiliation(*, actor: User, source_id: int, controller_id: int, kind: str, basis: str) -> Affiliation:
    """The row of a new affiliation, inside an act that is under way."""
    source, controller = _pair(actor, source_id, controller_id, "controller")
    affiliation = Affiliation(source=source, controller=controller, kind=kind, basis=basis, asserted_by=actor)
    permits.require(actor, "source.relate", affiliation)
    if Affiliation.objects.standing().filter(source=source, controller=controller).exists():
        raise ValidationError({"controller": _("That these two are affiliated is on record already.")})
    affiliation.full_clean()
    affiliation.save()
    return affiliation


def derive(
    *,
    actor: User,
    downstream_id: int,
    upstream_id: int,
    kind: str,
    basis: str = "",
    verified_relay: bool = False,
) -> Derivation:
    """Record that the whole of one work relies on the whole of another."""
    with act("source.derive", actor=actor, reason=basis) as done:
        derivation = write_derivation(
            actor=actor,
            downstream_id=downstream_id,
            upstream_id=upstream_id,
            kind=kind,
            basis=basis,
            verified_relay=verified_relay,
        )
        done.case = derivation.case
    return derivation


def write_derivation(
    *, actor: User, downstream_id: int, upstream_id: int, kind: str, basis: str, verified_relay: bool
) -> Derivation:
    """The row of a new derivation, inside an act that is under way."""
    downstream, upstream = _pair(actor, downstream_id, upstream_id, "upstream")
    derivation = Derivation(
        downstream=downstream,
        upstream=upstream,
        kind=kind,
        basis=basis,
        verified_relay=verified_relay,
        asserted_by=actor,
    )
    permits.require(actor, "source.relate", derivation)
    if Derivation.objects.standing().filter(downstream=downstream, upstream=upstream, kind=kind).exists():
        raise ValidationError({"upstream": _("That this work derives from that one in this way is on record already.")})
    derivation.full_clean()
    derivation.save()
    return derivation


def mark_relay(*, actor: User, derivation_id: int, version: int, verified: bool, reason: str) -> Derivation:
    """Say that the work was checked against what it carries, or that it was not; `reason` is what was compared."""
    reason = clean_reason(reason)
    with act("derivation.relay", actor=actor, reason=reason) as done:
        derivation = _locked(Derivation, actor, derivation_id, version)
        derivation.verified_relay = verified
        _save(derivation)
        done.case = derivation.case
    return derivation


def set_affiliation_standing(
    *, actor: User, affiliation_id: int, version: int, standing: str, reason: str
) -> Affiliation:
    return _set_standing(Affiliation, "affiliation.standing", actor, affiliation_id, version, standing, reason)


def set_derivation_standing(*, actor: User, derivation_id: int, version: int, standing: str, reason: str) -> Derivation:
    return _set_standing(Derivation, "derivation.standing", actor, derivation_id, version, standing, reason)


def _set_standing(model: type[R], name: str, actor: User, pk: int, version: int, standing: str, reason: str) -> R:
    """Disputed ones count on and are marked. What was withdrawn stays so: whoever knows better records it anew."""
    reason = clean_reason(reason)
    with act(name, actor=actor, reason=reason) as done:
        relation = _locked(model, actor, pk, version)
        if relation.standing == Standing.WITHDRAWN:
            raise ValidationError(_("This was withdrawn. Record it anew if it holds after all."))
        relation.standing, relation.standing_reason = standing, reason
        _save(relation)
        done.case = relation.case
    return relation


def _locked(model: type[R], actor: User, pk: int, version: int) -> R:
    relation = model._default_manager.select_for_update().get(pk=pk)
    permits.require(actor, "source.relate", relation)
    versions.check(relation, version)
    return relation


def _save(relation: models.Model) -> None:
    relation.version += 1  # type: ignore[attr-defined]
    relation.full_clean()
    relation.save()


def _pair(actor: User, lower_id: int, upper_id: int, field: str) -> tuple[Source, Source]:
    """Both sources, locked in one order; what is wrong with the upper one is said at `field`."""
    if lower_id == upper_id:
        raise ValidationError({field: _("A source cannot stand behind itself. Choose another one.")})
    both = Source.objects.visible_to(actor).locked().filter(pk__in=[lower_id, upper_id]).order_by("pk")
    found = {source.pk: source for source in both}
    if (lower := found.get(lower_id)) is None:
        raise Source.DoesNotExist
    upper = found.get(upper_id)
    if upper is None or len({lower.case_id, upper.case_id} - {None}) > 1:
        raise ValidationError({field: _("Choose among the sources that can be used here.")})
    return lower, upper
