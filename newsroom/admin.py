from django.contrib import admin

from newsroom.models import Case, Membership, User, VerificationPolicy
from newsroom.support import ReadOnlyAdmin


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Without a word on passwords and second factors."""

    fields = ("name", "email", "role", "language", "is_active", "created_at", "last_login")
    list_display = ("name", "email", "role", "is_active")
    list_filter = ("role", "is_active")
    search_fields = ("name", "email")


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    list_display = ("title", "slug", "language", "restricted", "created_at")
    list_filter = ("restricted",)
    search_fields = ("title", "slug")


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    case_path = "case"
    list_display = ("user", "case", "role")
    list_select_related = ("user", "case")
    search_fields = ("user__name", "case__title")


@admin.register(VerificationPolicy)
class VerificationPolicyAdmin(ReadOnlyAdmin):
    case_path = "case"
    list_display = ("case", "preset", "least_independent_lines", "least_reviews", "four_eyes")
    list_select_related = ("case",)
    search_fields = ("case__title",)
