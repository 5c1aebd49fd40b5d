"""Django admin shows, and changes nothing: every model in it, whatever is asked of it."""

from http import HTTPStatus
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse

from audit.models import Act
from newsroom.models import User
from newsroom.support import ReadOnlyAdmin
from tests.cast import Cast
from tests.verification import make
from tests.world import World, build
from verification.models import Claim

SHOWN = list(admin.site._registry)


@pytest.fixture
def world(cast: Cast) -> World:
    """A restricted case with one of everything, which Hana, an administrator, is a member of."""
    from newsroom.actions import cases

    world = build(cast)
    cases.add_member(actor=cast.chadi, case_id=world.case.pk, user_id=cast.hana.pk, role="ADMIN")
    return world


def signed_in(person: User) -> Client:
    browser = Client()
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def address(model: type[Model], what: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


def test_what_is_shown() -> None:
    assert {User, Claim, Act} <= set(SHOWN)
    assert Group not in SHOWN
    assert not {"emailaddress", "authenticator", "session"} & {model._meta.model_name for model in SHOWN}


@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model.__name__)
def test_it_is_shown_and_never_changed(world: World, model: Any) -> None:
    browser = signed_in(world.cast.hana)
    assert isinstance(admin.site._registry[model], ReadOnlyAdmin)
    assert browser.get(address(model, "changelist"), {"q": "x"}).status_code == HTTPStatus.OK
    assert browser.get(address(model, "add")).status_code == HTTPStatus.FORBIDDEN
    assert browser.post(address(model, "add"), {}).status_code == HTTPStatus.FORBIDDEN
    delete_many = {"action": "delete_selected", "_selected_action": ["1"], "post": "yes"}
    before = list(model.objects.order_by("pk").values())
    browser.post(address(model, "changelist"), delete_many)
    for thing in model.objects.all()[:1]:
        assert browser.get(address(model, "change", thing.pk)).status_code == HTTPStatus.OK
        values = {field.name: "" for field in model._meta.fields}
        assert browser.post(address(model, "change", thing.pk), values).status_code == HTTPStatus.FORBIDDEN
        assert browser.post(address(model, "delete", thing.pk), {"post": "yes"}).status_code == HTTPStatus.FORBIDDEN
    assert list(model.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model.__name__)
def test_a_restricted_case_does_not_exist_for_an_administrator_outside_it(cast: Cast, model: Any) -> None:
    world = build(cast)
    request = RequestFactory().get("/")
    request.user = cast.hana
    seen = admin.site._registry[model].get_queryset(request)
    assert not [thing for thing in seen if getattr(thing, "case", None) == world.case or thing == world.case]


def test_it_is_for_administrators(world: World) -> None:
    for person in (world.cast.chadi, world.cast.omar):
        answer = signed_in(person).get(address(Claim, "changelist"))
        assert answer.status_code == HTTPStatus.FOUND


def test_no_password_is_shown_or_set(world: World) -> None:
    browser = signed_in(world.cast.hana)
    page = browser.get(address(User, "change", world.cast.amal.pk)).content.decode()
    assert world.cast.amal.password not in page
    assert world.cast.amal.password.split("$")[0] not in page
    answer = browser.get(reverse("admin:password_change"))
    assert answer["Location"] == reverse("account_change_password")


def test_a_blind_reviewer_does_not_find_a_review_here(world: World) -> None:
    claim = make.claim(world.cast, world.case, "Another claim.")
    make.review(make.assignment(world.cast, claim, world.cast.basim), rationale="The recording is older.")
    make.assignment(world.cast, claim, world.cast.hana)
    page = signed_in(world.cast.hana).get(address(Act, "changelist"), {"q": "recording is older"})
    assert "0 acts" in page.content.decode()
