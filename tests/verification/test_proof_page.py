"""What vouches for an act: its place, the checkpoint that covers it, and the way from the one to the other."""

import json
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit import checkpoints
from audit.models import Act, Entry
from newsroom.actions import people
from newsroom.models import Case, Role
from tests.cast import Cast
from tests.verification import make
from verification.models import Claim


def read(reader: Any, index: int) -> Any:
    client = Client()
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(reverse("audit-proof", args=[index]))


def place_of(name: str) -> int:
    return Entry.objects.filter(act__name=name).latest("index").index


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return make.claim(cast, case)


def test_it_works(cast: Cast, claim: Claim) -> None:
    checkpoints.make()
    answer = read(cast.omar, place_of("claim.create"))
    proof = answer.context["proof"]
    assert proof.holds
    page = answer.content.decode()
    leaf = sha256(b"\x00" + answer.context["text"].encode()).hexdigest()
    assert leaf == proof.leaf.hex()
    assert leaf in page
    assert json.loads(answer.context["text"])["name"] == "claim.create"


def test_before_a_checkpoint_only_the_server_vouches(cast: Cast, claim: Claim) -> None:
    answer = read(cast.omar, place_of("claim.create"))
    assert answer.context["proof"] is None
    assert "No signed checkpoint covers it yet" in answer.content.decode()


def test_the_history_says_it_in_words(cast: Cast, claim: Claim) -> None:
    client = Client()
    client.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse("claim-history", args=[claim.reference])
    assert "no checkpoint covers it yet" in client.get(url).content.decode()
    checkpoints.make()
    page = client.get(url).content.decode()
    assert f"In the ledger at {place_of('claim.create')}" in page
    assert "checkpoint of " in page


def test_an_entry_that_was_changed_is_called_out(cast: Cast, claim: Claim) -> None:
    checkpoints.make()
    place = place_of("claim.create")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE audit_entry SET content = convert_to("
            "replace(convert_from(content, 'UTF8'), 'Amal', 'Omar'), 'UTF8')"
            " WHERE index = %s",
            [place],
        )
    answer = read(cast.omar, place)
    assert not answer.context["proof"].holds
    assert "does not lead to the root that was signed" in answer.content.decode()


def test_what_is_blind_stays_blind(cast: Cast, claim: Claim) -> None:
    second = people.create(
        actor="tests", email="lina@example.org", name="Lina", role=Role.REVIEWER, language="en", password=None
    )
    make.assignment(cast, claim, second)
    make.review(make.assignment(cast, claim, cast.basim), rationale="The recording is older.")
    place = place_of("claim.review")
    assert "The recording is older." not in read(second, place).content.decode()
    assert "The recording is older." in read(cast.chadi, place).content.decode()


def test_refusals(cast: Cast, restricted: Case) -> None:
    make.claim(cast, restricted)
    place = place_of("claim.create")
    assert read(cast.amal, place).status_code == HTTPStatus.OK
    for person in (cast.dana, cast.hana):
        assert read(person, place).status_code == HTTPStatus.NOT_FOUND
    assert read(cast.amal, 10**30).status_code == HTTPStatus.NOT_FOUND
    assert read(cast.chadi, Entry.objects.get(act=Act.objects.filter(name="person.create")[0]).index).status_code == 404
