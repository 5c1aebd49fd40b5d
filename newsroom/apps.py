from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from newsroom import permissions  # noqa: F401  (adds this room's rows to the permission table)
        from newsroom.wording import acts  # noqa: F401  (tells how this room's acts and rows are told)
