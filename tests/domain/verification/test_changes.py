"""What is worth a second look: a table of two reports and what is said to have changed."""

from typing import Any

import pytest

from verification.domain.changes import Change, What, changes

SIDE = {"established": [1, 1], "possible": [1, 3], "findings": [], "circular": []}
BEFORE: dict[str, Any] = {
    "SUPPORTS": SIDE,
    "CONTRADICTS": SIDE,
    "contested": False,
    "policy": {"REVIEWS": True, "REPLY": False},
    "grades": {"S1": "B"},
}


def with_side(**values: Any) -> dict[str, Any]:
    return {**BEFORE, "SUPPORTS": {**SIDE, **values}}


@pytest.mark.parametrize(
    ("now", "said"),
    [
        pytest.param(BEFORE, [], id="nothing"),
        pytest.param(
            with_side(established=[0, 0]),
            [(What.NUMBERS, "SUPPORTS", {"established": [1, 1], "possible": [1, 3]})],
            id="fewer lines",
        ),
        pytest.param(
            with_side(findings=[["ANACHRONISM", "A", "B"]]), [(What.FINDINGS, "SUPPORTS", None)], id="finding"
        ),
        pytest.param(with_side(circular=[["A", "B"]]), [(What.CIRCLES, "SUPPORTS", None)], id="a circle"),
        pytest.param({**BEFORE, "contested": True}, [(What.CONTESTED, "", False)], id="contested"),
        pytest.param(
            {**BEFORE, "policy": {"REVIEWS": False, "REPLY": False}}, [(What.POLICY, "REVIEWS", True)], id="rule missed"
        ),
        # A policy that asks for something else now is no news about the claim.
        pytest.param({**BEFORE, "policy": {"CAPTURES": False}}, [], id="another rule"),
        pytest.param({**BEFORE, "grades": {"S1": "D"}}, [(What.GRADE, "S1", "B")], id="graded lower"),
        pytest.param({**BEFORE, "grades": {"S1": "A", "S2": "F"}}, [], id="graded higher, and a new source"),
    ],
)
def test_changes(now: dict[str, Any], said: list[tuple[What, str, Any]]) -> None:
    found = changes(BEFORE, now)
    assert [(change.what, change.of) for change in found] == [(what, of) for what, of, _ in said]
    for change, (_, _, before) in zip(found, said, strict=True):
        assert before is None or change.before == before


def test_a_change_says_from_what_to_what() -> None:
    (change,) = changes(BEFORE, {**BEFORE, "grades": {"S1": "E"}})
    assert change == Change(What.GRADE, "S1", "B", "E")
