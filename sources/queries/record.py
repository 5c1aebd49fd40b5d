"""The acts that make up the story of a source: it, its grades, what is asserted of it, its captures and watches."""

from typing import Any

from django.db.models import Q, QuerySet

from audit.models import Act
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


def acts_on_capture(capture: Capture, user: User) -> "QuerySet[Act]":
    """What was done to it, and what others were asked about it: time stamps, and copies in other archives."""
    own = Capture.history.filter(id=capture.pk)
    asked = (model.history.filter(capture=capture.pk) for model in (CaptureStamp, ExternalCopy))
    first, *others = (rows.order_by().values("act") for rows in (own, *asked))
    return acts_known_to(user).filter(pk__in=first.union(*others))


def acts_on(source: Source, user: User) -> "QuerySet[Act]":
    rows: tuple[tuple[Any, Q], ...] = (
        (Source, Q(id=source.pk)),
        (SourceAssessment, Q(source=source.pk)),
        (Affiliation, Q(source=source.pk) | Q(controller=source.pk)),
        (Derivation, Q(downstream=source.pk) | Q(upstream=source.pk)),
        (Capture, Q(source=source.pk)),
        (Excerpt, Q(source=source.pk)),
        (Watch, Q(source=source.pk)),
        (Look, Q(watch__in=Watch.objects.filter(source=source.pk))),
        (CaptureStamp, Q(capture__source=source.pk)),
        (ExternalCopy, Q(capture__source=source.pk)),
    )
    first, *others = (model.history.filter(wanted).order_by().values("act") for model, wanted in rows)
    return acts_known_to(user).filter(pk__in=first.union(*others))


def routine() -> Q:
    """Acts of the machine's daily round: looks at pages and the captures they took. What follows from one is none."""
    made_for_it = Capture.history.filter(requested_by=None, history_type="~").values("act")
    looked = Q(actor_name=WATCH, name__in=["watch.look", "capture.request"])
    return looked | Q(name="capture.finish", pk__in=made_for_it)
