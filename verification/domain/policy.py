"""Whether a claim meets its case's policy, line by line and with the numbers.

The values are the newsroom's; the facts are counted by the engine and by queries. A line is MET, NOT_MET, or PENDING:
not met as things stand, but it may still come to be so, because an open line may close, a review is out or a capture
runs. CONFIRMED needs every line met, or an override where the policy allows one. Standard library only.
"""

from dataclasses import dataclass
from enum import StrEnum


class LoneAnonymous(StrEnum):
    """What a claim that rests on one anonymous source needs."""

    ALLOWED = "ALLOWED"
    SECOND_EDITOR = "SECOND_EDITOR"
    FORBIDDEN = "FORBIDDEN"


@dataclass(frozen=True, slots=True)
class VerificationPolicy:
    least_independent_lines: int
    least_reviews: int
    four_eyes: bool
    capture_every_url: bool
    lone_anonymous: LoneAnonymous
    reply_required: bool
    override_allowed: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so about one claim now. `established` and `possible` are proven lower and upper bounds respectively.

    `open_ends`: sources of whom nobody has established how they know. `own_work`: somebody who wrote the claim or added
    standing evidence also reviewed it or is about to rule.
    """

    established: int
    possible: int
    open_ends: tuple[str, ...] = ()
    reviews: int = 0
    reviews_open: int = 0
    own_work: bool = False
    urls: int = 0
    urls_uncaptured: int = 0
    captures_running: int = 0
    rests_on_one_anonymous: bool = False
    second_editor: bool = False
    reply_asked: bool = False


class Rule(StrEnum):
    INDEPENDENT_LINES = "INDEPENDENT_LINES"
    REVIEWS = "REVIEWS"
    FOUR_EYES = "FOUR_EYES"
    CAPTURES = "CAPTURES"
    LONE_ANONYMOUS = "LONE_ANONYMOUS"
    REPLY = "REPLY"


class Outcome(StrEnum):
    MET = "MET"
    NOT_MET = "NOT_MET"
    PENDING = "PENDING"


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the policy: `need` and `have` count what it is about: lines, reviews, captured URLs, people."""

    rule: Rule
    outcome: Outcome
    need: int
    have: int
    open_ends: tuple[str, ...] = ()


def check(policy: VerificationPolicy, facts: Facts) -> tuple[Result, ...]:
    """Every rule the policy asks for, in a fixed order; rules it does not ask for are left out."""
    results = []
    if policy.least_independent_lines:
        need = policy.least_independent_lines
        outcome = _outcome(facts.established >= need, under_way=facts.possible >= need)
        results.append(Result(Rule.INDEPENDENT_LINES, outcome, need, facts.established, facts.open_ends))
    if policy.least_reviews:
        need = policy.least_reviews
        outcome = _outcome(facts.reviews >= need, under_way=facts.reviews + facts.reviews_open >= need)
        results.append(Result(Rule.REVIEWS, outcome, need, facts.reviews))
    if policy.four_eyes:
        results.append(Result(Rule.FOUR_EYES, _outcome(not facts.own_work), 2, 1 if facts.own_work else 2))
    if policy.capture_every_url:
        running = facts.captures_running >= facts.urls_uncaptured
        outcome = _outcome(facts.urls_uncaptured == 0, under_way=running)
        results.append(Result(Rule.CAPTURES, outcome, facts.urls, facts.urls - facts.urls_uncaptured))
    if policy.lone_anonymous is not LoneAnonymous.ALLOWED:
        results.append(_lone_anonymous(policy.lone_anonymous, facts))
    if policy.reply_required:
        results.append(Result(Rule.REPLY, _outcome(facts.reply_asked), 1, int(facts.reply_asked)))
    return tuple(results)


def satisfied(results: tuple[Result, ...]) -> bool:
    return all(result.outcome is Outcome.MET for result in results)


def _lone_anonymous(rule: LoneAnonymous, facts: Facts) -> Result:
    excused = rule is LoneAnonymous.SECOND_EDITOR and facts.second_editor
    met = excused or not facts.rests_on_one_anonymous
    return Result(Rule.LONE_ANONYMOUS, _outcome(met), 2, 2 if met else 1)


def _outcome(met: bool, *, under_way: bool = False) -> Outcome:
    if met:
        return Outcome.MET
    return Outcome.PENDING if under_way else Outcome.NOT_MET
