from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerificationConfig(AppConfig):
    name = "verification"
    verbose_name = _("Verification")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from verification import panels, permissions  # noqa: F401  (add themselves to the source page and to the table)
        from verification.wording import acts  # noqa: F401  (tells how this room's acts and rows are told)
