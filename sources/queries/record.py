"""The acts that make up the story of a source: it, its grades, what is asserted of it, its captures and watches."""

from django.db.models import Q

from audit.queries.trail import Trail, Written
from newsroom.models import User
from newsroom.queries.record import acts_known_to
from sources.actions.watches import WATCH
from sources.models import (
    Affiliation,
    Capture,
    CaptureStamp,
    Derivation,
    Excerpt,
    ExternalCopy,
    Look,
    Source,
    SourceAssessment,
    Watch,
)

ON_A_SOURCE = (
    Written(Source, "id"),
    Written(SourceAssessment, "source"),
    Written(Affiliation, "source"),
    Written(Affiliation, "controller"),
    Written(Derivation, "downstream"),
    Written(Derivation, "upstream"),
    Written(Capture, "source"),
    Written(Excerpt, "source"),
    Written(Watch, "source"),
    Written(Look, "watch.source"),
    Written(CaptureStamp, "capture.source"),
    Written(ExternalCopy, "capture.source"),
)
ON_A_CAPTURE = (Written(Capture, "id"), Written(CaptureStamp, "capture"), Written(ExternalCopy, "capture"))


def acts_on(source: Source, user: User) -> Trail:
    return Trail(acts_known_to(user), ON_A_SOURCE, source.pk)


def acts_on_capture(capture: Capture, user: User) -> Trail:
    """What was done to it, and what others were asked about it: time stamps, and copies in other archives."""
    return Trail(acts_known_to(user), ON_A_CAPTURE, capture.pk)


def routine() -> Q:
    """Acts of the machine's daily round: looks at pages and the captures they took. What follows from one is none."""
    made_for_it = Capture.history.filter(requested_by=None, history_type="~").values("act")
    looked = Q(actor_name=WATCH, name__in=["watch.look", "capture.request"])
    return looked | Q(name="capture.finish", pk__in=made_for_it)
