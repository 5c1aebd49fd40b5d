"""The Celery app: `celery -A config worker` and `celery -A config beat`. Its options: config/queue.py."""

import os

from celery import Celery
from celery.signals import setup_logging, task_prerun
from django.db import reset_queries

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("isnad")
app.config_from_object("config.queue")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_django_does(**_: object) -> None:
    """Being connected is enough: Celery then leaves logging to `settings.LOGGING`, which keeps arguments out of it."""


@task_prerun.connect
def forget_earlier_queries(**_: object) -> None:
    """With DEBUG=1 Django keeps 9,000 queries, texts of pages among them, and forgets them when a request begins.

    A worker serves none: on a desk that runs so, it grew by 10 MB in a hundred captures.
    """
    reset_queries()
