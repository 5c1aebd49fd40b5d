"""Whether a claim meets its case's policy: the facts, counted from the record, against the rules, line by line."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from newsroom.models import Role, User, VerificationPolicy
from sources.models import Capture, CaptureState, Source
from verification.domain import policy as rules
from verification.models import Assignment, Claim, Duty, Evidence, ReplyRequest, Review, ReviewOutcome
from verification.queries.corroboration import Weighed, weigh


@dataclass(frozen=True)
class PolicyReport:
    results: tuple[rules.Result, ...]
    override_allowed: bool
    weighed: Weighed

    @property
    def met(self) -> bool:
        return rules.satisfied(self.results)

    @property
    def open_points(self) -> int:
        return sum(result.outcome is not rules.Outcome.MET for result in self.results)

    def as_json(self) -> list[dict[str, Any]]:
        """What is kept with a verdict."""
        return [asdict(result) | {"open_ends": list(result.open_ends)} for result in self.results]


def policy_report(claim: Claim, *, ruler: User | None = None, weighed: Weighed | None = None) -> PolicyReport:
    """`ruler` is who is about to rule: a second editor is somebody else than they."""
    return policy_reports([claim], {claim.pk: weighed or weigh(claim)}, ruler=ruler)[claim.pk]


def policy_reports(
    claims: Sequence[Claim], weighed: Mapping[int, Weighed], *, ruler: User | None = None
) -> dict[int, PolicyReport]:
    """The same for many claims, by their numbers: five queries, whatever their number.

    For many, the claims come with `case__policy` selected and `case__memberships` prefetched.
    """
    desk = _what_the_desk_did(claims, weighed)
    return {
        claim.pk: PolicyReport(
            rules.check(_as_value(claim.case.policy), _facts(claim, weighed[claim.pk], desk, ruler)),
            claim.case.policy.override_allowed,
            weighed[claim.pk],
        )
        for claim in claims
    }


@dataclass(frozen=True)
class _Desk:
    """What people did about the claims, by the claims' numbers; captures by the source's."""

    reviews: Mapping[int, Sequence[Review]]
    reviews_open: Mapping[int, int]
    gatherers: Mapping[int, set[int]]
    asked: set[int]
    captured: set[int]
    capturing: set[int]


def _what_the_desk_did(claims: Iterable[Claim], weighed: Mapping[int, Weighed]) -> _Desk:
    claims = list(claims)
    ids = [claim.pk for claim in claims]
    reviews: dict[int, list[Review]] = defaultdict(list)
    recommended = Review.objects.filter(claim__in=ids, outcome=ReviewOutcome.RECOMMENDED)
    for review in recommended.select_related("reviewer"):
        reviews[review.claim_id].append(review)
    waiting = Assignment.objects.waiting().filter(claim__in=ids, duty=Duty.REVIEW)
    gatherers = {claim.pk: {claim.created_by_id} for claim in claims}
    for claim_id, person in Evidence.objects.standing().filter(claim__in=ids).values_list("claim_id", "added_by_id"):
        gatherers[claim_id].add(person)
    captured, capturing = _captured({source.pk for each in weighed.values() for source in _cited(each)})
    return _Desk(
        reviews=reviews,
        reviews_open=Counter(waiting.values_list("claim_id", flat=True)),
        gatherers=gatherers,
        asked=set(ReplyRequest.objects.filter(claim__in=ids).values_list("claim_id", flat=True)),
        captured=captured,
        capturing=capturing,
    )


def _as_value(policy: VerificationPolicy) -> rules.VerificationPolicy:
    return rules.VerificationPolicy(
        least_independent_lines=policy.least_independent_lines,
        least_reviews=policy.least_reviews,
        four_eyes=policy.four_eyes,
        capture_every_url=policy.capture_every_url,
        lone_anonymous=rules.LoneAnonymous(policy.lone_anonymous),
        reply_required=policy.reply_required,
        override_allowed=policy.override_allowed,
    )


def _facts(claim: Claim, weighed: Weighed, desk: _Desk, ruler: User | None) -> rules.Facts:
    supports = weighed.result.supports
    reviews = desk.reviews.get(claim.pk, ())
    judges = {review.reviewer_id for review in reviews} | ({ruler.pk} if ruler else set())
    cited = {source.pk for source in _cited(weighed)}
    return rules.Facts(
        established=supports.established.lower,
        possible=supports.possible.upper,
        open_ends=tuple(sorted({source for end in supports.open_ends for source in end.sources})),
        reviews=len({review.reviewer_id for review in reviews}),
        reviews_open=desk.reviews_open.get(claim.pk, 0),
        own_work=bool(judges & desk.gatherers[claim.pk]),
        urls=len(cited),
        urls_uncaptured=len(cited - desk.captured),
        captures_running=len((cited - desk.captured) & desk.capturing),
        rests_on_one_anonymous=_rests_on_one_anonymous(weighed),
        second_editor=_second_editor(claim, reviews, ruler),
        reply_asked=claim.pk in desk.asked,
    )


def _cited(weighed: Weighed) -> list[Source]:
    """The sources with an address that stand in a chain of the claim as somebody stated it."""
    stated = {key for item in weighed.ground.evidence for key in item.stated}
    return [weighed.sources[key] for key in stated if weighed.sources[key].url]


def _captured(sources: set[int]) -> tuple[set[int], set[int]]:
    states = Capture.objects.filter(source__in=sources).values_list("source_id", "state")
    kept = {source for source, state in states if state in {CaptureState.SUCCEEDED, CaptureState.PARTIAL}}
    running = {source for source, state in states if state in {CaptureState.QUEUED, CaptureState.RUNNING}}
    return kept, running


def _rests_on_one_anonymous(weighed: Weighed) -> bool:
    """One person whose name is protected is all that is known to know it."""
    supports = weighed.result.supports
    knowing = supports.origins or supports.possible_origins
    return len(knowing) == 1 and weighed.sources[knowing[0]].protected


def _second_editor(claim: Claim, reviews: Iterable[Review], ruler: User | None) -> bool:
    return any(
        (role := claim.case.role_of(review.reviewer)) is not None and role.includes(Role.EDITOR)
        for review in reviews
        if ruler is None or review.reviewer_id != ruler.pk
    )
