from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from newsroom.support import ReadOnlyAdmin
from sources.models import Affiliation, Capture, Derivation, Source, SourceAssessment
from sources.models.source import visible_sources


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ("reference", "name", "kind", "case", "protected")
    list_filter = ("kind", "protected")
    list_select_related = ("case",)
    search_fields = ("name", "url", "=id")


@admin.register(SourceAssessment)
class SourceAssessmentAdmin(ReadOnlyAdmin):
    list_display = ("source", "topic", "reliability", "assessed_by", "assessed_at")
    list_filter = ("reliability",)
    list_select_related = ("source", "assessed_by")
    search_fields = ("source__name", "topic")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(visible_sources(request.user, "source__"))  # type: ignore[arg-type]


@admin.register(Affiliation)
class AffiliationAdmin(ReadOnlyAdmin):
    list_display = ("source", "kind", "controller", "standing")
    list_filter = ("kind", "standing")
    list_select_related = ("source", "controller")
    search_fields = ("source__name", "controller__name")


@admin.register(Derivation)
class DerivationAdmin(ReadOnlyAdmin):
    list_display = ("downstream", "kind", "upstream", "verified_relay", "standing")
    list_filter = ("kind", "standing")
    list_select_related = ("downstream", "upstream")
    search_fields = ("downstream__name", "upstream__name")


@admin.register(Capture)
class CaptureAdmin(ReadOnlyAdmin):
    list_display = ("requested_url", "state", "reason", "requested_at", "attempts")
    list_filter = ("state", "engine")
    search_fields = ("requested_url", "final_url")
