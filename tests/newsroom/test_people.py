from http import HTTPStatus

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from newsroom.models import Role, User
from tests.cast import PASSWORD, Cast

NEW = {"email": "Lina@Example.org", "name": "Lina", "role": Role.REVIEWER, "language": "ar"}


@pytest.fixture
def hana(client: Client, cast: Cast) -> Client:
    client.force_login(cast.hana, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_it_works(hana: Client) -> None:
    hana.post(reverse("person-create"), NEW)
    lina = User.objects.get(email="lina@example.org")
    assert (lina.name, lina.role, lina.language, lina.has_usable_password()) == ("Lina", Role.REVIEWER, "ar", False)
    assert lina.history.get().act.name == "person.create"


def test_an_address_belongs_to_one_person(hana: Client, cast: Cast) -> None:
    answer = hana.post(reverse("person-create"), NEW | {"email": "AMAL@example.org"})
    assert "already" in str(answer.context["form"].errors["email"])
    assert answer.context["form"]["name"].value() == "Lina"


def test_who_is_not_active_cannot_sign_in_and_what_they_did_stays(hana: Client, cast: Cast) -> None:
    hana.post(reverse("person-edit", args=[cast.amal.pk]), {"name": "Amal", "role": Role.RESEARCHER})
    assert not User.objects.get(pk=cast.amal.pk).is_active
    Client().post(reverse("account_login"), {"login": cast.amal.email, "password": PASSWORD})
    assert cast.amal.history.count() == 2


def test_a_person_that_is_not_there(hana: Client) -> None:
    assert hana.get(reverse("person-edit", args=[999_999])).status_code == HTTPStatus.NOT_FOUND


def test_signing_in_leaves_no_history_row(cast: Cast) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": cast.amal.email, "password": PASSWORD})
    assert client.get(reverse("profile")).status_code == HTTPStatus.OK
    assert cast.amal.history.count() == 1


def test_a_new_person_sets_a_password_through_the_mail(hana: Client) -> None:
    hana.post(reverse("person-create"), NEW)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "lina@example.org"})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get(email="lina@example.org").check_password(PASSWORD)


def test_everybody_chooses_their_language(client: Client, cast: Cast) -> None:
    client.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("profile"), {"language": "ar"})
    assert User.objects.get(pk=cast.omar.pk).language == "ar"


def test_an_unknown_language_is_refused(client: Client, cast: Cast) -> None:
    client.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(reverse("profile"), {"language": "xx"}).context["form"].errors
