"""Signing in: who may, who is told to wait, and what a thief of the database would find."""

from types import SimpleNamespace

import pytest
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import get_adapter
from cryptography.fernet import Fernet, InvalidToken
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audit.models import Act
from tests.cast import PASSWORD, Cast


def sign_in(client: Client, email: str, password: str) -> int:
    return client.post(reverse("account_login"), {"login": email, "password": password}).status_code


def test_it_works(client: Client, cast: Cast) -> None:
    assert sign_in(client, cast.amal.email, PASSWORD) == 302
    assert client.session["_auth_user_id"] == str(cast.amal.pk)


@pytest.mark.django_db
def test_nobody_signs_up(client: Client) -> None:
    offered = client.post(reverse("account_signup"), {"email": "dana@example.org", "password1": PASSWORD})
    assert offered.templates[0].name == "account/signup_closed.html"


def test_the_deactivated_do_not_sign_in(client: Client, cast: Cast) -> None:
    type(cast.amal).objects.filter(pk=cast.amal.pk).update(is_active=False)
    sign_in(client, cast.amal.email, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_close_the_door_for_a_while(client: Client, cast: Cast) -> None:
    answers = [sign_in(client, cast.amal.email, "a wrong password") for _ in range(5)]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert sign_in(client, cast.amal.email, PASSWORD) != 302
    assert "_auth_user_id" not in client.session


def test_nobody_else_waits_for_it(client: Client, cast: Cast) -> None:
    for _ in range(5):
        sign_in(client, cast.amal.email, "a wrong password")
    assert sign_in(client, cast.basim.email, PASSWORD) == 302


@pytest.mark.django_db
def test_the_admin_sends_strangers_to_the_common_door(client: Client) -> None:
    answer = client.get("/admin/login/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_second_factor_is_sealed(settings: Settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.TOTP_KEYS = [old]
    sealed = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed

    settings.TOTP_KEYS = [new, old]
    assert get_adapter().decrypt(sealed) == "JBSWY3DPEHPK3PXP"
    settings.TOTP_KEYS = [new]
    with pytest.raises(InvalidToken):
        get_adapter().decrypt(sealed)


def test_a_throttle_needs_no_credentials() -> None:
    from config.accounts import attempted_email

    request = SimpleNamespace(POST={"login": " Amal@Example.org "})
    assert attempted_email(request, None) == "amal@example.org"  # type: ignore[arg-type]
    assert attempted_email(request, {"email": "basim@example.org"}) == "basim@example.org"  # type: ignore[arg-type]


def test_a_new_password_is_an_act_and_leaves_no_trace_of_itself(cast: Cast) -> None:
    before = cast.amal.history.count()
    get_account_adapter().set_password(cast.amal, "another long password")
    assert cast.amal.history.count() == before + 1
    assert Act.objects.latest("id").name == "person.password"
    assert "password" not in {field.name for field in cast.amal.history.model._meta.get_fields()}


def test_a_hash_that_became_too_weak_is_replaced_on_signing_in(client: Client, cast: Cast, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    before = cast.amal.history.count()
    assert sign_in(client, cast.amal.email, PASSWORD) == 302
    cast.amal.refresh_from_db()
    assert cast.amal.password.startswith("pbkdf2")
    assert cast.amal.history.count() == before


@pytest.mark.parametrize("action", ["action_add", "action_primary", "action_remove"])
def test_nobody_gives_themselves_another_address(client: Client, cast: Cast, action: str) -> None:
    client.force_login(cast.amal, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("account_email")).status_code == 404
    answer = client.post(reverse("account_email"), {action: "", "email": "other@example.org"})
    assert answer.status_code == 404
    cast.amal.refresh_from_db()
    assert cast.amal.email == "amal@example.org"


def test_who_may_open_no_case_is_told_of_no_case(client: Client, cast: Cast) -> None:
    client.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = client.get(reverse("case-create"))
    assert told.status_code == 403
    assert "Your role on this desk does not include it." in told.text
