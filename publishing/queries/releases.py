"""Releases as pages show them: each with what vouches for it in the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from audit.queries.vouched import Vouch, vouches
from newsroom.models import Case
from publishing.models import Inclusion, Publication
from publishing.models.publication import PublicationQuerySet
from verification.models import Claim, ClaimState


@dataclass(frozen=True)
class Shown:
    """`vouch.index` is the moment of the release, by which the claim or the case is found as it stood then."""

    release: Publication
    vouch: Vouch


def shown(releases: Iterable[Publication]) -> list[Shown]:
    """In their order. Three queries."""
    releases = list(releases)
    if not releases:
        return []
    vouched = vouches([each.released_in_id for each in releases])
    return [Shown(each, vouched[each.released_in_id]) for each in releases]


def of_claim(claim: Claim) -> PublicationQuerySet:
    """Latest first."""
    found: PublicationQuerySet = Publication.objects.filter(claim=claim)
    return found.select_related("released_by", "verdict__ruled_by").order_by("-number")


def in_case(case: Case) -> PublicationQuerySet:
    """Those of the case and of its claims, latest first."""
    found: PublicationQuerySet = Publication.objects.filter(case=case)
    return found.select_related("released_by", "verdict").order_by("-pk")


def of_case(case: Case) -> PublicationQuerySet:
    """Those of the case as a whole, latest first."""
    found: PublicationQuerySet = Publication.objects.of_cases().filter(case=case)
    return found.select_related("released_by").order_by("-number")


def held_by(release: Publication) -> QuerySet[Inclusion]:
    """The releases of claims that a release of their case holds, in the order of the claims' numbers."""
    held = release.inclusions.select_related("included__claim", "included__verdict", "included__case")
    return held.order_by("included__claim_id")


def holding(release: Publication) -> QuerySet[Inclusion]:
    """The releases of the case that hold this release of a claim, latest first."""
    return release.included_in.select_related("release__case").order_by("-release")


def no_longer_so(releases: PublicationQuerySet) -> PublicationQuerySet:
    """The latest of each claim that does not stand as it was released: opened again, ruled on again, closed."""
    newest = releases.exclude(claim=None).order_by("claim_id", "-number").distinct("claim_id").values("pk")
    return releases.filter(pk__in=newest).exclude(claim__state=ClaimState.PUBLISHED).order_by("-pk")
