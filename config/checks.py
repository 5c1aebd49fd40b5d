"""System checks of the installation. Every finding has an id and says what to do about it."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.management import get_commands
from django.http.request import validate_host

from audit.refused import COMMANDS

ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9][a-z0-9.-]*(:\d+)?")
CACHING_MIDDLEWARE = {
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
}


@register(Tags.security)
def nothing_of_the_demo_in_production(**_: Any) -> list[CheckMessage]:
    if settings.DEBUG:
        return []
    found: list[CheckMessage] = []
    if settings.ISNAD_DEMO:
        hint = "Unset ISNAD_DEMO, or set DEBUG=1 on a machine that only shows the demo."
        found.append(Error("The demo people have passwords that everybody knows.", hint=hint, id="isnad.E001"))
    if settings.ISNAD_CAPTURE_ALLOW:
        hint = "Unset ISNAD_CAPTURE_ALLOW: it is for tests and the demo."
        found.append(Error("Captures may reach private addresses.", hint=hint, id="isnad.E002"))
    if len(settings.SECRET_KEY) < 50:
        hint = "Set SECRET_KEY, or SECRET_KEY_FILE, to a line printed by `python -m config.keys`."
        found.append(Error("SECRET_KEY can be guessed.", hint=hint, id="isnad.E003"))
    return found


@register(Tags.security)
def second_factors_can_be_sealed(**_: Any) -> list[CheckMessage]:
    try:
        keys = [Fernet(key) for key in settings.TOTP_KEYS]
    except ValueError:
        keys = []
    if keys:
        return []
    hint = "Set TOTP_KEY, or TOTP_KEY_FILE, to a line printed by `python -m config.keys`."
    return [Error("TOTP_KEY holds no usable key.", hint=hint, id="isnad.E004")]


@register()
def history_is_written(**_: Any) -> list[CheckMessage]:
    if getattr(settings, "SIMPLE_HISTORY_ENABLED", True):
        return []
    hint = "Remove SIMPLE_HISTORY_ENABLED from the settings."
    return [Error("Row history is switched off: acts would leave no trace.", hint=hint, id="isnad.E005")]


@register(Tags.security)
def no_page_is_cached_for_another(**_: Any) -> list[CheckMessage]:
    if not CACHING_MIDDLEWARE & set(settings.MIDDLEWARE):
        return []
    hint = "Remove the caching middleware: one person's page would be served to another."
    return [Error("Whole pages are cached.", hint=hint, id="isnad.E006")]


@register()
def captures_can_be_kept(**_: Any) -> list[CheckMessage]:
    """The folder is made with the first capture, so what counts is the nearest one that is there."""
    root = Path(settings.ARCHIVE_ROOT)
    there = next(folder for folder in (root, *root.absolute().parents) if folder.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return []
    hint = "Set ARCHIVE_ROOT to a folder that the web server and the workers may write to."
    return [Error(f"Captures cannot be kept: {there} is not ours to write to.", hint=hint, id="isnad.E007")]


@register()
def history_is_never_cleaned(**_: Any) -> list[CheckMessage]:
    """django-simple-history's own commands would delete rows, or invent some."""
    commands = get_commands()
    loose = [name for name in COMMANDS if commands.get(name) != "audit"]
    if not loose:
        return []
    hint = "List audit before simple_history in INSTALLED_APPS."
    return [Error(f"History can be rewritten with manage.py {', '.join(loose)}.", hint=hint, id="isnad.E008")]


@register(Tags.security)
def archived_pages_have_an_origin_of_their_own(**_: Any) -> list[CheckMessage]:
    """Ports do not count: a browser sends the cookies of a host to all of them."""
    if not ORIGIN.fullmatch(settings.REPLAY_ORIGIN) or not (
        settings.DEBUG or settings.REPLAY_ORIGIN.startswith("https:")
    ):
        hint = "Write it like https://*.replay.example.org, without a path; plain http is for development."
        return [Error("REPLAY_ORIGIN is not the address of a place of its own.", hint=hint, id="isnad.E010")]
    host = (urlsplit(settings.REPLAY_ORIGIN).hostname or "").replace("*", "a")
    hint = "Give REPLAY_ORIGIN a host that is in no pattern of ALLOWED_HOSTS, and that no cookie is meant for."
    found: list[CheckMessage] = []
    if validate_host(host, settings.ALLOWED_HOSTS):
        found.append(Error("Archived pages would run where the desk is.", hint=hint, id="isnad.E009"))
    domains = [settings.SESSION_COOKIE_DOMAIN, settings.CSRF_COOKIE_DOMAIN, settings.LANGUAGE_COOKIE_DOMAIN]
    if any(domain and validate_host(host, [f".{domain.lstrip('.')}"]) for domain in domains):
        found.append(Error("Archived pages would be sent the desk's cookies.", hint=hint, id="isnad.E009"))
    return found
