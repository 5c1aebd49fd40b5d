from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import (
            celery,  # noqa: F401  - the current Celery app, which every `shared_task` of the rooms belongs to
            checks,  # noqa: F401  - registers the system checks
        )
