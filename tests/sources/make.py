"""Sources and what is asserted of them, made the way the product makes them."""

from typing import Any

from newsroom.models import Case
from sources.actions import assessments, relations, sources
from sources.models import (
    Affiliation,
    Derivation,
    DerivationKind,
    Reliability,
    Source,
    SourceAssessment,
    SourceKind,
)
from tests.cast import Cast


def source(cast: Cast, case: Case | None = None, name: str = "ميدل إيست آي", **facts: Any) -> Source:
    """A source of `case`, or of the newsroom. Amal adds it."""
    facts = {"actor": cast.amal, "kind": SourceKind.ARTICLE, "language": "ar", **facts}
    return sources.create(case_id=case.pk if case else None, name=name, **facts)


def assessment(cast: Cast, source: Source, reliability: str = Reliability.B, **facts: Any) -> SourceAssessment:
    facts = {"actor": cast.amal, "reason": "It was right before.", **facts}
    return assessments.assess(source_id=source.pk, reliability=reliability, **facts)


def affiliation(cast: Cast, source: Source, controller: Source, **facts: Any) -> Affiliation:
    facts = {"actor": cast.amal, "basis": "Its masthead says so.", **facts}
    return relations.affiliate(source_id=source.pk, controller_id=controller.pk, **facts)


def derivation(
    cast: Cast, downstream: Source, upstream: Source, kind: str = DerivationKind.TRANSLATES, **facts: Any
) -> Derivation:
    facts = {"actor": cast.amal, "basis": "Its last line names the original.", **facts}
    return relations.derive(downstream_id=downstream.pk, upstream_id=upstream.pk, kind=kind, **facts)
