"""Closing an account: a pseudonym everywhere, for good, and the ledger as it was."""

from http import HTTPStatus
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from audit.models import Act, Entry
from newsroom.actions import closing, people
from newsroom.models import Role, User
from tests.architecture.test_matrix import TABLE
from tests.cast import PASSWORD, Cast
from tests.verification import make
from tests.world import World, build
from verification.actions import comments

NAME, PSEUDONYM = "Zuhayra Qasimi", "Former colleague 7"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def leaving(cast: Cast) -> User:
    return people.create(
        actor="tests", email="zuhayra@example.org", name=NAME, role=Role.EDITOR, language="en", password=PASSWORD
    )


@pytest.fixture
def world(cast: Cast, leaving: User) -> World:
    """One of everything, done by who leaves wherever an editor or a researcher may."""
    world = build(Cast(leaving, cast.basim, leaving, cast.omar, cast.hana, cast.dana))
    comments.comment(actor=leaving, claim_id=world.claim.pk, text="I looked at the page.")
    make.withdrawn(world.cast, world.account)
    return world


def close(cast: Cast, person: User) -> User:
    return closing.close(actor=cast.hana, user_id=person.pk, pseudonym=PSEUDONYM, reason="They asked for it.")


def pages(world: World, reader: User) -> dict[str, str]:
    """Every page `reader` may open, and every file of the record."""
    client, seen = signed_in(reader), {}
    for name, row in TABLE.items():
        url = reverse(name, args=row.path(world))
        answers = {"GET": client.get(url)} if row.get else {}
        if name.endswith("-history") or name == "audit-list":
            answers |= {form: client.post(url, {"format": form}) for form in ("csv", "json")}
        for how, answer in answers.items():
            if answer.status_code == HTTPStatus.OK:
                seen[f"{how} {url}"] = b"".join(answer).decode(errors="replace")
    for entry in Entry.objects.all():
        answer = client.get(reverse("audit-proof", args=[entry.index]))
        seen[f"entry {entry.index}"] = answer.content.decode()
    for url in ("/admin/audit/act/", "/admin/newsroom/user/", "/admin/newsroom/membership/"):
        seen[url] = client.get(url).content.decode()
    return seen


@pytest.mark.parametrize("reader", ["omar", "basim", "hana"])
def test_no_page_shows_the_name_any_more(cast: Cast, world: World, leaving: User, reader: str) -> None:
    before = [where for where, page in pages(world, getattr(cast, reader)).items() if NAME in page]
    assert before  # or the rest would prove nothing
    close(cast, leaving)
    after = pages(world, getattr(cast, reader))
    assert [where for where, page in after.items() if NAME in page or "zuhayra" in page.lower()] == []
    assert any(PSEUDONYM in page for page in after.values())


def test_the_ledger_stays_as_it_was(cast: Cast, world: World, leaving: User) -> None:
    kept = dict(Entry.objects.values_list("index", "content"))
    close(cast, leaving)
    assert {index: kept[index] for index in kept} == {
        entry.index: entry.content for entry in Entry.objects.filter(index__in=kept)
    }
    assert Act.objects.filter(actor=leaving, actor_name=NAME).exists()


def test_they_sign_in_no_more(cast: Cast, leaving: User) -> None:
    client = signed_in(leaving)
    assert client.get(reverse("desk")).status_code == HTTPStatus.OK
    close(cast, leaving)
    assert client.get(reverse("desk")).status_code == HTTPStatus.FOUND
    Client().post(reverse("account_login"), {"login": "zuhayra@example.org", "password": PASSWORD})
    closed = User.objects.get(pk=leaving.pk)
    assert (closed.is_active, closed.last_login is None or closed.is_closed) == (False, True)
    assert not closed.has_usable_password()


class TestThePage:
    def post(self, by: User, person: User, **values: Any) -> Any:
        typed = {"pseudonym": PSEUDONYM, "reason": "They asked for it.", "seen": PSEUDONYM} | values
        return signed_in(by).post(reverse("person-close", args=[person.pk]), typed)

    def test_it_works(self, cast: Cast, leaving: User) -> None:
        assert signed_in(cast.hana).get(reverse("person-close", args=[leaving.pk])).status_code == HTTPStatus.OK
        assert self.post(cast.hana, leaving).status_code == HTTPStatus.FOUND
        assert User.objects.get(pk=leaving.pk).name == PSEUDONYM
        assert Act.objects.latest("pk").name == "person.close"
        page = signed_in(cast.hana).get(reverse("person-history", args=[leaving.pk])).content.decode()
        assert "They asked for it." in page

    @pytest.mark.parametrize("field", ["pseudonym", "reason"])
    def test_the_name_is_left_out_of_what_is_typed(self, cast: Cast, leaving: User, field: str) -> None:
        answer = self.post(cast.hana, leaving, **{field: f"Once zuhayra  qasimi, {leaving.pk}"})
        assert "“zuhayra” tells whose account this was" in answer.content.decode()
        assert not User.objects.get(pk=leaving.pk).is_closed

    def test_nobody_closes_their_own(self, cast: Cast) -> None:
        assert "closed by another administrator" in self.post(cast.hana, cast.hana).content.decode()

    def test_what_is_closed_stays_closed(self, cast: Cast, leaving: User) -> None:
        close(cast, leaving)
        for name in ("person-close", "person-edit"):
            answer = signed_in(cast.hana).get(reverse(name, args=[leaving.pk]))
            assert answer.status_code == HTTPStatus.NOT_FOUND

    def test_refusals(self, cast: Cast, leaving: User) -> None:
        assert self.post(cast.chadi, leaving).status_code == HTTPStatus.FORBIDDEN
        assert not User.objects.get(pk=leaving.pk).is_closed

    def test_who_comes_second_is_told(self, cast: Cast, leaving: User) -> None:
        close(cast, leaving)
        with pytest.raises(ValidationError, match="closed already"):
            close(cast, leaving)
        with pytest.raises(ValidationError, match="closed already"):
            people.change(actor=cast.hana, user_id=leaving.pk, name=NAME, role=Role.EDITOR, is_active=True)
