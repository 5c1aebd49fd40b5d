"""Which engine makes a capture: the settings' side of `archiving/http_engine.py` and `archiving/browser/`."""

import logging
import os
from dataclasses import replace
from typing import Any

from django.conf import settings

from sources import archive
from sources.archiving import http_engine
from sources.archiving.browser import engine, finding
from sources.archiving.browser.keeping import keeper
from sources.archiving.browser.program import UnableToStart
from sources.archiving.result import CaptureResult
from sources.domain.captures import Handling
from sources.models import CaptureEngine

log = logging.getLogger(__name__)


def capture(url: str, asked: str) -> CaptureResult:
    """By the engine that is asked for. Where no browser is or starts, by the other one, and the result says so."""
    how: Any = {"limits": archive.limits(), "allow": archive.named_exceptions(), "sign": archive.signer()}
    if asked == CaptureEngine.HTTP:
        return http_engine.capture(url, **how)
    setup = browser()
    try:
        if setup is not None:
            return engine.capture(url, setup, **how)
    except UnableToStart as unable:
        log.error("Captures are made without a browser: %s.", unable)
    result = http_engine.capture(url, **how)
    return replace(result, handling=(Handling.NO_BROWSER, *result.handling))


def browser() -> engine.Setup | None:
    program = finding.find(settings.BROWSER)
    # Chromium refuses to shut itself in when it runs as root, so there a container has to.
    sandbox = settings.BROWSER_SANDBOX and os.geteuid() != 0
    banners = settings.BANNER_RULES if settings.CAPTURE_BANNERS == "DECLINE" else None
    if program is None:
        return None
    return engine.Setup(program, sandbox=sandbox, fullpage=settings.CAPTURE_FULL_PAGE, banners=banners)


def close() -> None:
    """At the end of a process. One that is killed leaves an empty folder at most, which the next browser removes."""
    keeper.let_go()
