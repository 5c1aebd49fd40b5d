from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    name = "sources"
    verbose_name = _("Sources")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from audit.stamps import outgoing
        from sources import (
            looking,  # noqa: F401  (listens at the end of acts)
            permissions,  # noqa: F401  (adds this room's rows to the permission table)
            services,
        )
        from sources.actions import copies, stamps  # noqa: F401  (listen for captures that have come in)
        from sources.wording import acts  # noqa: F401  (tells how this room's acts and rows are told)

        outgoing.connect(services.ask_for_stamps)
