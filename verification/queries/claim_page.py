"""All that stands on a claim's page, in a fixed number of queries."""

from dataclasses import dataclass
from functools import cached_property

from newsroom.models import User
from verification.models import Assignment, Claim, ClaimState, Duty, ReplyRequest, Review, Stance, Verdict
from verification.next_step import Step, next_step
from verification.queries.claim_feed import Entry, feed
from verification.queries.evidence import Account, read
from verification.queries.policy import PolicyReport, policy_report
from verification.wording.alerts import Told, tell
from verification.wording.policy import open_points_sentence, policy_points
from verification.wording.shown import Shown, show
from verification.wording.standing import where_it_stands

_TO_BE_RULED_ON = {ClaimState.CHECKING, ClaimState.REOPENED, ClaimState.AWAITING_VERDICT}


@dataclass(frozen=True)
class Standing:
    """The standing evidence of one stance."""

    stance: str
    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class ClaimPage:
    """`reviews` is empty and `blind` true for who has yet to write a review that is to be their own.

    `bound` are those four eyes keep from judging the claim: they wrote it or gathered evidence for it.
    """

    claim: Claim
    verdict: Verdict | None
    earlier_verdicts: tuple[Verdict, ...]
    supports: Standing
    contradicts: Standing
    context: Standing
    withdrawn: tuple[Account, ...]
    policy: PolicyReport
    replies: tuple[ReplyRequest, ...]
    reviews: tuple[Review, ...]
    blind: bool
    assignments: tuple[Assignment, ...]
    bound: tuple[User, ...]
    feed: list[Entry]
    next: Step | None
    told: tuple[Told, ...]

    @property
    def alerts(self) -> list[Told]:
        return [each for each in self.told if each.alert.closed_at is None]

    @property
    def closed_alerts(self) -> list[Told]:
        return [each for each in self.told if each.alert.closed_at is not None]

    @cached_property
    def shown(self) -> Shown:
        """Its corroboration in numbers, words and a picture, counted for this page."""
        return show(self.claim, self.policy.weighed)

    @property
    def where_it_stands(self) -> str:
        standing = sum(len(side.accounts) for side in (self.supports, self.contradicts, self.context))
        if self.verdict is None and standing and self.claim.state in _TO_BE_RULED_ON:
            return open_points_sentence(self.policy)
        return where_it_stands(self.claim, self.verdict, self.assignments, has_evidence=bool(standing))

    @property
    def policy_points(self) -> list[dict[str, str]]:
        """What components/policy.html shows."""
        return policy_points(self.policy, self.claim.case.policy.lone_anonymous)


def claim_page(claim: Claim, reader: User) -> ClaimPage:
    verdicts = tuple(claim.verdicts.select_related("ruled_by"))
    accounts = read(claim.evidence.select_related("withdrawn_by"))
    standing = [account for account in accounts if account.evidence.withdrawn_at is None]
    assignments = tuple(claim.assignments.waiting().select_related("person", "assigned_by"))
    theirs = next((each for each in assignments if each.person_id == reader.pk and each.duty == Duty.REVIEW), None)
    reviews = tuple(claim.reviews.select_related("reviewer"))
    blind = theirs is not None and claim.case.policy.blind_reviews
    return ClaimPage(
        claim=claim,
        verdict=verdicts[0] if verdicts else None,
        earlier_verdicts=verdicts[1:],
        supports=_of(Stance.SUPPORTS, standing),
        contradicts=_of(Stance.CONTRADICTS, standing),
        context=_of(Stance.CONTEXT, standing),
        withdrawn=tuple(account for account in accounts if account.evidence.withdrawn_at is not None),
        policy=policy_report(claim),
        replies=tuple(claim.reply_requests.all()),
        reviews=() if blind else reviews,
        blind=blind,
        assignments=assignments,
        bound=_bound(claim, standing),
        feed=feed(claim, reader),
        told=tuple(tell(claim.alerts.select_related("because_of__actor", "closed_by", "claim__case"))),
        next=next_step(reader, claim, review_of_theirs=theirs, has_evidence=bool(standing)),
    )


def _of(stance: str, standing: list[Account]) -> Standing:
    return Standing(stance, tuple(account for account in standing if account.evidence.stance == stance))


def _bound(claim: Claim, standing: list[Account]) -> tuple[User, ...]:
    if not claim.case.policy.four_eyes:
        return ()
    people = {person.pk: person for person in (claim.created_by, *(each.evidence.added_by for each in standing))}
    return tuple(people.values())
