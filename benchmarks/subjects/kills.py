"""Workers killed at random moments, as the suite does it but for longer: what was lost, doubled or damaged."""

import os
import random
import time
from collections.abc import Iterator

from django.conf import settings

from benchmarks import Figure
from sources import archive
from sources.archive_check import Kind, Tally, check
from sources.models import Capture, CaptureState
from tests import engines
from tests.pages import PageServer
from tests.settings import RUN
from tests.sources import killing

DEATHS = 200
DAMAGE = {Kind.MISSING, Kind.ALTERED, Kind.UNREADABLE}


def measure() -> Iterator[Figure]:
    pages, broker = PageServer(), engines.Valkey()
    pages.start()
    broker.start()
    settings.ISNAD_CAPTURE_ALLOW = [f"127.0.0.1:{pages.port}"]
    ours = {"DJANGO_SETTINGS_MODULE": "tests.settings", "ISNAD_TEST_RUN": RUN}
    ours["ISNAD_CAPTURE_ALLOW"] = settings.ISNAD_CAPTURE_ALLOW[0]
    try:
        with killing.workers({**os.environ, **ours}) as running:
            began = time.perf_counter()
            killing.kill(running, pages, DEATHS, random.Random(4))
            spent = time.perf_counter() - began
            killing.end_all(running)
        yield from _figures(spent)
    finally:
        broker.kill()
        pages.stop()


def _figures(spent: float) -> Iterator[Figure]:
    asked = Capture.objects.count()
    interrupted = Capture.objects.filter(attempts__gt=1).count()
    note = f"{DEATHS} times kill -9 in {spent:.0f} s, {asked} captures, {interrupted} of them begun more than once"
    ends = Capture.history.exclude(state__in=[CaptureState.QUEUED, CaptureState.RUNNING])
    ended = ends.values("id").distinct().count()
    damaged = sum(finding.kind in DAMAGE for finding in check(archive.store(), Tally(), now=time.time()))
    yield Figure("captures lost", asked - ended, "captures", f"{note}; to stay 0")
    yield Figure("captures that ended twice", ends.count() - ended, "captures", "to stay 0")
    yield Figure("files missing or damaged", damaged, "files", "to stay 0")
