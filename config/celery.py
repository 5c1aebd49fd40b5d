"""The Celery app: `celery -A config worker` and `celery -A config beat`. Its options: config/queue.py."""

import ctypes
import os
from typing import Final

from celery import Celery
from celery.signals import setup_logging, task_prerun, worker_process_init
from django.db import reset_queries

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("isnad")
app.config_from_object("config.queue")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_django_does(**_: object) -> None:
    """Being connected is enough: Celery then leaves logging to `settings.LOGGING`, which keeps arguments out of it."""


# mallopt(3): one arena, and what is large is taken from the system and given back to it.
MALLOC: Final = {"M_ARENA_MAX": (-8, 1), "M_MMAP_THRESHOLD": (-3, 128 * 1024), "M_TRIM_THRESHOLD": (-1, 128 * 1024)}


@worker_process_init.connect
def give_memory_back(**_: object) -> None:
    """A capture is a few large bodies that pass through many threads.

    As it comes, glibc keeps an arena for each of those and puts large blocks into them once it has seen some: a worker
    that holds 96 MiB held 125 after a hundred captures and 139 after 350 (`make bench ONLY=memory`). Other C libraries
    have no `mallopt`.
    """
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        for option, value in MALLOC.values():
            mallopt(option, value)


@task_prerun.connect
def forget_earlier_queries(**_: object) -> None:
    """With DEBUG=1 Django keeps 9,000 queries, texts of pages among them, and forgets them when a request begins.

    A worker serves none: on a desk that runs so, it grew by 10 MB in a hundred captures.
    """
    reset_queries()
