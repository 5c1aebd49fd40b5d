"""Grade a source. Grades are added and never changed: a better one on the same topic takes the place of the last."""

from audit.acts import act
from newsroom import permits
from newsroom.models import User
from sources.models import Source, SourceAssessment


def assess(*, actor: User, source_id: int, reliability: str, reason: str, topic: str = "") -> SourceAssessment:
    """`reliability` is A to F of the Admiralty code; an empty `topic` is the source in general."""
    with act("source.assess", actor=actor, reason=reason) as done:
        source = Source.objects.locked().get(pk=source_id)
        permits.require(actor, "source.assess", source)
        grade = SourceAssessment(source=source, topic=topic, reliability=reliability, reason=reason, assessed_by=actor)
        grade.full_clean()
        grade.save()
        done.case = source.case
    return grade
