"""A release whose claim leans on copies made elsewhere says so; and not who brought them."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from newsroom.models import Case
from publishing import content
from publishing.models import Publication
from publishing.queries import leaving
from sources.models import Source
from tests.cast import Cast
from tests.pages import ARABIC, page
from tests.publishing import make as releases
from tests.sources import make as sources
from tests.verification import make
from tests.verification.passages import bound
from tests.verification.test_claim_page import client
from verification.models import Claim, Evidence
from verification.queries.leaning import on_copies_made_elsewhere

WHY = "An informant at the ministry sent it."
SAID = "1 account leans on a copy made elsewhere"


@pytest.fixture
def source(cast: Cast, case: Case) -> Source:
    return sources.source(cast, case, url="https://news.example/page")


def account(cast: Cast, claim: Claim, source: Source) -> Evidence:
    return make.account(cast, claim, source=source.pk, quotation=ARABIC[:30], basis="WITNESSED")


def ruled(cast: Cast, claim: Claim) -> Claim:
    make.verdict(cast, claim)
    return Claim.objects.get(pk=claim.pk)


def leans(claim: Claim) -> int:
    return on_copies_made_elsewhere([claim])[claim.pk]


def shown(reader: Client, name: str, *args: object) -> str:
    return " ".join(strip_tags(reader.get(reverse(name, args=args)).content.decode()).split())


def test_it_says_so_for_good_and_names_nobody(cast: Cast, case: Case, source: Source) -> None:
    claim = make.claim(cast, case)
    upload = sources.upload(cast, source, page(), why=WHY)
    bound(cast, account(cast, claim, source), sources.excerpt(cast, case, upload, ARABIC[:30]))
    sources.capture(cast, source, ARABIC)  # one of ours beside it, to which nothing is bound
    ruled(cast, claim)
    chadi = client(cast.chadi)
    assert SAID in shown(chadi, "claim-publish", claim.reference), "before it is released"
    assert SAID in shown(chadi, "case-publish", case.slug)
    release = Publication.objects.get(pk=releases.released(cast, claim).pk)
    releases.released_case(cast, case)
    assert release.content["made_elsewhere"] == 1
    assert release.digest == content.digest_of(release.content)
    assert not any(word in json.dumps(release.content) for word in (WHY, "Amal", "telephone"))
    for name, *args in (
        ("claim-release", claim.reference, 1),
        ("claim-releases", claim.reference),
        ("case-release", case.slug, 1),
        ("claim-detail", claim.reference),
    ):
        assert SAID in shown(chadi, str(name), *args)


def test_a_release_that_leans_on_none_says_nothing_and_keeps_its_form(cast: Cast, case: Case) -> None:
    """So what was released before this was said has the form and the digest that it had."""
    claim = releases.decided(cast, case)
    assert "made_elsewhere" not in releases.released(cast, claim).content
    assert "made elsewhere" not in shown(client(cast.chadi), "claim-release", claim.reference, 1)


@pytest.mark.parametrize("ours", [True, False])
def test_an_account_without_a_place_leans_on_one_where_nothing_was_captured_here(
    cast: Cast, case: Case, source: Source, ours: bool
) -> None:
    claim = make.claim(cast, case)
    account(cast, claim, source)
    assert leans(claim) == 0, "there is no copy at all"
    sources.upload(cast, source, page())
    if ours:
        sources.capture(cast, source, ARABIC)
    assert leans(claim) == (0 if ours else 1)


def test_what_was_withdrawn_leans_on_nothing(cast: Cast, case: Case, source: Source) -> None:
    claim = make.claim(cast, case)
    given = account(cast, claim, source)
    sources.upload(cast, source, page())
    make.withdrawn(cast, given)
    assert leans(claim) == 0


def test_a_copy_that_comes_while_somebody_looks_has_them_look_again(cast: Cast, case: Case, source: Source) -> None:
    claim = make.claim(cast, case)
    account(cast, claim, source)
    claim = ruled(cast, claim)
    before = releases.seen(claim).digest
    sources.upload(cast, source, page())
    assert releases.seen(claim).digest != before
    assert leaving.of_case(case).new[0].made_elsewhere == 1
