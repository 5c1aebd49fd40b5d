from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from audit import (
            checkpoints,  # noqa: F401  (listens for acts after which the ledger is signed)
            exporting_anchors,  # noqa: F401  (puts the anchors into bundles)
            grants,
            impossible,
            recording,
        )
        from audit.verifying import anchors  # noqa: F401  (says how anchors are verified)
        from audit.wording import acts as _  # noqa: F401  (tells how acts on the ledger itself are told)

        connection_created.connect(impossible.bear)
        post_migrate.connect(recording.prepare, sender=self)
        post_migrate.connect(grants.after_migrate, sender=self)
