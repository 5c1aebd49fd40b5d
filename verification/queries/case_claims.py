"""The claims of a case as a table to compare: what is filtered and in which order, one page of it at a time.

    page = Paginator(found(case, wanted), 50).get_page(1)
    rows = rows_of(page.object_list)

Four queries for a page's rows, whatever the size of the case: `verification.recount` keeps the numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Q, Subquery, Value, When

from newsroom.domain.text import search_key
from newsroom.models import Case
from verification.models import (
    Assignment,
    Claim,
    ClaimState,
    Corroboration,
    RecountDue,
    Risk,
    Verdict,
    VerdictValue,
)
from verification.models.claim import REFERENCE, ClaimQuerySet

NOBODY = "nobody"
UNVERIFIED = "none"
STANDS = ("contested", "single", "policy", "supported", "contradicted", "bare")


@dataclass(frozen=True)
class Wanted:
    """Which claims, in which order. Empty is everything; `stands` is one of `STANDS`, `sort` a key of `ORDERS`."""

    text: str = ""
    state: str = ""
    verdict: str = ""
    stands: str = ""
    risk: str = ""
    person: str = ""
    """The number of who has it, or `NOBODY`."""
    sort: str = "number"

    @property
    def narrows(self) -> bool:
        return any((self.text, self.state, self.verdict, self.stands, self.risk, self.person))


@dataclass(frozen=True)
class Row:
    """`counted` is None, or out of date, while the claim is `recounting`."""

    claim: Claim
    verdict: Verdict | None
    counted: Corroboration | None
    recounting: bool
    assignments: tuple[Assignment, ...]

    @property
    def due(self) -> Assignment | None:
        """What is due first."""
        dated = [(each.due_at, each.pk, each) for each in self.assignments if each.due_at]
        return min(dated)[2] if dated else None


def found(case: Case, wanted: Wanted) -> ClaimQuerySet:
    claims = _narrowed(Claim.objects.filter(case=case), wanted)
    key, descending = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    order = ORDERS.get(key)
    if order is None:
        return claims.order_by("pk")
    claims = claims.annotate(**order.needs)
    by = order.by.desc(nulls_last=True) if descending else order.by.asc(nulls_last=True)
    return claims.order_by(by, "pk")


def rows_of(claims: Iterable[Claim]) -> list[Row]:
    claims = list(claims)
    ids = [claim.pk for claim in claims]
    verdicts = {verdict.claim_id: verdict for verdict in Verdict.objects.current().filter(claim__in=ids)}
    counted = Corroboration.objects.in_bulk(ids)
    due = set(RecountDue.objects.filter(claim__in=ids).values_list("claim_id", flat=True))
    assignments = _assignments(ids)
    return [
        Row(
            claim=claim,
            verdict=verdicts.get(claim.pk),
            counted=counted.get(claim.pk),
            recounting=claim.pk in due or claim.pk not in counted,
            assignments=tuple(assignments.get(claim.pk, ())),
        )
        for claim in claims
    ]


@dataclass(frozen=True)
class Recounting:
    """How far the numbers of a case have been counted again."""

    due: int
    claims: int

    @property
    def counted(self) -> int:
        return self.claims - self.due


def recounting(case: Case) -> Recounting | None:
    """None where every number is up to date."""
    due = RecountDue.objects.filter(claim__case=case).aggregate(claims=Count("claim", distinct=True))["claims"]
    return Recounting(due, Claim.objects.filter(case=case).count()) if due else None


def _assignments(ids: list[int]) -> dict[int, list[Assignment]]:
    grouped: dict[int, list[Assignment]] = {}
    for assignment in Assignment.objects.waiting().filter(claim__in=ids).select_related("person"):
        grouped.setdefault(assignment.claim_id, []).append(assignment)
    return grouped


def _narrowed(claims: ClaimQuerySet, wanted: Wanted) -> ClaimQuerySet:
    if wanted.text:
        claims = _with_text(claims, wanted.text)
    if wanted.state:
        claims = claims.filter(state=wanted.state)
    if wanted.risk:
        claims = claims.filter(risk=wanted.risk)
    if wanted.verdict:
        current = Verdict.objects.current().filter(claim=OuterRef("pk"))
        unruled = wanted.verdict == UNVERIFIED
        claims = claims.filter(~Exists(current) if unruled else Exists(current.filter(value=wanted.verdict)))
    if wanted.stands:
        claims = claims.filter(_standing_as(wanted.stands))
    if wanted.person:
        waiting = Assignment.objects.waiting().filter(claim=OuterRef("pk"))
        nobody = wanted.person == NOBODY
        claims = claims.filter(~Exists(waiting) if nobody else Exists(waiting.filter(person=int(wanted.person))))
    return claims


def _with_text(claims: ClaimQuerySet, text: str) -> ClaimQuerySet:
    """Every word of it, spelling folded, in any order; or the claim of that number."""
    if REFERENCE.match(text.strip()):
        return claims.by_reference(text.strip())
    for word in search_key(text).split():
        claims = claims.filter(search_key__contains=word)
    return claims


def _standing_as(stands: str) -> Q:
    supported, contradicted = Q(corroboration__lines__gt=0), Q(corroboration__against_lines__gt=0)
    return {
        "contested": Q(corroboration__contested=True),
        "single": Q(corroboration__single_source=True) & supported,
        "policy": ~Q(corroboration__policy_met=True),
        "supported": supported & ~contradicted,
        "contradicted": contradicted & ~supported,
        "bare": ~supported & ~contradicted,
    }[stands]


@dataclass(frozen=True)
class Order:
    """What to order by, and the annotations it needs."""

    by: Any
    needs: Mapping[str, Any] = field(default_factory=dict)


def _place_in(names: Iterable[str], path: Any) -> models.Case:
    """Closed lists are ordered as they stand, not by the alphabet of their codes."""
    places = [When(**{path: name}, then=Value(place)) for place, name in enumerate(names)]
    return models.Case(*places, default=None, output_field=IntegerField())


def _pair(side: str) -> Any:
    """By what is established, then by what is possible."""
    established, possible = F(f"corroboration__{side}established"), F(f"corroboration__{side}possible")
    return established * 100_000 + possible


def _waiting() -> Any:
    return Assignment.objects.waiting().filter(claim=OuterRef("pk")).order_by().values("claim")


ORDERS: dict[str, Order] = {
    "number": Order(F("pk")),
    "state": Order(_place_in(ClaimState.values, "state")),
    "risk": Order(_place_in(reversed(Risk.values), "risk")),
    "verdict": Order(
        _place_in(VerdictValue.values, "ruling"),
        {"ruling": Subquery(Verdict.objects.current().filter(claim=OuterRef("pk")).values("value")[:1])},
    ),
    "for": Order(F("pair_for"), {"pair_for": _pair("")}),
    "against": Order(F("pair_against"), {"pair_against": _pair("against_")}),
    "due": Order(F("first_due"), {"first_due": Subquery(_waiting().annotate(first=Min("due_at")).values("first"))}),
}
