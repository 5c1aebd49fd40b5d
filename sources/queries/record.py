"""The acts that make up the story of a source: it, its grades, what is asserted of it, its captures and watches."""

from typing import Any

from django.db.models import Q, QuerySet

from audit.models import Act
from newsroom.models import User
from newsroom.queries.record import acts_known_to
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
    return acts_known_to(user).filter(pk__in=Capture.history.filter(id=capture.pk).order_by().values("act"))


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
