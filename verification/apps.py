from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerificationConfig(AppConfig):
    name = "verification"
    verbose_name = _("Verification")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from audit import checkpoints
        from audit.verifying import guards
        from verification import (  # noqa: F401
            looking_up,  # listens at the end of acts
            panels,  # adds its own to the page of a source
            passage_alerts,  # listens at the end of acts
            permissions,  # adds this room's rows to the permission table
            recount,  # listens at the end of acts
        )
        from verification.wording import acts  # noqa: F401  (tells how this room's acts and rows are told)

        checkpoints.occasion("claim.rule")
        made = import_module("verification.migrations.0003_four_eyes")
        since = import_module("verification.migrations.0018_judgement_is_always_guarded")
        guards.ours(made.FOUR_EYES + made.PERMANENT + since.FOUR_EYES)
