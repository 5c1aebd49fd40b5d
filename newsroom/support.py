"""Django admin, for support: whoever looks after the installation may look, and changes nothing here.

What is written is written by acts, on the pages. An administrator who is no member of a restricted case does not find
it here either.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.shortcuts import redirect

from newsroom.models import visible_cases


class ReadOnlyAdmin(admin.ModelAdmin):
    """`case_path` leads from a row to its case, for models whose querysets do not know `visible_to` themselves."""

    case_path: ClassVar[str] = ""
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        things: Any = super().get_queryset(request)
        if self.case_path:
            return things.filter(visible_cases(request.user, f"{self.case_path}__"))  # type: ignore[arg-type]
        return things.visible_to(request.user) if hasattr(things, "visible_to") else things

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(getattr(request.user, "is_staff", False))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SupportSite(admin.AdminSite):
    """Takes in what is read-only, and passes over what libraries register: second factors, addresses, groups."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        if admin_class is not None and issubclass(admin_class, ReadOnlyAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Passwords are changed where everybody changes theirs, as an act."""
        return redirect("account_change_password")
