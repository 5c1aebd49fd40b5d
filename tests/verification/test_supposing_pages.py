"""What would change it, and what if: counted for the reader, written nowhere."""

from http import HTTPStatus
from typing import Any

import pytest
from django.urls import reverse

from audit.models import Act
from newsroom.models import Case
from tests.cast import Cast
from tests.verification import make
from tests.verification.first_case import claim_2
from tests.verification.test_claim_page import client
from verification.models import Claim, Evidence
from verification.wording.names import plain


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return claim_2(cast, case)


class TestAdvice:
    def test_it_works(self, cast: Cast, claim: Claim) -> None:
        answer = client(cast.omar).get(reverse("claim-advice", args=[claim.reference]))
        said = [(each.stance, plain(each.steps), each.outcome, each.enough) for each in answer.context["suggestions"]]
        assert said[0] == (
            "SUPPORTS",
            "ask how Iraqi commander 1 knows and hear it from Syrian commander directly",
            "2 established, at most 2",
            True,
        )
        assert {stance for stance, *_ in said} <= {"SUPPORTS", "CONTRADICTS"}
        assert "Ask how" in answer.content.decode()

    def test_htmx_gets_the_part_alone(self, cast: Cast, claim: Claim) -> None:
        answer = client(cast.omar).get(reverse("claim-advice", args=[claim.reference]), headers={"HX-Request": "true"})
        assert answer.content.decode().strip().startswith('<section id="advice"')

    def test_what_meets_the_policy_says_so(self, cast: Cast, case: Case) -> None:
        claim = make.claim(cast, case)
        make.account(cast, claim, source=make.article("Reuters"), basis="WITNESSED")
        make.account(cast, claim, source=make.person("An officer"))
        answer = client(cast.omar).get(reverse("claim-advice", args=[claim.reference]))
        first = answer.context["suggestions"][0]
        assert (plain(first.steps), first.outcome, first.enough) == (
            "ask how An officer knows",
            "2 established, at most 2",
            True,
        )

    def test_without_evidence_it_says_so(self, cast: Cast, case: Case) -> None:
        answer = client(cast.omar).get(reverse("claim-advice", args=[make.claim(cast, case).reference]))
        assert "New evidence would." in answer.content.decode()

    def test_refusals(self, cast: Cast, restricted: Case) -> None:
        url = reverse("claim-advice", args=[make.claim(cast, restricted).reference])
        assert client(cast.dana).get(url).status_code == HTTPStatus.NOT_FOUND
        assert client(cast.omar).post(url).status_code == HTTPStatus.METHOD_NOT_ALLOWED


class TestWhatIf:
    def numbers(self, cast: Cast, claim: Claim, **supposed: str) -> Any:
        answer = client(cast.omar).get(reverse("claim-what-if", args=[claim.reference]), supposed)
        then = answer.context["then"]
        return then and [(side.established, side.possible) for side in then.sides]

    def test_it_works(self, cast: Cast, claim: Claim) -> None:
        assert self.numbers(cast, claim, source="S2", supposed="reached") == [("1", "2"), ("1", "1")]
        assert self.numbers(cast, claim, source="S11", supposed="withdrawn") == [("0", "0"), ("0", "0")]
        assert self.numbers(cast, claim, source="S12", supposed="verified") == [("1", "1"), ("1", "1")]
        assert self.numbers(cast, claim, source="S2", supposed="first-hand") == [("1", "1"), ("1", "1")]
        assert self.numbers(cast, claim, source="S2", supposed="traced", upper="S1", basis="WITNESSED") == [
            ("1", "1"),
            ("1", "1"),
        ]

    def test_what_concerns_no_chain_says_so(self, cast: Cast, claim: Claim) -> None:
        supposed = {"source": "S1", "supposed": "traced", "upper": "S2"}
        answer = client(cast.omar).get(reverse("claim-what-if", args=[claim.reference]), supposed)
        assert "That concerns no chain of this claim" in answer.content.decode()

    def test_nothing_is_written(self, cast: Cast, claim: Claim) -> None:
        before = Act.objects.count(), list(Evidence.objects.values_list("version", flat=True))
        self.numbers(cast, claim, source="S11", supposed="withdrawn")
        assert (Act.objects.count(), list(Evidence.objects.values_list("version", flat=True))) == before

    def test_the_page_asks_first(self, cast: Cast, claim: Claim) -> None:
        assert self.numbers(cast, claim) is None

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"source": "S99", "supposed": "withdrawn"}, "source"),
            ({"source": "S1", "supposed": "abolished"}, "supposed"),
            ({"source": "S2", "supposed": "traced"}, "upper"),
            ({"source": "S2", "supposed": "traced", "upper": "S2"}, "upper"),
        ],
    )
    def test_bad_input_is_named(self, cast: Cast, claim: Claim, typed: dict[str, str], field: str) -> None:
        answer = client(cast.omar).get(reverse("claim-what-if", args=[claim.reference]), typed)
        assert answer.status_code == HTTPStatus.OK
        assert list(answer.context["form"].errors) == [field]
        assert answer.context["form"]["source"].value() == typed["source"]

    def test_refusals(self, cast: Cast, restricted: Case) -> None:
        url = reverse("claim-what-if", args=[make.claim(cast, restricted).reference])
        assert client(cast.dana).get(url).status_code == HTTPStatus.NOT_FOUND
        assert client(cast.omar).post(url).status_code == HTTPStatus.METHOD_NOT_ALLOWED
