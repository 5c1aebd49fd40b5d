"""The HTTP engine: one URL in, one capture out, whatever the other side does. How one ends: answer.py."""

import ssl
from collections.abc import Callable
from datetime import datetime

from sources.archiving import wacz
from sources.archiving.answer import as_it_came
from sources.archiving.fetch import fetch
from sources.archiving.guard import Guard, Resolver, resolve_by_system
from sources.archiving.limits import Limits
from sources.archiving.result import CaptureResult, now
from sources.domain.captures import CaptureState, UnableToFetch

ENGINE = "http"
ENGINE_VERSION = "3"


def capture(
    url: str,
    *,
    limits: Limits | None = None,
    allow: frozenset[tuple[str, int]] = frozenset(),
    clock: Callable[[], datetime] = now,
    resolve: Resolver = resolve_by_system,
    tls: ssl.SSLContext | None = None,
    sign: wacz.Sign | None = None,
) -> CaptureResult:
    """Capture `url`. Never raises over anything the URL or its server do; takes at most the limits' time.

    `allow` names the pairs of address and port that are open although not public (guard.read_exceptions).
    """
    limits = limits or Limits()
    captured_at = clock()
    try:
        fetched = fetch(url, Guard(limits, allow, resolve), clock=clock, tls=tls)
        return as_it_came(url, captured_at, fetched, limits, engine=ENGINE, engine_version=ENGINE_VERSION, sign=sign)
    except UnableToFetch as unable:
        return CaptureResult(
            CaptureState.FAILED,
            url,
            captured_at,
            unable.reason,
            unable.detail,
            redirects=unable.redirects,
            engine_version=ENGINE_VERSION,
        )
