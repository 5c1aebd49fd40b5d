"""The policy, rule by rule: what is asked, what there is, and what that makes."""

from dataclasses import replace

import pytest

from newsroom.models.policy import PRESETS as ASKED
from verification.domain.policy import (
    Facts,
    LoneAnonymous,
    Outcome,
    Rule,
    VerificationPolicy,
    check,
    satisfied,
)

PRESETS = {
    name: VerificationPolicy(**{**asked, "lone_anonymous": LoneAnonymous(asked["lone_anonymous"])})
    for name, asked in ASKED.items()
}
NOTHING_ASKED = VerificationPolicy(0, 0, False, False, LoneAnonymous.ALLOWED, False, True)
GOOD = Facts(established=2, possible=3, reviews=2, urls=3, reply_asked=True)

ROWS = [
    # Two lines are proven.
    ({"least_independent_lines": 2}, {"established": 2}, (Rule.INDEPENDENT_LINES, "MET", 2, 2)),
    # One is, and an open line may turn out to be the second.
    ({"least_independent_lines": 2}, {"established": 1, "possible": 3}, (Rule.INDEPENDENT_LINES, "PENDING", 2, 1)),
    # Whatever the open ends turn out to be, there will never be two.
    ({"least_independent_lines": 2}, {"established": 1, "possible": 1}, (Rule.INDEPENDENT_LINES, "NOT_MET", 2, 1)),
    ({"least_reviews": 2}, {"reviews": 2}, (Rule.REVIEWS, "MET", 2, 2)),
    ({"least_reviews": 2}, {"reviews": 1, "reviews_open": 1}, (Rule.REVIEWS, "PENDING", 2, 1)),
    # One review out is not enough for the two that are missing.
    ({"least_reviews": 2}, {"reviews": 0, "reviews_open": 1}, (Rule.REVIEWS, "NOT_MET", 2, 0)),
    ({"four_eyes": True}, {}, (Rule.FOUR_EYES, "MET", 2, 2)),
    # Whoever gathered the evidence is no second pair of eyes.
    ({"four_eyes": True}, {"own_work": True}, (Rule.FOUR_EYES, "NOT_MET", 2, 1)),
    # A claim that cites no page has nothing to capture.
    ({"capture_every_url": True}, {"urls": 0}, (Rule.CAPTURES, "MET", 0, 0)),
    ({"capture_every_url": True}, {"urls": 3, "urls_uncaptured": 1}, (Rule.CAPTURES, "NOT_MET", 3, 2)),
    (
        {"capture_every_url": True},
        {"urls": 3, "urls_uncaptured": 1, "captures_running": 1},
        (Rule.CAPTURES, "PENDING", 3, 2),
    ),
    # One anonymous source: a second editor may stand for it, or nobody may.
    ({"lone_anonymous": LoneAnonymous.SECOND_EDITOR}, {}, (Rule.LONE_ANONYMOUS, "MET", 2, 2)),
    (
        {"lone_anonymous": LoneAnonymous.SECOND_EDITOR},
        {"rests_on_one_anonymous": True},
        (Rule.LONE_ANONYMOUS, "NOT_MET", 2, 1),
    ),
    (
        {"lone_anonymous": LoneAnonymous.SECOND_EDITOR},
        {"rests_on_one_anonymous": True, "second_editor": True},
        (Rule.LONE_ANONYMOUS, "MET", 2, 2),
    ),
    (
        {"lone_anonymous": LoneAnonymous.FORBIDDEN},
        {"rests_on_one_anonymous": True, "second_editor": True},
        (Rule.LONE_ANONYMOUS, "NOT_MET", 2, 1),
    ),
    # To have asked is enough; nobody can be made to answer.
    ({"reply_required": True}, {"reply_asked": True}, (Rule.REPLY, "MET", 1, 1)),
    ({"reply_required": True}, {"reply_asked": False}, (Rule.REPLY, "NOT_MET", 1, 0)),
]


@pytest.mark.parametrize(("asks", "facts", "expected"), ROWS)
def test_row(asks: dict[str, object], facts: dict[str, object], expected: tuple[Rule, str, int, int]) -> None:
    (result,) = check(replace(NOTHING_ASKED, **asks), replace(GOOD, **facts))  # type: ignore[arg-type]
    assert (result.rule, result.outcome, result.need, result.have) == expected


def test_a_rule_that_is_not_asked_for_is_left_out() -> None:
    assert check(NOTHING_ASKED, Facts(0, 0)) == ()
    assert {result.rule for result in check(PRESETS["HIGH_RISK"], GOOD)} == set(Rule)


def test_open_ends_are_named_beside_the_lines_that_are_missing() -> None:
    first, *_ = check(PRESETS["STANDARD"], Facts(1, 3, open_ends=("S2", "S3")))
    assert (first.outcome, first.open_ends) == (Outcome.PENDING, ("S2", "S3"))


def test_pending_does_not_satisfy() -> None:
    facts = replace(GOOD, established=1)
    assert satisfied(check(PRESETS["STANDARD"], GOOD))
    assert not satisfied(check(PRESETS["STANDARD"], facts))
