"""What would be released now: what the page shows before it asks, and what the act writes, found in the same way.

leaving = of_claim(claim)         # None while no verdict stands
leaving.number, leaving.digest
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from newsroom.models import Case
from publishing import content
from publishing.content import Content, Part
from publishing.models import Publication
from verification.ground import ground_of, grounds_of
from verification.models import Claim, ClaimState, Verdict
from verification.queries.corroboration import Weighed, weigh, weigh_all
from verification.queries.leaning import on_copies_made_elsewhere

RELEASABLE = (ClaimState.DECIDED, ClaimState.PUBLISHED)


@dataclass(frozen=True)
class LeavingClaim:
    """`latest` is the release that stands now; None before the first. `made_elsewhere` is as in `content.of_claim`."""

    claim: Claim
    verdict: Verdict
    weighed: Weighed
    ground: str
    made_elsewhere: int
    latest: Publication | None

    @property
    def number(self) -> int:
        return self.latest.number + 1 if self.latest else 1

    @property
    def corrects(self) -> bool:
        return self.latest is not None

    @cached_property
    def content(self) -> Content:
        return content.of_claim(self.claim, self.verdict, self.weighed, self.ground, self.made_elsewhere)

    @cached_property
    def digest(self) -> str:
        return content.digest_of(self.content)


@dataclass(frozen=True)
class LeavingCase:
    """A case with every claim whose verdict stands: `kept` are out with that verdict already, `new` are not."""

    case: Case
    latest: Publication | None
    kept: tuple[Publication, ...]
    new: tuple[LeavingClaim, ...]

    @property
    def number(self) -> int:
        return self.latest.number + 1 if self.latest else 1

    @property
    def corrects(self) -> bool:
        """Also where it is the first of the case and corrects what was released of one of its claims."""
        return self.latest is not None or any(each.corrects for each in self.new)

    @property
    def corrected(self) -> list[LeavingClaim]:
        return [each for each in self.new if each.corrects]

    @cached_property
    def content(self) -> Content:
        parts = [
            *(Part(str(each.content["claim"]), each.number, each.digest) for each in self.kept),
            *(Part(each.claim.reference, each.number, each.digest) for each in self.new),
        ]
        return content.of_case(self.case, sorted(parts))

    @cached_property
    def digest(self) -> str:
        return content.digest_of(self.content)


def standing_verdict(claim: Claim) -> Verdict | None:
    return claim.verdicts.current().select_related("ruled_by").first()


def of_claim(claim: Claim, verdict: Verdict) -> LeavingClaim:
    latest = claim.publications.select_related("released_by").order_by("-number").first()
    leaning = on_copies_made_elsewhere([claim])[claim.pk]
    return LeavingClaim(claim, verdict, weigh(claim), ground_of(claim), leaning, latest)


def of_case(case: Case) -> LeavingCase:
    """A fixed number of queries."""
    claims = list(releasable(case))
    keys = [claim.pk for claim in claims]
    current = Verdict.objects.current().select_related("ruled_by").filter(claim__in=keys)
    verdicts = {verdict.claim_id: verdict for verdict in current}
    newest = Publication.objects.filter(claim__in=keys).order_by("claim_id", "-number").distinct("claim_id")
    latest = {release.claim_id: release for release in newest}
    fresh = [each for each in claims if each.pk in verdicts and not _is_out(latest.get(each.pk), verdicts[each.pk])]
    weighed, grounds, leaning = weigh_all(fresh), grounds_of(fresh), on_copies_made_elsewhere(fresh)
    return LeavingCase(
        case=case,
        latest=case.publications.of_cases().select_related("released_by").order_by("-number").first(),
        kept=tuple(release for pk, release in latest.items() if pk in verdicts and _is_out(release, verdicts[pk])),
        new=tuple(
            LeavingClaim(
                claim, verdicts[claim.pk], weighed[claim.pk], grounds[claim.pk], leaning[claim.pk], latest.get(claim.pk)
            )
            for claim in fresh
        ),
    )


def releasable(case: Case) -> QuerySet[Claim]:
    return case.claims.filter(state__in=RELEASABLE).order_by("pk")


def _is_out(release: Publication | None, verdict: Verdict) -> bool:
    return release is not None and release.verdict_id == verdict.pk
