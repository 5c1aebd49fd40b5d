"""All that a source's page shows of it, as far as the reader may know it, in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import QuerySet

from newsroom.models import User
from sources.models import Affiliation, Capture, Derivation, Source, SourceAssessment

SHOWN = 50


@dataclass(frozen=True)
class Profile:
    """`grades` are all there are; `standing` those that stand. Of every list the latest `SHOWN`, withdrawn ones last.

    `controllers` stand behind the source, `affiliates` before it; it relies on `origins`, and `carriers` rely on it.
    """

    grades: list[SourceAssessment]
    standing: list[SourceAssessment]
    controllers: list[Affiliation]
    affiliates: list[Affiliation]
    origins: list[Derivation]
    carriers: list[Derivation]
    publications: list[Source]
    captures: list[Capture]


def profile_of(user: User, source: Source) -> Profile:
    affiliations = (
        Affiliation.objects.visible_to(user)
        .select_related("source", "controller", "asserted_by")
        .order_by("standing", "-id")
    )
    derivations = (
        Derivation.objects.visible_to(user)
        .select_related("downstream", "upstream", "asserted_by")
        .order_by("standing", "-id")
    )
    return Profile(
        grades=_first(source.assessments.select_related("assessed_by")),
        standing=_first(source.assessments.latest_per_topic()),
        controllers=_first(affiliations.filter(source=source)),
        affiliates=_first(affiliations.filter(controller=source)),
        origins=_first(derivations.filter(downstream=source)),
        carriers=_first(derivations.filter(upstream=source)),
        publications=_first(Source.objects.visible_to(user).filter(publisher=source).order_by("-id")),
        captures=_first(Capture.objects.visible_to(user).filter(source=source).in_full()),
    )


def _first(rows: QuerySet) -> list:
    return list(rows[:SHOWN])
