"""Whether a claim meets its case's policy: the facts, counted from the record, against the rules, line by line."""

from dataclasses import asdict, dataclass
from typing import Any

from newsroom.models import Role, User, VerificationPolicy
from sources.models import Capture, CaptureState
from verification.domain import policy as rules
from verification.four_eyes import gatherers
from verification.models import Claim, Duty, Review, ReviewOutcome
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
    weighed = weighed or weigh(claim)
    policy = claim.case.policy
    facts = _facts(claim, weighed, ruler)
    return PolicyReport(rules.check(_as_value(policy), facts), policy.override_allowed, weighed)


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


def _facts(claim: Claim, weighed: Weighed, ruler: User | None) -> rules.Facts:
    supports = weighed.result.supports
    reviews = list(claim.reviews.filter(outcome=ReviewOutcome.RECOMMENDED).select_related("reviewer"))
    judges = {review.reviewer_id for review in reviews} | ({ruler.pk} if ruler else set())
    cited = {source.pk for source in _cited(weighed)}
    kept, running = _captured(cited)
    return rules.Facts(
        established=supports.established.lower,
        possible=supports.possible.upper,
        open_ends=tuple(sorted({source for end in supports.open_ends for source in end.sources})),
        reviews=len({review.reviewer_id for review in reviews}),
        reviews_open=claim.assignments.waiting().filter(duty=Duty.REVIEW).count(),
        own_work=bool(judges & gatherers(claim)),
        urls=len(cited),
        urls_uncaptured=len(cited - kept),
        captures_running=len((cited - kept) & running),
        rests_on_one_anonymous=_rests_on_one_anonymous(weighed),
        second_editor=_second_editor(claim, reviews, ruler),
        reply_asked=claim.reply_requests.exists(),
    )


def _cited(weighed: Weighed) -> list[Any]:
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


def _second_editor(claim: Claim, reviews: list[Review], ruler: User | None) -> bool:
    return any(
        (role := claim.case.role_of(review.reviewer)) is not None and role.includes(Role.EDITOR)
        for review in reviews
        if ruler is None or review.reviewer_id != ruler.pk
    )
