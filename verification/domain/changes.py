"""What a claim rests on, reduced to what is worth an alert when it changes, and what changed.

A report is plain JSON, so that it can be kept beside the claim and in an alert:

    {"SUPPORTS": {"established": [1, 1], "possible": [1, 3], "findings": [["ANACHRONISM", "A", "B"]], "circular": []},
     "CONTRADICTS": {…}, "contested": false, "policy": {"INDEPENDENT_LINES": true}, "grades": {"S1": "B"}}
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .corroboration import Corroboration, StanceResult
from .policy import Outcome, Result

GRADES = "ABCDEF"


class What(StrEnum):
    """NUMBERS, FINDINGS and CIRCLES are of one stance; POLICY is of one rule; GRADE of one source."""

    NUMBERS = "NUMBERS"
    FINDINGS = "FINDINGS"
    CIRCLES = "CIRCLES"
    CONTESTED = "CONTESTED"
    POLICY = "POLICY"
    GRADE = "GRADE"


@dataclass(frozen=True, slots=True)
class Change:
    """`of`: the stance, the rule or the source's key. `before` and `now` are values out of the report."""

    what: What
    of: str
    before: Any
    now: Any


def report(result: Corroboration, policy: Iterable[Result], grades: Mapping[str, str]) -> dict[str, Any]:
    """`grades`: the general reliability of every source somebody stated, by its key; unjudged ones may be left out."""
    return {
        "SUPPORTS": _side(result.supports),
        "CONTRADICTS": _side(result.contradicts),
        "contested": result.contested,
        "policy": {each.rule.value: each.outcome is Outcome.MET for each in policy},
        "grades": dict(sorted(grades.items())),
    }


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Change, ...]:
    """What is worth a second look: numbers and findings either way, a rule met or missed, a grade only when lower.

    Rules and sources that only one of the two knows of are no change by themselves.
    """
    found = []
    for stance in ("SUPPORTS", "CONTRADICTS"):
        then, after = before[stance], now[stance]
        for what, keys in _OF_A_STANCE.items():
            pair = [{key: side[key] for key in keys} for side in (then, after)]
            if pair[0] != pair[1]:
                found.append(Change(what, stance, *pair))
    if before["contested"] != now["contested"]:
        found.append(Change(What.CONTESTED, "", before["contested"], now["contested"]))
    for rule, met in now["policy"].items():
        if before["policy"].get(rule, met) != met:
            found.append(Change(What.POLICY, rule, not met, met))
    for source, grade in now["grades"].items():
        if GRADES.index(grade) > GRADES.index(before["grades"].get(source, grade)):
            found.append(Change(What.GRADE, source, before["grades"][source], grade))
    return tuple(found)


_OF_A_STANCE = {What.NUMBERS: ("established", "possible"), What.FINDINGS: ("findings",), What.CIRCLES: ("circular",)}


def _side(side: StanceResult) -> dict[str, Any]:
    return {
        "established": [side.established.lower, side.established.upper],
        "possible": [side.possible.lower, side.possible.upper],
        "findings": [[finding.kind.value, *finding.sources] for finding in side.findings],
        "circular": [list(circle.sources) for circle in side.circular],
    }
