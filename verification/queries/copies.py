"""The captures of a carrier in which a quotation can be looked up: with a text, and of the case or the newsroom."""

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sources.models import Capture
from sources.models.capture import CaptureQuerySet
from verification.models import Evidence

SHOWN = 20


def copies_of(evidence: Evidence) -> CaptureQuerySet:
    """Of its carrier, latest first."""
    theirs = Q(case=None) | Q(case=evidence.claim.case_id)
    return _with_text(Capture.objects.filter(theirs, source=evidence.source_id))


def to_be_looked_up() -> "QuerySet[Any]":
    """Standing evidence that is bound to nothing and was not yet looked up, as it stands, in the latest `copy`; that of
    one copy together."""
    theirs = Q(case=None) | Q(case=OuterRef("claim__case"))
    latest = _with_text(Capture.objects.filter(theirs, source=OuterRef("source"))).values("pk")[:1]
    unbound = Evidence.objects.standing().filter(excerpt=None).exclude(quotation="")
    captured = unbound.annotate(copy=Subquery(latest)).exclude(copy=None)
    return captured.exclude(lookup__capture=F("copy"), lookup__version=F("version")).order_by("copy", "pk")


def _with_text(captures: CaptureQuerySet) -> CaptureQuerySet:
    return (
        captures.kept()
        .exclude(extracted=None)
        .select_related("upload", "requested_by")
        .order_by(Coalesce("captured_at", "requested_at").desc(), "-requested_at")
    )
