"""What was typed outlives the session it was typed in, and goes nowhere by itself."""

from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from newsroom.models import Case
from tests.cast import Cast
from tests.verification import make
from verification.models import Claim, Comment

TYPED = "Who was at the gate?\nكان هناك حارسان <b>اثنان</b>"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE = {"Origin": "http://testserver", "Referer": "http://testserver/claims/C-000001/?at=8"}


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return make.claim(cast, case)


@pytest.fixture
def url(claim: Claim) -> str:
    return reverse("claim-comment", args=[claim.reference])


@pytest.fixture
def strict() -> Client:
    """One that is asked for a form's token, as browsers are."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_shown_and_can_be_sent_again(url: str, cast: Cast, language: str) -> None:
    client = Client(headers={"Accept-Language": language})
    answer = client.post(url, {"text": TYPED, "do": "save"}, headers=HERE)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert answer["Cache-Control"] == "no-store"
    assert answer.context["typed"] == [("text", TYPED), ("do", "save")]
    assert answer.context["texts"] == [TYPED]
    assert answer.context["came_from"] == "/claims/C-000001/?at=8"
    page = answer.content.decode()
    assert f'action="{url}"' in page
    assert "&lt;b&gt;" in page
    assert not Comment.objects.exists()

    client.force_login(cast.amal, backend=BACKEND)
    client.post(url, dict(answer.context["typed"]), headers=HERE)
    assert Comment.objects.get().text.splitlines() == TYPED.splitlines()


def test_a_form_older_than_the_sign_in_says_as_whom_it_would_be_sent(url: str, cast: Cast, strict: Client) -> None:
    strict.force_login(cast.basim, backend=BACKEND)
    answer = strict.post(url, {"text": TYPED, "csrfmiddlewaretoken": "of an older session"}, headers=HERE)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert answer.context["typed"] == [("text", TYPED)]
    assert cast.basim.name in answer.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("origin", [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {}])
def test_what_another_site_sends_is_not_offered_to_be_sent_on(
    url: str, cast: Cast, strict: Client, origin: dict[str, str]
) -> None:
    strict.force_login(cast.basim, backend=BACKEND)
    answer = strict.post(url, {"text": TYPED}, headers=origin)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "حارسان" not in answer.content.decode()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_part_of_a_page_does_not_take_the_place_of_what_is_being_typed(url: str, method: str) -> None:
    answer = Client(headers={"HX-Request": "true"}).generic(method, url, "text=x", "application/x-www-form-urlencoded")
    assert (answer.status_code, answer.content) == (HTTPStatus.UNAUTHORIZED, b"")


def test_files_are_named_since_they_have_to_be_chosen_again(cast: Cast, case: Case) -> None:
    sent: dict[str, Any] = {"why": "The page is gone.", "file": SimpleUploadedFile("صفحة.pdf", b"%PDF-")}
    answer = Client().post(reverse("case-create"), sent, headers=HERE)
    assert answer.context["files"] == ["صفحة.pdf"]


def test_a_password_is_not_written_into_a_page() -> None:
    answer = Client().post(reverse("account_change_password"), {"oldpassword": "correct horse battery"}, headers=HERE)
    assert answer.status_code == HTTPStatus.FOUND
    assert "horse" not in answer.content.decode()


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("http://testserver/claims/C-000001/?at=8#evidence", "/claims/C-000001/%3Fat%3D8"),
        ("https://elsewhere.example/claims/", "/"),
        ("http://testserver//elsewhere.example", "/elsewhere.example"),
        ("", "/"),
    ],
)
def test_whoever_typed_nothing_signs_in_and_is_led_to_the_page_of_the_form(url: str, referer: str, page: str) -> None:
    answer = Client().post(url, {}, headers={"Referer": referer})
    assert answer.status_code == HTTPStatus.FOUND
    assert answer["Location"] == f"{reverse('account_login')}?next={page}"
