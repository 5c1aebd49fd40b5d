from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from audit import telling
from audit.models import Act
from newsroom.queries.record import acts_known_to
from newsroom.support import ReadOnlyAdmin
from verification.models import Alert, Assignment, Claim, Comment, Evidence, Hop, ReplyRequest, Review, Verdict
from verification.queries.blindness import claims_blind_to


@admin.register(Act)
class ActAdmin(ReadOnlyAdmin):
    list_display = ("id", "at", "name", "who", "case", "origin")
    list_select_related = ("case", "actor")
    search_fields = ("name", "actor__name", "reason", "origin")

    exclude = ("actor_name",)

    def who(self, act: Act) -> str:
        return telling.who(act)

    def get_queryset(self, request: HttpRequest) -> Any:
        user: Any = request.user
        withheld = Review.history.filter(claim__in=claims_blind_to(user)).values("act")
        return acts_known_to(user).exclude(pk__in=withheld)


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ("reference", "statement", "case", "state", "risk")
    list_filter = ("state", "risk")
    list_select_related = ("case",)
    search_fields = ("statement", "case__title", "=id")


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ("reference", "claim", "stance", "source", "basis", "withdrawn_at")
    list_filter = ("stance", "basis")
    list_select_related = ("claim", "source")
    search_fields = ("quotation", "source__name", "=id")


@admin.register(Hop)
class HopAdmin(ReadOnlyAdmin):
    case_path = "evidence__claim__case"
    list_display = ("evidence", "position", "kind", "source", "verified_relay")
    list_select_related = ("evidence", "source")
    search_fields = ("source__name",)


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    list_display = ("claim", "person", "duty", "state", "due_at")
    list_filter = ("duty", "state")
    list_select_related = ("claim", "person")
    search_fields = ("person__name",)


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    case_path = "claim__case"
    list_display = ("claim", "reviewer", "outcome", "recommended", "submitted_at")
    list_filter = ("outcome", "recommended")
    list_select_related = ("claim", "reviewer")
    search_fields = ("reviewer__name",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).exclude(claim__in=claims_blind_to(request.user))  # type: ignore[arg-type]


@admin.register(Verdict)
class VerdictAdmin(ReadOnlyAdmin):
    case_path = "claim__case"
    list_display = ("claim", "value", "ruled_by", "ruled_at")
    list_filter = ("value",)
    list_select_related = ("claim", "ruled_by")
    search_fields = ("ruled_by__name",)


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    case_path = "claim__case"
    list_display = ("claim", "author", "written_at")
    list_select_related = ("claim", "author")
    search_fields = ("author__name", "text")


@admin.register(ReplyRequest)
class ReplyRequestAdmin(ReadOnlyAdmin):
    case_path = "claim__case"
    list_display = ("claim", "addressee", "due_at", "asked_by")
    list_select_related = ("claim", "asked_by")
    search_fields = ("addressee",)


@admin.register(Alert)
class AlertAdmin(ReadOnlyAdmin):
    list_display = ("claim", "kind", "opened_at", "closed_at")
    list_filter = ("kind",)
    list_select_related = ("claim",)
