"""The acts that make up the story of a claim, of a piece of evidence, of a case.

feed.latest(acts_on(claim, user), limit=10, withheld=partial(withheld_from, user))
"""

from typing import Any, Final

from audit.queries.trail import Trail, Written
from newsroom.models import Case, User
from newsroom.queries.record import Subject, acts_known_to
from sources.models import Source
from sources.queries.record import acts_on as acts_on_source
from verification.models import Alert, Assignment, Claim, Comment, Evidence, Hop, ReplyRequest, Review, Verdict

_on_a_claim: Final = [
    Written(Claim, "id"),
    Written(Hop, "evidence.claim"),
    *(Written(each, "claim") for each in (Evidence, Assignment, Review, Verdict, Comment, ReplyRequest, Alert)),
]
ON_EVIDENCE = Written(Evidence, "id"), Written(Hop, "evidence")


def hangs_on_a_claim(*rows: Written) -> None:
    """So do these, of a room above."""
    _on_a_claim.extend(rows)


def acts_on(claim: Claim, user: User) -> Trail:
    """Every act that wrote a row of the claim or of anything that hangs on it."""
    return Trail(acts_known_to(user), tuple(_on_a_claim), claim.pk)


def acts_on_evidence(evidence: Evidence, user: User) -> Trail:
    return Trail(acts_known_to(user), ON_EVIDENCE, evidence.pk)


def acts_on_what(reference: str, user: User) -> Subject | None:
    """The acts on the claim, the evidence or the source of that number, or in the case with that slug.

    None where `user` knows of none.
    """
    kinds: tuple[tuple[Any, Any], ...] = ((Claim, acts_on), (Evidence, acts_on_evidence), (Source, acts_on_source))
    for model, acts in kinds:
        if thing := model.objects.by_reference(reference).visible_to(user).first():
            return Subject(acts(thing, user), thing.case)
    case = Case.objects.visible_to(user).filter(slug=reference.casefold()).first()
    return Subject(acts_in(case, user), case) if case else None


def acts_in(case: Case, user: User) -> Trail:
    return Trail(acts_known_to(user).filter(case=case))
