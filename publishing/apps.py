from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from audit import checkpoints
        from audit.queries.trail import Written
        from publishing import (
            panels,  # noqa: F401  # adds its own to the pages of a claim, of a case, and to the desk
            permissions,  # noqa: F401  # adds this room's rows to the permission table
        )
        from publishing.models import Publication
        from publishing.wording import acts  # noqa: F401  # tells how this room's acts and rows are told
        from verification.models import ClaimState
        from verification.next_step import leads_on
        from verification.queries.record import hangs_on_a_claim

        checkpoints.occasion("claim.publish", "claim.correct", "case.publish", "case.correct")
        hangs_on_a_claim(Written(Publication, "claim"))
        leads_on(ClaimState.DECIDED, "claim.publish")
