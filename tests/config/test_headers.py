"""What every answer carries, and that a view nobody opened is closed."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_no_page_may_run_or_load_what_is_not_ours(client: Client) -> None:
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_link_does_not_tell_where_it_was_followed_from(client: Client) -> None:
    answer = client.get(reverse("account_login"))
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_stranger_chooses_a_language(client: Client, language: str) -> None:
    client.post(reverse("set_language"), {"language": language, "next": "/healthz"})
    assert client.get(reverse("account_login"))["Content-Language"] == language
