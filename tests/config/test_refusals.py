"""Every refusal has a page that says what to do."""

from http import HTTPStatus

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from newsroom.models import Case
from tests.cast import Cast
from tests.verification import make

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def url(cast: Cast, case: Case, client: Client) -> str:
    client.force_login(cast.amal, backend=BACKEND)
    return reverse("claim-comment", args=[make.claim(cast, case).reference])


@pytest.mark.parametrize(("language", "words"), [("en", "only takes what a form sends"), ("ar", "لا يأخذ هذا العنوان")])
def test_an_address_that_may_only_be_sent_to(client: Client, url: str, language: str, words: str) -> None:
    answer = client.get(url, headers={"Accept-Language": language})
    assert (answer.status_code, answer["Allow"]) == (HTTPStatus.METHOD_NOT_ALLOWED, "POST")
    assert words in answer.content.decode()


def test_an_address_that_may_only_be_opened(client: Client, url: str) -> None:
    url = url.replace("comment", "as-it-stood")
    answer = client.post(url)
    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert "only shows what is there" in answer.content.decode()
    assert f'href="{url}"' in answer.content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "more than 5 MB"), ("ar", "أكثر من 5 م.ب")])
def test_more_text_than_is_taken_at_once(client: Client, url: str, language: str, words: str) -> None:
    answer = client.post(url, {"text": "x" * 6_000_000}, headers={"Accept-Language": language})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert words in answer.content.decode()
    assert f'lang="{language}"' in answer.content.decode()


def test_who_may_not_any_more_can_copy_what_was_typed(client: Client, cast: Cast, case: Case, url: str) -> None:
    claim = make.claim(cast, case)
    url = reverse("claim-publish", args=[claim.reference])
    answer = client.post(url, {"note": "كلمة بعد كلمة", "seen": "sha256:00"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert answer.context["texts"] == ["كلمة بعد كلمة"]
    assert "كلمة بعد كلمة" in answer.content.decode()


def test_more_fields_than_a_form_has(client: Client, url: str) -> None:
    answer = client.post(url, {f"field{number}": "" for number in range(1_100)})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "more fields" in answer.content.decode()


@override_settings(ALLOWED_HOSTS=["desk.example"])
def test_what_no_form_of_ours_sends(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "damaged on its way" in answer.content.decode()
