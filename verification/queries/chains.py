"""Chains out of the record, as values: as they stand, and as they stood at an earlier version."""

from typing import Any

from django.urls import reverse

from sources.models import Source
from sources.wording.names import name_of
from verification.domain.chains import Chain, Hop, Party
from verification.models import Basis, Evidence, Stance


def party(source: Source) -> Party:
    return Party(str(source.pk), source.kind, name_of(source), reverse("source-detail", args=[source.reference]))


def chain_of(evidence: Evidence) -> Chain:
    """Its chain as it stands. For a list, fetch `source` and `hops__source` with it."""
    hops = tuple(Hop(party(hop.source), hop.kind, hop.verified_relay) for hop in evidence.hops.all())
    return Chain(party(evidence.source), hops, said(evidence))


def chain_then(evidence: Evidence, version: int) -> Chain | None:
    """Its chain at an earlier `version`, from the row history; None where that version never was."""
    until_then = evidence.history.filter(version__lte=version)
    then = until_then.order_by("-history_id").first()
    if then is None:
        return None
    rows: dict[int, Any] = {}
    # By act, not by time or number: whoever waited for the lock began earlier than whoever held it.
    for row in _hop_rows(evidence).filter(act__in=until_then.values("act")).order_by("history_id"):
        rows[row.id] = row
    standing = sorted((row for row in rows.values() if row.history_type != "-"), key=lambda row: row.position)
    sources = Source.objects.in_bulk([then.source_id, *(row.source_id for row in standing)])
    hops = tuple(Hop(party(sources[row.source_id]), row.kind, row.verified_relay) for row in standing)
    return Chain(party(sources[then.source_id]), hops, said(then))


def _hop_rows(evidence: Evidence) -> Any:
    return evidence.hops.model.history.filter(evidence_id=evidence.pk)


def said(evidence: Any) -> str:
    """The basis, where one is asked for: what is context only need not say how its end knows."""
    unsaid = evidence.stance == Stance.CONTEXT and evidence.basis == Basis.UNKNOWN
    return "" if unsaid else str(evidence.basis)
