"""The Celery app: `celery -A config worker` and `celery -A config beat`. Its options: config/queue.py."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("isnad")
app.config_from_object("config.queue")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_django_does(**_: object) -> None:
    """Being connected is enough: Celery then leaves logging to `settings.LOGGING`, which keeps arguments out of it."""
