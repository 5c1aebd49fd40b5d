"""The table of sources: what it can be narrowed by, and what stands in a row."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery

from newsroom.models import User
from sources.models import Capture, Source, SourceAssessment
from sources.models.source import SourceQuerySet

UNGRADED = "none"
NEWSROOM = "newsroom"


@dataclass(frozen=True)
class Wanted:
    """`grade` is a letter or `UNGRADED`, `case` a slug or `NEWSROOM`; what is empty narrows nothing."""

    text: str = ""
    kind: str = ""
    grade: str = ""
    protected: str = ""
    case: str = ""
    publisher: str = ""


def table(user: User, wanted: Wanted) -> SourceQuerySet:
    """Visible sources, latest first; each with `standing_grades` and the state and engine of its latest capture."""
    found = _narrowed(Source.objects.visible_to(user), wanted)
    captures = Capture.objects.visible_to(user).filter(source=OuterRef("pk")).order_by("-requested_at", "-id")
    grades = Prefetch("assessments", SourceAssessment.objects.latest_per_topic(), to_attr="standing_grades")
    rows = found.select_related("publisher", "case").prefetch_related(grades)
    state, engine = (Subquery(captures.values(of)[:1]) for of in ("state", "engine"))
    return rows.annotate(captured=state, captured_by=engine).order_by("-id")


def _narrowed(sources: SourceQuerySet, wanted: Wanted) -> SourceQuerySet:
    if wanted.text:
        sources = sources.found_by(wanted.text) | sources.by_reference(wanted.text.strip())
    if wanted.kind:
        sources = sources.filter(kind=wanted.kind)
    if wanted.protected:
        sources = sources.filter(protected=wanted.protected == "yes")
    if wanted.case:
        sources = sources.filter(case=None) if wanted.case == NEWSROOM else sources.filter(case__slug=wanted.case)
    if wanted.publisher:
        sources = sources.filter(publisher__in=Source.objects.by_reference(wanted.publisher))
    if wanted.grade:
        sources = sources.filter(_graded(wanted.grade))
    return sources


def _graded(grade: str) -> Q:
    given = SourceAssessment.objects.filter(source=OuterRef("pk"))
    if grade == UNGRADED:
        return ~Q(Exists(given))
    later = SourceAssessment.objects.filter(source=OuterRef("source"), topic=OuterRef("topic"), pk__gt=OuterRef("pk"))
    return Q(Exists(given.filter(~Exists(later), reliability=grade)))
