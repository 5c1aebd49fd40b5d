"""Corroboration of a past moment, on the page and on the command line."""

import json
from datetime import datetime
from http import HTTPStatus
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from audit.queries.moments import now
from newsroom.models import Case
from sources.actions import relations, sources
from sources.models import Source
from tests.cast import Cast
from tests.sources import make as make_source
from tests.verification import make
from tests.verification.first_case import claim_2
from tests.verification.test_claim_page import client
from verification.actions import evidence
from verification.actions.chain import Step
from verification.models import Claim, Evidence
from verification.queries.corroboration import weigh
from verification.queries.ground_then import weigh_then


def time() -> datetime:
    """Of the latest moment."""
    return Entry.objects.latest("index").recorded_at


def pair(claim: Claim, at: int) -> tuple[int, int]:
    supports = weigh_then([claim], at)[claim.pk].result.supports
    return supports.established.lower, supports.possible.upper


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return claim_2(cast, case)


def test_now_and_then_are_read_alike(claim: Claim) -> None:
    """Two loaders, one ground."""
    standing, then = weigh(claim), weigh_then([claim], now())[claim.pk]
    assert {each.key: each for each in standing.ground.sources} == {each.key: each for each in then.ground.sources}
    assert set(standing.ground.derivations) == set(then.ground.derivations)
    assert standing.ground.evidence == then.ground.evidence
    assert standing.result == then.result


def test_each_act_moves_the_numbers_from_its_moment_on(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    moments = [(now(), (0, 0))]
    one = make.account(cast, claim, source=make.article("Reuters"), basis="WITNESSED")
    moments.append((now(), (1, 1)))
    other = make.account(cast, claim, Step(make.person(), "QUOTES"), source=make.article("AFP"))
    moments.append((now(), (1, 2)))
    relation = make_source.derivation(cast, other.source, one.source, "REPUBLISHES")
    moments.append((now(), (1, 1)))
    relations.mark_relay(actor=cast.amal, derivation_id=relation.pk, version=1, verified=True, reason="Compared.")
    moments.append((now(), (1, 1)))
    relations.set_derivation_standing(
        actor=cast.amal, derivation_id=relation.pk, version=2, standing="WITHDRAWN", reason="A mistake."
    )
    moments.append((now(), (1, 2)))
    evidence.edit(
        actor=cast.amal,
        evidence_id=other.pk,
        version=1,
        reason="He was there.",
        stance="SUPPORTS",
        source=other.source_id,
        hops=[],
        basis="WITNESSED",
    )
    moments.append((now(), (2, 2)))
    militia = make_source.source(cast, case, "militia", kind="ORGANISATION")
    make_source.affiliation(cast, one.source, militia)
    make_source.affiliation(cast, other.source, militia)
    moments.append((now(), (1, 2)))
    evidence.withdraw(actor=cast.amal, evidence_id=one.pk, reason="A mistake.")
    moments.append((now(), (1, 1)))
    assert [pair(claim, at) for at, _ in moments] == [numbers for _, numbers in moments]


def test_a_source_is_named_as_it_was_then(cast: Cast, claim: Claim) -> None:
    before = now()
    source = Source.objects.get(key="S5")
    facts = {name: getattr(source, name) for name in ("kind", "language", "translations", "protected", "publisher_id")}
    facts |= {"url": "", "published_at": "", "note": ""}
    sources.edit(actor=cast.amal, source_id=source.pk, version=1, name="Another agency", **facts)
    assert weigh_then([claim], before)[claim.pk].sources["S5"].name == "Tasnim"
    assert weigh_then([claim], now())[claim.pk].sources["S5"].name == "Another agency"


def test_more_evidence_takes_no_more_queries(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    taken = []
    for number in range(2):
        for each in range(1 + 3 * number):
            make.account(cast, claim, Step(make.person(), "QUOTES"), source=make.article(f"A{number}{each}"))
        with CaptureQueriesContext(connection) as queries:
            weigh_then([claim], now())
        taken.append(len(queries))
    assert taken[0] == taken[1]


class TestThePage:
    def read(self, cast: Cast, claim: Claim, reader: str = "omar", **query: str) -> Any:
        url = reverse("claim-as-it-stood", args=[claim.reference])
        return client(getattr(cast, reader)).get(url, query)

    def test_it_works(self, cast: Cast, claim: Claim) -> None:
        before = now()
        evidence.withdraw(
            actor=cast.amal, evidence_id=Evidence.objects.get(key="2a").pk, reason="It was about another day."
        )
        answer = self.read(cast, claim, at=str(before))
        assert answer.context["then"].shown.supports.established == "1"
        assert self.read(cast, claim, at=str(now())).context["then"].shown.supports.established == "0"
        assert [each.told.act.name for each in answer.context["window"].latest_first][:1] == ["evidence.withdraw"]

    def test_before_it_was_written(self, cast: Cast, claim: Claim) -> None:
        answer = self.read(cast, claim, at="2001-01-01T00:00")
        assert "not yet written then" in answer.content.decode()

    def test_what_is_no_time_is_said_and_kept(self, cast: Cast, claim: Claim) -> None:
        answer = self.read(cast, claim, at="yesterday")
        assert "“yesterday” is no moment." in answer.content.decode()
        assert "yesterday" in answer.content.decode()

    def test_refusals(self, cast: Cast, restricted: Case) -> None:
        claim = make.claim(cast, restricted)
        assert self.read(cast, claim, "dana").status_code == HTTPStatus.NOT_FOUND
        url = reverse("claim-as-it-stood", args=[claim.reference])
        assert client(cast.omar).post(url).status_code == HTTPStatus.METHOD_NOT_ALLOWED


class TestTheCommand:
    def printed(self, *options: str) -> str:
        out = StringIO()
        call_command("corroboration", *options, stdout=out)
        return out.getvalue()

    def test_it_prints_the_case_format(self, claim: Claim) -> None:
        assert json.loads(self.printed(claim.reference, "--json")) == {
            "claim": claim.reference,
            "as_of": None,
            "SUPPORTS": {
                "established": 1,
                "possible": 1,
                "exact": True,
                "lines": 3,
                "origins": ["S1"],
                "possible_origins": ["S2", "S3"],
                "bottlenecks": ["S11", "S12"],
                "smallest_cut": ["S11"],
                "circular": [],
                "findings": [],
                "sentence": "Three accounts, one line: everything reached us through Middle East Eye.",
            },
            "CONTRADICTS": {
                "established": 1,
                "possible": 1,
                "exact": True,
                "lines": 1,
                "origins": ["S4"],
                "possible_origins": [],
                "bottlenecks": ["S11", "S12", "S4", "S5"],
                "smallest_cut": ["S11"],
                "circular": [],
                "findings": [],
                "sentence": "One line: IRGC statement, carried by Tasnim, Middle East Eye and Arabic rendering.",
            },
            "contested": True,
            "single_source": True,
        }

    def test_as_of_a_moment(self, cast: Cast, claim: Claim) -> None:
        before = time()
        evidence.withdraw(actor=cast.amal, evidence_id=Evidence.objects.get(key="2d").pk, reason="A mistake.")
        then = json.loads(self.printed(claim.reference, "--json", "--as-of", before.isoformat()))
        assert (then["as_of"], then["contested"]) == (before.isoformat(), True)
        today = json.loads(self.printed(claim.reference, "--json"))
        assert (today["contested"], "CONTRADICTS" in today) == (False, False)

    def test_without_json_it_says_it_in_words(self, claim: Claim) -> None:
        assert self.printed(claim.reference).startswith("SUPPORTS: 1 established, at most 1. Three accounts, one line")

    def test_sources_without_a_key_go_by_their_reference(self, cast: Cast, case: Case) -> None:
        claim = make.claim(cast, case)
        source = make.account(cast, claim, basis="WITNESSED").source
        assert json.loads(self.printed(claim.reference, "--json"))["SUPPORTS"]["origins"] == [source.reference]

    @pytest.mark.parametrize(
        ("options", "why"),
        [
            (["C-999999"], "no claim"),
            (["{claim}", "--as-of", "yesterday"], "is no time"),
            (["{claim}", "--as-of", "2024-13-01"], "month must be"),
            (["{claim}", "--as-of", "2001-01-01"], "not yet written"),
        ],
    )
    def test_what_cannot_be_done_is_said(self, claim: Claim, options: list[str], why: str) -> None:
        with pytest.raises(CommandError, match=why):
            self.printed(*(option.format(claim=claim.reference) for option in options))
