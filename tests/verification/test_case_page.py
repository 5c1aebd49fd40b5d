from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.models import Case, User
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification import make
from verification import recount
from verification.actions import claims
from verification.models import Claim


@pytest.fixture
def read(cast: Cast) -> Callable[..., Any]:
    """The page of a case as somebody reads it, by default Chadi."""

    def get(case: Case, reader: User = cast.chadi, **query: str) -> Any:
        client = Client()
        client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client.get(reverse("case-detail", args=[case.slug]), query)

    return get


def listed(answer: Any) -> list[Claim]:
    return [row.claim for row in answer.context["rows"]]


def test_it_works(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    claim = make.claim(cast, case)
    article = make.account(cast, claim).source
    make.account(cast, claim, source=article.pk)
    make.account(cast, claim, stance="CONTRADICTS")
    make.account(cast, claim, stance="CONTEXT")
    answer = read(case)
    [row] = answer.context["rows"]
    assert (row.counted.lines, row.counted.established, row.counted.possible) == (2, 0, 1)
    assert (row.counted.against_lines, row.counted.against_possible) == (1, 1)
    assert row.counted.contested
    assert not row.recounting
    assert "of at most 1" in answer.content.decode()
    assert row.verdict is None
    assert claim.statement in answer.content.decode()


def test_a_restricted_case_does_not_exist_for_a_stranger(
    cast: Cast, restricted: Case, read: Callable[..., Any]
) -> None:
    assert read(restricted, cast.dana).status_code == HTTPStatus.NOT_FOUND
    assert read(restricted, cast.omar).status_code == HTTPStatus.OK


def test_a_case_nobody_opened_is_not_found(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    assert read(Case(slug="nothing")).status_code == HTTPStatus.NOT_FOUND


def test_it_is_read_only(cast: Cast, case: Case) -> None:
    client = Client()
    client.force_login(cast.chadi, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(reverse("case-detail", args=[case.slug])).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_an_empty_case_says_what_to_do_first(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    assert reverse("claim-create", args=[case.slug]) in read(case, cast.amal).content.decode()
    assert reverse("claim-create", args=[case.slug]) not in read(case, cast.omar).content.decode()


def test_withdrawn_evidence_does_not_count(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    make.withdrawn(cast, make.account(cast, make.claim(cast, case)))
    [row] = read(case).context["rows"]
    assert row.counted.lines == 0


def test_numbers_that_are_out_of_date_say_so(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    claim = make.claim(cast, case)
    make.claim(cast, case, "Another statement.")
    work, original = make.account(cast, claim).source, sources.source(cast, case, "أصل")
    assert "being counted again" not in read(case).content.decode()
    sources.derivation(cast, work, original)
    answer = read(case)
    assert [row.recounting for row in answer.context["rows"]] == [True, False]
    assert "being counted again" in answer.content.decode()
    progress = answer.context["recounting"]
    assert (progress.due, progress.counted) == (1, 1)
    recount.work_off()
    assert "being counted again" not in read(case).content.decode()


def test_filters(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    bare = make.claim(cast, case, "انسحب الجيش من المطار", risk="HIGH")
    told = make.claim(cast, case, "The airport fell on Friday", language="en", place="حلب")
    both = make.claim(cast, case, "سقط حيّ الفرقان")
    make.account(cast, told)
    make.account(cast, both)
    make.account(cast, both, stance="CONTRADICTS")
    claims.close(actor=cast.chadi, claim_id=bare.pk, reason="no longer news")

    for query, expected in [
        ({}, [bare, told, both]),
        ({"evidence": "contested"}, [both]),
        ({"evidence": "single"}, [told, both]),
        ({"evidence": "policy"}, [bare, told, both]),
        ({"evidence": "supported"}, [told]),
        ({"evidence": "contradicted"}, []),
        ({"evidence": "bare"}, [bare]),
        ({"risk": "HIGH"}, [bare]),
        ({"state": "CLOSED"}, [bare]),
        ({"state": "CHECKING", "evidence": "supported"}, [told]),
        ({"verdict": "none"}, [bare, told, both]),
        ({"verdict": "CONFIRMED"}, []),
        ({"who": "nobody"}, [bare, told, both]),
        # Folded: vowel signs, alef and ya, words in any order, in the place too.
        ({"q": "حي سقط"}, [both]),
        ({"q": "إنسحب"}, [bare]),
        ({"q": "AIRPORT حلب"}, [told]),
        ({"q": told.reference}, [told]),
        # What cannot be understood narrows nothing.
        ({"state": "NOWHERE", "who": "x", "sort": "colour", "page": "last"}, [bare, told, both]),
        ({"sort": "-number"}, [both, told, bare]),
        ({"sort": "-for"}, [told, both, bare]),
        ({"sort": "-against"}, [both, bare, told]),
        ({"sort": "state"}, [told, both, bare]),
        ({"sort": "risk"}, [bare, told, both]),
        ({"sort": "due"}, [bare, told, both]),
        ({"sort": "verdict"}, [bare, told, both]),
    ]:
        assert listed(read(case, **query)) == expected, query


def test_assigned_claims(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    ours, theirs = make.claim(cast, case), make.claim(cast, case)
    make.assignment(cast, ours, person=cast.basim)
    assert listed(read(case, who=str(cast.basim.pk))) == [ours]
    assert listed(read(case, who="nobody")) == [theirs]
    assert listed(read(case, sort="due")) == [ours, theirs]
    assert "Basim" in read(case).content.decode()


def test_fifty_to_a_page(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    for number in range(51):
        make.claim(cast, case, f"Claim {number}")
    assert len(listed(read(case))) == 50
    assert len(listed(read(case, page="2"))) == 1
    assert len(listed(read(case, page="999"))) == 1


def test_the_number_of_queries_is_fixed(
    cast: Cast, case: Case, read: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    def count() -> int:
        with django_assert_max_num_queries(32) as seen:
            read(case, sort="-for", evidence="contested")
        return len(seen)

    def fill(number: int) -> None:
        for _ in range(number):
            claim = make.claim(cast, case)
            make.account(cast, claim)
            make.account(cast, claim, stance="CONTRADICTS")
            make.assignment(cast, claim, person=cast.basim)

    fill(1)
    few = count()
    fill(5)
    assert count() == few
