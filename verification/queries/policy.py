"""Whether a claim meets its case's policy: the facts, counted from the record, against the rules, line by line."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from newsroom.models import Role, User, VerificationPolicy
from sources.models import Capture, CaptureEngine, Source
from sources.models.capture import KEPT, UNFINISHED
from verification.domain import policy as rules
from verification.models import Assignment, Claim, Duty, Evidence, ReplyRequest, Review, ReviewOutcome
from verification.queries.corroboration import Weighed, weigh


@dataclass(frozen=True)
class PolicyReport:
    """`made_elsewhere` is how many of the cited pages are kept only as copies that somebody uploaded."""

    results: tuple[rules.Result, ...]
    override_allowed: bool
    weighed: Weighed
    made_elsewhere: int

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
            len(_copies(claim, weighed[claim.pk], desk).brought),
        )
        for claim in claims
    }


@dataclass(frozen=True)
class _Desk:
    """What people did about the claims, by the claims' numbers. `captures` go by the source's: each with its state, its
    engine, and the one case that may lean on it, if there is but one."""

    reviews: Mapping[int, Sequence[Review]]
    reviews_open: Mapping[int, int]
    gatherers: Mapping[int, set[int]]
    asked: set[int]
    captures: Mapping[int, Sequence[tuple[str, str, int | None]]]


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
    captures: dict[int, list[tuple[str, str, int | None]]] = defaultdict(list)
    found = Capture.objects.known_in(*{claim.case_id for claim in claims})
    found = found.filter(source__in={source.pk for each in weighed.values() for source in _cited(each)})
    for source, state, engine, case, restricted in found.values_list(
        "source_id", "state", "engine", "case_id", "case__restricted"
    ):
        captures[source].append((state, engine, case if restricted else None))
    return _Desk(
        reviews=reviews,
        reviews_open=Counter(waiting.values_list("claim_id", flat=True)),
        gatherers=gatherers,
        asked=set(ReplyRequest.objects.filter(claim__in=ids).values_list("claim_id", flat=True)),
        captures=captures,
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
    copies = _copies(claim, weighed, desk)
    return rules.Facts(
        established=supports.established.lower,
        possible=supports.possible.upper,
        open_ends=tuple(sorted({source for end in supports.open_ends for source in end.sources})),
        reviews=len({review.reviewer_id for review in reviews}),
        reviews_open=desk.reviews_open.get(claim.pk, 0),
        own_work=bool(judges & desk.gatherers[claim.pk]),
        urls=copies.urls,
        urls_uncaptured=copies.urls - len(copies.kept),
        captures_running=len(copies.coming - copies.kept),
        rests_on_one_anonymous=_rests_on_one_anonymous(weighed),
        second_editor=_second_editor(claim, reviews, ruler),
        reply_asked=claim.pk in desk.asked,
    )


def _cited(weighed: Weighed) -> list[Source]:
    """The sources with an address that stand in a chain of the claim as somebody stated it."""
    stated = {key for item in weighed.ground.evidence for key in item.stated}
    return [weighed.sources[key] for key in stated if weighed.sources[key].url]


@dataclass(frozen=True)
class _Copies:
    """Of the `urls` a claim cites, those kept in a copy, those to come, and those kept only as somebody uploaded."""

    urls: int
    kept: set[int]
    coming: set[int]
    brought: set[int]


def _copies(claim: Claim, weighed: Weighed, desk: _Desk) -> _Copies:
    cited = {source.pk for source in _cited(weighed)}
    known = [
        (source, state, engine)
        for source in cited
        for state, engine, case in desk.captures.get(source, ())
        if case in (None, claim.case_id)
    ]
    kept = {source for source, state, _engine in known if state in KEPT}
    ours = {source for source, state, engine in known if state in KEPT and engine != CaptureEngine.UPLOAD}
    coming = {source for source, state, _engine in known if state in UNFINISHED}
    return _Copies(len(cited), kept, coming, kept - ours)


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
