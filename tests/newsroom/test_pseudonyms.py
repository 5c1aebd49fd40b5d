"""A pseudonym is nobody's name, gives nobody away, and is looked at before it is given."""

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import Act
from newsroom.actions import closing, people, pseudonyms
from newsroom.models import Role, User
from tests.cast import PASSWORD, Cast, assemble

REASON = "They asked for it."


def joins(name: str, email: str) -> User:
    return people.create(actor="tests", email=email, name=name, role=Role.EDITOR, language="en", password=PASSWORD)


@pytest.fixture
def lina(cast: Cast) -> User:
    return joins("Lina لينا", "l.haddad@example.org")


def close(cast: Cast, person: User, pseudonym: str, reason: str = REASON) -> User:
    return closing.close(actor=cast.hana, user_id=person.pk, pseudonym=pseudonym, reason=reason)


@pytest.mark.parametrize("pseudonym", ["Capture worker", "watch", "عامل الحفظ", "The capture worker"])
def test_nobody_is_called_like_a_part_of_the_system(cast: Cast, lina: User, pseudonym: str) -> None:
    with pytest.raises(ValidationError, match="part of the system"):
        close(cast, lina, pseudonym)


@pytest.mark.parametrize(
    "pseudonym",
    ["Basim", "basim", "BÁSIM", "Basim 2", "B A S I M", "b.basim", "Bas-im", "Hana", "newsdesk", "Former colleague ٧"],
)
def test_nobody_is_called_like_a_colleague(cast: Cast, lina: User, pseudonym: str) -> None:
    joins("Karim Saleh", "newsdesk@example.org")
    close(cast, joins("Zuhayra", "z@example.org"), "Former colleague 7")
    before = Act.objects.count()
    with pytest.raises(ValidationError, match="could be taken for this"):
        close(cast, lina, pseudonym)
    assert not User.objects.get(pk=lina.pk).is_closed
    assert Act.objects.count() == before


@pytest.mark.parametrize(
    ("pseudonym", "reason", "found"),
    [
        ("Lina", REASON, "Lina"),
        ("Once لينا 2", REASON, "لينا"),
        ("Haddad", REASON, "Haddad"),
        ("Former colleague 7", "Lina asked for it.", "Lina"),
        ("Former colleague 7", "طلبت لينا ذلك", "لينا"),
        ("Former colleague 7", "Write to l.haddad@example.org", "l.haddad@example.org"),
        # a name they had before is told of in the record as well
        ("Samira", REASON, "Samira"),
    ],
)
def test_no_part_of_the_name_is_left(cast: Cast, lina: User, pseudonym: str, reason: str, found: str) -> None:
    people.change(actor=cast.hana, user_id=lina.pk, name="Samira", role=Role.EDITOR, is_active=True)
    people.change(actor=cast.hana, user_id=lina.pk, name="Lina لينا", role=Role.EDITOR, is_active=True)
    with pytest.raises(ValidationError, match=f"“{found}” tells whose account this was"):
        close(cast, lina, pseudonym, reason)
    assert not User.objects.get(pk=lina.pk).is_closed


def test_a_pseudonym_says_something(cast: Cast, lina: User) -> None:
    with pytest.raises(ValidationError, match="needs a letter or a figure"):
        close(cast, lina, "***")


def test_who_comes_later_is_not_called_by_a_pseudonym(cast: Cast, lina: User) -> None:
    close(cast, lina, "Former colleague 7")
    with pytest.raises(ValidationError, match="as its pseudonym"):
        joins("former colleague ٧", "new@example.org")
    with pytest.raises(ValidationError, match="as its pseudonym"):
        people.change(actor=cast.hana, user_id=cast.omar.pk, name="Former colleague 7", role="OBSERVER", is_active=True)
    assert joins("Basim", "another-basim@example.org").name == "Basim"  # people may share a name


@pytest.mark.parametrize(
    ("name", "why"), [("Samir Haddad", "as its pseudonym"), ("S a m i r", "as its pseudonym"), ("Sаmir", "alphabets")]
)
def test_who_comes_later_is_not_taken_for_a_pseudonym(cast: Cast, lina: User, name: str, why: str) -> None:
    close(cast, lina, "Samir")
    with pytest.raises(ValidationError, match=why):
        joins(name, "new@example.org")


class TestThePage:
    @pytest.fixture
    def hana(self, client: Client, cast: Cast) -> Client:
        client.force_login(cast.hana, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def post(self, hana: Client, person: User, **values: str) -> Any:
        return hana.post(
            reverse("person-close", args=[person.pk]), {"pseudonym": "Former colleague 7", "reason": REASON, **values}
        )

    def test_it_shows_what_will_be_shown_and_does_nothing_yet(self, hana: Client, lina: User) -> None:
        people.set_language(actor=lina, language="ar")
        page = self.post(hana, lina).content.decode()
        assert "This will be shown" in page
        assert "<bdi>Former colleague 7</bdi> chose another language" in page
        assert not User.objects.get(pk=lina.pk).is_closed
        assert self.post(hana, lina, seen="Former colleague 7").status_code == HTTPStatus.FOUND
        assert User.objects.get(pk=lina.pk).name == "Former colleague 7"

    def test_another_pseudonym_is_shown_again(self, hana: Client, lina: User) -> None:
        assert (
            "This will be shown"
            in self.post(hana, lina, pseudonym="Colleague", seen="Former colleague 7").content.decode()
        )
        assert not User.objects.get(pk=lina.pk).is_closed

    def test_what_is_refused_is_said_before(self, hana: Client, lina: User) -> None:
        page = self.post(hana, lina, pseudonym="Omar").content.decode()
        assert "could be taken for this" in page
        assert "This will be shown" not in page


def both_close() -> list[str]:
    """What became of two accounts that were closed together, under one pseudonym."""
    cast = assemble()
    together = Barrier(2, timeout=20)

    def one(person: User) -> str:
        try:
            together.wait()
            close(cast, person, "Former colleague 7")
        except ValidationError:
            return "refused"
        finally:
            connection.close()
        return "closed"

    with ThreadPoolExecutor(2) as threads:
        return sorted(threads.map(one, [cast.amal, cast.basim]))


def test_of_two_at_once_one_is_refused(transactional_db: None) -> None:
    assert both_close() == ["closed", "refused"]


def test_twin_without_turns_there_are_two_of_one_name(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = Barrier(2, timeout=20)
    taken = pseudonyms._taken

    def both_look(person: User, pseudonym: str) -> str:
        said = taken(person, pseudonym)
        looked.wait()
        return said

    monkeypatch.setattr(pseudonyms, "take_turns", lambda: None)
    monkeypatch.setattr(pseudonyms, "_taken", both_look)
    assert both_close() == ["closed", "closed"]
