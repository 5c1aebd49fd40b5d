"""System checks of the installation. Every finding has an id and says what to do about it."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.management import get_commands
from django.http.request import validate_host

from audit import grants
from audit.refused import COMMANDS
from audit.signing import UnusableKey, read_verifier, signing_keys
from audit.stamps import authorities
from audit.stamps.states import UnableToStamp
from sources import archive
from sources.archiving.browser import banners

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


@register(Tags.security)
def the_ledger_can_be_signed(**_: Any) -> list[CheckMessage]:
    try:
        usable = bool(signing_keys()) and all(map(read_verifier, settings.LEDGER_TRUSTED_KEYS))
    except UnusableKey as error:
        return [Error(str(error), hint="Print one with `python -m config.keys`.", id="isnad.E009")]
    if not usable:
        hint = "Set LEDGER_KEY, or LEDGER_KEY_FILE, to a line printed by `python -m config.keys`."
        return [Error("Nothing signs the checkpoints of the ledger.", hint=hint, id="isnad.E009")]
    return []


@register(Tags.database)
def the_record_is_out_of_reach(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Asked with `manage.py check --database default`. Whoever migrates must own the tables, and says so."""
    if settings.DEBUG or not databases or settings.DATABASE_WEB_URL or not grants.is_owner():
        return []
    hint = "Run web server and workers as another role: docs/deployment.md, Roles in the database."
    return [Error("This role could change what is on record.", hint=hint, id="isnad.E011")]


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


@register()
def banners_can_be_declined(**_: Any) -> list[CheckMessage]:
    if settings.CAPTURE_BANNERS == "LEAVE" or banners.are_there(settings.BANNER_RULES):
        return []
    hint = "Run `make setup`, which fetches them, or set CAPTURE_BANNERS=LEAVE."
    return [Error("The rules by which consent banners are declined are not there.", hint=hint, id="isnad.E023")]


@register(Tags.security)
def captures_can_be_signed(**_: Any) -> list[CheckMessage]:
    hint = "Set CAPTURE_KEY, or CAPTURE_KEY_FILE, to a line printed by `python -m config.keys`."
    if not settings.CAPTURE_KEYS:
        return [Error("CAPTURE_KEY is empty: captures would not be signed.", hint=hint, id="isnad.E020")]
    try:
        archive.our_public_keys()
    except ValueError as unusable:
        return [Error(f"CAPTURE_KEY holds no usable key: {unusable}.", hint=hint, id="isnad.E020")]
    return []


@register(Tags.security)
def no_key_serves_two_purposes(**_: Any) -> list[CheckMessage]:
    keys = [settings.SECRET_KEY, *settings.TOTP_KEYS, *settings.CAPTURE_KEYS, *settings.LEDGER_KEYS]
    if len(set(keys)) == len(keys):
        return []
    hint = "Print new ones with `python -m config.keys`: who learns one of them shall not have the others."
    return [Error("One key serves two purposes.", hint=hint, id="isnad.E010")]


@register(Tags.security)
def time_stamps_can_be_believed(**_: Any) -> list[CheckMessage]:
    hint = (
        "In TIMESTAMP_AUTHORITIES write an address, a blank, and the file of certificates its tokens are believed by."
    )
    found: list[CheckMessage] = []
    for authority in authorities.believed():
        try:
            authorities.roots_of(authority)
        except UnableToStamp as unable:
            found.append(Error(f"No token can be believed: {unable.detail}.", hint=hint, id="isnad.E021"))
    return found


@register(Tags.security)
def archived_pages_have_an_origin_of_their_own(**_: Any) -> list[CheckMessage]:
    """Ports do not count: a browser sends the cookies of a host to all of them."""
    if not ORIGIN.fullmatch(settings.REPLAY_ORIGIN) or not (
        settings.DEBUG or settings.REPLAY_ORIGIN.startswith("https:")
    ):
        hint = "Write it like https://*.replay.example.org, without a path; plain http is for development."
        return [Error("REPLAY_ORIGIN is not the address of a place of its own.", hint=hint, id="isnad.E013")]
    host = (urlsplit(settings.REPLAY_ORIGIN).hostname or "").replace("*", "a")
    hint = "Give REPLAY_ORIGIN a host that is in no pattern of ALLOWED_HOSTS, and that no cookie is meant for."
    found: list[CheckMessage] = []
    if validate_host(host, settings.ALLOWED_HOSTS):
        found.append(Error("Archived pages would run where the desk is.", hint=hint, id="isnad.E012"))
    domains = [settings.SESSION_COOKIE_DOMAIN, settings.CSRF_COOKIE_DOMAIN, settings.LANGUAGE_COOKIE_DOMAIN]
    if any(domain and validate_host(host, [f".{domain.lstrip('.')}"]) for domain in domains):
        found.append(Error("Archived pages would be sent the desk's cookies.", hint=hint, id="isnad.E012"))
    return found


@register()
def checkpoints_can_be_anchored(**_: Any) -> list[CheckMessage]:
    try:
        authorities.configured_places()
    except ValueError as unreadable:
        hint = "In LEDGER_ANCHORS write rfc3161, ots, file:<path> or mail:<address>, separated by commas."
        return [Error(f"LEDGER_ANCHORS: {unreadable}.", hint=hint, id="isnad.E022")]
    return []
