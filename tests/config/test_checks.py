"""What a production machine is refused, and the sentence it is given."""

import base64
import os
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.checks import run_checks
from pytest_django import Settings

SHARED = "c2hhcmVkIGJ5IHR3byBwdXJwb3NlcywgMzIgYnl0ZXMhc2hhcmVkIGJ5IHR3byBwdXJwb3Nlcw=="


@pytest.fixture
def production(settings: Settings) -> Settings:
    settings.DEBUG = False
    settings.ISNAD_DEMO = False
    settings.ISNAD_CAPTURE_ALLOW = []
    settings.SECRET_KEY = "k" * 50
    settings.TOTP_KEYS = [Fernet.generate_key().decode()]
    settings.ALLOWED_HOSTS = ["desk.example.org"]
    settings.REPLAY_ORIGIN = "https://*.replay.example.net"
    settings.CAPTURE_KEYS = [base64.b64encode(os.urandom(48)).decode()]
    return settings


def findings() -> list[str]:
    return sorted(found.id for found in run_checks() if found.id and found.id.startswith("isnad."))


def test_it_works(production: Settings) -> None:
    assert findings() == []


@pytest.mark.parametrize(
    ("setting", "value", "finding"),
    [
        ("ISNAD_DEMO", True, "isnad.E001"),
        ("ISNAD_CAPTURE_ALLOW", ["127.0.0.1:8123"], "isnad.E002"),
        ("SECRET_KEY", "development only", "isnad.E003"),
        ("TOTP_KEYS", ["not a key"], "isnad.E004"),
        ("TOTP_KEYS", [], "isnad.E004"),
        ("CAPTURE_KEYS", [], "isnad.E020"),
        ("CAPTURE_KEYS", ["not a key"], "isnad.E020"),
        ("CAPTURE_KEYS", [base64.b64encode(bytes(48)).decode()], "isnad.E020"),
        ("CAPTURE_KEYS", [base64.b64encode(b"short").decode()], "isnad.E020"),
        ("SECRET_KEY", SHARED, "isnad.E010"),
        ("TIMESTAMP_AUTHORITIES", ["https://tsa.example/tsr"], "isnad.E021"),
        ("TIMESTAMP_AUTHORITIES", ["https://tsa.example/tsr /no/such/file.pem"], "isnad.E021"),
        ("TIMESTAMP_AUTHORITIES", [f"https://tsa.example/tsr {__file__}"], "isnad.E021"),
        ("TIMESTAMP_AUTHORITIES_RETIRED", ["https://tsa.example/tsr"], "isnad.E021"),
        ("LEDGER_ANCHORS", ["smoke signals"], "isnad.E022"),
        ("SIMPLE_HISTORY_ENABLED", False, "isnad.E005"),
        ("ARCHIVE_ROOT", f"{__file__}/archive", "isnad.E007"),
        ("MIDDLEWARE", ["django.middleware.cache.UpdateCacheMiddleware"], "isnad.E006"),
        ("REPLAY_ORIGIN", "https://desk.example.org", "isnad.E012"),
        ("REPLAY_ORIGIN", "https://desk.example.org:8100", "isnad.E012"),  # cookies know no ports
        ("ALLOWED_HOSTS", [".example.net"], "isnad.E012"),
        ("ALLOWED_HOSTS", ["*"], "isnad.E012"),
        ("SESSION_COOKIE_DOMAIN", ".example.net", "isnad.E012"),
        ("CSRF_COOKIE_DOMAIN", "replay.example.net", "isnad.E012"),
        ("REPLAY_ORIGIN", "http://*.replay.example.net", "isnad.E013"),
        ("REPLAY_ORIGIN", "https://replay.example.net/archive", "isnad.E013"),
        ("REPLAY_ORIGIN", "https://*", "isnad.E013"),
        ("REPLAY_ORIGIN", "replay.example.net", "isnad.E013"),
    ],
)
def test_a_dangerous_setting_is_named(production: Settings, setting: str, value: object, finding: str) -> None:
    if value == SHARED:
        production.CAPTURE_KEYS = [SHARED]
    setattr(production, setting, value)
    assert finding in findings()


def test_banners_are_declined_by_rules_that_are_there(production: Settings, tmp_path: Path) -> None:
    production.CAPTURE_BANNERS = "DECLINE"
    assert findings() == []
    production.BANNER_RULES = tmp_path
    assert findings() == ["isnad.E023"]
    production.CAPTURE_BANNERS = "LEAVE"
    assert findings() == []


def test_every_finding_says_what_to_do(production: Settings) -> None:
    production.ISNAD_DEMO, production.SECRET_KEY, production.TOTP_KEYS = True, "short", []
    assert all(found.hint for found in run_checks() if found.id and found.id.startswith("isnad."))


def test_development_is_left_alone(settings: Settings) -> None:
    settings.DEBUG = True
    assert findings() == []
