"""What belongs to a case beside its claims, as it stood at a moment: a page at a time, in a fixed number of queries.

keys = keys_of("sources", case, moment)
rows = rows_of("sources", keys[:50], moment, reader)
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from audit.queries.then import keys_stood, stood
from newsroom.models import Case, Membership, User, VerificationPolicy
from newsroom.queries.people import name_people
from sources.models import Capture, Source, SourceAssessment
from sources.queries.captures import name_uploads
from sources.queries.known_then import known_then
from sources.queries.source_then import BULKY
from verification.models import Assignment, Claim


def keys_of(part: str, case: Case, moment: int) -> list[Any]:
    """Of all that stood in that part of the case, in the order they are shown in."""
    if part == "assignments":
        claims = Claim.objects.filter(case=case).values_list("pk", flat=True)
        return keys_stood(Assignment, moment, "claim_id", claims)
    model = {"claims": Claim, "sources": Source, "captures": Capture, "members": Membership}[part]
    return keys_stood(model, moment, "case_id", [case.pk], latest_by="requested_at" if model is Capture else "")


def rows_of(part: str, keys: Sequence[Any], moment: int, reader: User) -> list[Any]:
    return ROWS[part](keys, moment, reader)


def policy_then(case: Case, moment: int) -> VerificationPolicy | None:
    return next(iter(stood(VerificationPolicy, moment, "case_id", [case.pk])), None)


def _sources(keys: Sequence[int], moment: int, reader: User) -> list[Any]:
    """Each with its publisher, where the reader may know of it, and the grades that stood."""
    sources = stood(Source, moment, "id", keys)
    publishing = [source.publisher_id for source in sources if source.publisher_id is not None]
    publishers = {each.pk: each for each in known_then(publishing, moment, reader)}
    grades: dict[int, dict[str, SourceAssessment]] = defaultdict(dict)
    for grade in stood(SourceAssessment, moment, "source_id", keys):
        grades[grade.source_id][grade.topic] = grade
    for source in sources:
        source.publisher = publishers.get(source.publisher_id or 0)
        of = grades[source.pk]
        source.standing_grades = [of[topic] for topic in sorted(of)]  # type: ignore[attr-defined]  # for the table
    return sources


def _captures(keys: Sequence[Any], moment: int, reader: User) -> list[Any]:
    captures = {capture.pk: capture for capture in stood(Capture, moment, "id", keys, without=BULKY)}
    name_people(captures.values())
    name_uploads(captures.values())
    return [captures[key] for key in keys]


def _members(keys: Sequence[int], moment: int, reader: User) -> list[Any]:
    members = stood(Membership, moment, "id", keys)
    name_people(members)
    return members


def _assignments(keys: Sequence[int], moment: int, reader: User) -> list[Any]:
    """Each with its claim as it read then."""
    assignments = stood(Assignment, moment, "id", keys)
    claims = {each.pk: each for each in stood(Claim, moment, "id", {each.claim_id for each in assignments})}
    for assignment in assignments:
        assignment.claim = claims[assignment.claim_id]
    name_people(assignments)
    return assignments


ROWS: Mapping[str, Callable[[Sequence[Any], int, User], list[Any]]] = {
    "sources": _sources,
    "captures": _captures,
    "members": _members,
    "assignments": _assignments,
}
