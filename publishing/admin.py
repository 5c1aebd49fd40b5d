from django.contrib import admin

from newsroom.support import ReadOnlyAdmin
from publishing.models import Inclusion, Publication


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ("id", "case", "claim", "number", "released_by", "released_at")
    list_select_related = ("case", "claim", "released_by")
    search_fields = ("note", "address", "digest")


@admin.register(Inclusion)
class InclusionAdmin(ReadOnlyAdmin):
    list_display = ("id", "release", "included")
    list_select_related = ("release", "included")
