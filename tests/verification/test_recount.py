"""The numbers beside the claims follow what they rest on: in the same act, or by a worker and said to be under way."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Act
from newsroom.actions import cases
from newsroom.models import Case
from sources.actions import relations, sources
from sources.models import Reliability, Source, Standing
from tests.cast import Cast
from tests.sources import make as make_source
from tests.verification import make
from verification import recount
from verification.actions import claims, evidence
from verification.actions.chain import Step
from verification.models import Alert, AlertKind, Claim, Corroboration, RecountDue

WITNESSED = {"basis": "WITNESSED"}


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return make.claim(cast, case)


def pair(claim: Claim) -> tuple[int, int]:
    return Corroboration.objects.values_list("established", "possible").get(claim=claim)


def due() -> set[int]:
    return set(RecountDue.objects.values_list("claim_id", flat=True))


def work_off() -> int:
    assert due()
    counted = recount.work_off()
    assert not due()
    return counted


def test_what_another_worker_counted_meanwhile_is_not_counted_again(cast: Cast, claim: Claim) -> None:
    """Between the look at the queue and the lock on the claim, the other one has committed."""
    RecountDue.objects.create(claim=claim, act=Act.objects.latest("pk"))

    def done_by_another(execute: Any, sql: str, *rest: Any) -> Any:
        if "SKIP LOCKED" in sql:
            RecountDue.objects.all().delete()
        return execute(sql, *rest)

    with connection.execute_wrapper(done_by_another):
        assert recount.work_off() == 0


def test_a_new_claim_has_its_numbers(claim: Claim) -> None:
    kept = Corroboration.objects.get(claim=claim)
    assert (kept.lines, kept.established, kept.possible, kept.single_source, kept.contested) == (0, 0, 0, True, False)
    assert kept.policy_met is False
    assert not due()


def test_evidence_counts_in_the_act_that_adds_it(cast: Cast, claim: Claim) -> None:
    make.account(cast, claim, **WITNESSED)
    assert pair(claim) == (1, 1)
    make.account(cast, claim, source=make.article("Reuters"), **WITNESSED)
    assert pair(claim) == (2, 2)
    make.account(cast, claim, source=make.article("AFP"), stance="CONTRADICTS")
    kept = Corroboration.objects.get(claim=claim)
    assert (kept.contested, kept.against_established, kept.against_possible) == (True, 0, 1)
    assert not due()


def test_a_derivation_counts_by_a_worker_and_until_then_is_due(cast: Cast, case: Case, claim: Claim) -> None:
    one = make.account(cast, claim, source=make.article("Reuters"), **WITNESSED)
    other = make.account(cast, claim, source=make.article("AFP"), **WITNESSED)
    unconcerned = make.claim(cast, case, "Another statement.")
    relation = make_source.derivation(cast, one.source, other.source, "REPUBLISHES")
    assert due() == {claim.pk}
    assert pair(claim) == (2, 2)
    assert work_off() == 1
    assert pair(claim) == (1, 1)
    assert pair(unconcerned) == (0, 0)
    relations.set_derivation_standing(
        actor=cast.amal, derivation_id=relation.pk, version=1, standing=Standing.WITHDRAWN, reason="A mistake."
    )
    work_off()
    assert pair(claim) == (2, 2)


def test_a_common_controller_far_above_counts(cast: Cast, case: Case, claim: Claim) -> None:
    one = make.account(cast, claim, source=make.person("أول"), **WITNESSED)
    other = make.account(cast, claim, source=make.person("ثان"), **WITNESSED)
    militia = make_source.source(cast, case, "militia", kind="ORGANISATION")
    ministry = make_source.source(cast, case, "ministry", kind="ORGANISATION")
    make_source.affiliation(cast, one.source, ministry)
    make_source.affiliation(cast, other.source, militia)
    work_off()
    assert pair(claim) == (2, 2)
    make_source.affiliation(cast, militia, ministry)
    assert due() == {claim.pk}
    work_off()
    assert pair(claim) == (1, 2)


def test_only_what_weighs_in_a_source_makes_it_count_again(cast: Cast, claim: Claim) -> None:
    source = make.account(cast, claim, **WITNESSED).source
    facts: dict[str, Any] = {
        name: getattr(source, name)
        for name in ("kind", "name", "language", "translations", "protected", "publisher_id", "url", "published_at")
    }
    edited = sources.edit(actor=cast.amal, source_id=source.pk, version=1, note="Seen twice.", **facts)
    assert not due()
    sources.edit(actor=cast.amal, source_id=source.pk, version=edited.version, note="", **(facts | {"protected": True}))
    assert due() == {claim.pk}


def test_a_policy_counts_for_every_claim_of_the_case(cast: Cast, case: Case, claim: Claim) -> None:
    make.account(cast, claim, **WITNESSED)
    other = make.claim(cast, case, "Another statement.")
    asks = {
        "least_independent_lines": 1,
        "least_reviews": 0,
        "four_eyes": False,
        "capture_every_url": False,
        "lone_anonymous": "ALLOWED",
    }
    cases.set_policy(actor=cast.chadi, case_id=case.pk, preset="LIGHT", asks=asks)
    assert due() == {claim.pk, other.pk}
    assert work_off() == 2
    assert set(Corroboration.objects.values_list("claim", "policy_met")) == {(claim.pk, True), (other.pk, False)}
    assert not Alert.objects.exists()


def test_withdrawn_evidence_opens_an_alert_that_says_from_what_to_what(cast: Cast, claim: Claim) -> None:
    kept = make.account(cast, claim, source=make.article("Reuters"), **WITNESSED)
    evidence.withdraw(actor=cast.amal, evidence_id=kept.pk, reason="It was a mistake.")
    alert = Alert.objects.get()
    assert (alert.claim, alert.kind, alert.because_of.name) == (
        claim,
        AlertKind.EVIDENCE_WITHDRAWN,
        "evidence.withdraw",
    )
    assert (alert.before["SUPPORTS"]["established"], alert.after["SUPPORTS"]["established"]) == ([1, 1], [0, 0])


def test_what_changes_nothing_opens_no_alert(cast: Cast, claim: Claim) -> None:
    make.account(cast, claim, source=make.article("Reuters"), **WITNESSED)
    open_one = make.account(cast, claim, Step(make.person(), "QUOTES"), source=Source.objects.get(name="Reuters").pk)
    evidence.withdraw(actor=cast.amal, evidence_id=open_one.pk, reason="It was a mistake.")
    assert not Alert.objects.exists()


def test_evidence_on_the_other_side_opens_one_and_more_of_the_same_none(cast: Cast, claim: Claim) -> None:
    make.account(cast, claim, **WITNESSED)
    make.account(cast, claim, source=make.article("Reuters"), **WITNESSED)
    assert not Alert.objects.exists()
    make.verdict(cast, claim)
    for name in ("AFP", "Tasnim"):
        make.account(cast, claim, source=make.article(name), stance="CONTRADICTS")
    assert [alert.kind for alert in Alert.objects.all()] == [AlertKind.NEW_CONTRADICTION]


def test_the_other_side_is_no_news_before_a_verdict(cast: Cast, claim: Claim) -> None:
    make.account(cast, claim, **WITNESSED)
    make.account(cast, claim, source=make.article("AFP"), stance="CONTRADICTS")
    assert not Alert.objects.exists()


def test_a_lower_grade_opens_an_alert_and_a_higher_one_does_not(cast: Cast, claim: Claim) -> None:
    source = make.account(cast, claim, **WITNESSED).source
    for grade in (Reliability.C, Reliability.B, Reliability.E):
        make_source.assessment(cast, source, grade)
        work_off()
    alert = Alert.objects.get()
    assert alert.kind == AlertKind.SOURCE_DOWNGRADED
    assert (alert.before["grades"], alert.after["grades"]) == ({source.reference: "B"}, {source.reference: "E"})
    assert alert.history.get().act.name == "alert.open"


def test_an_alert_of_a_worker_names_the_act_that_caused_it(cast: Cast, case: Case, claim: Claim) -> None:
    one = make.account(cast, claim, source=make.article("Reuters"), **WITNESSED)
    other = make.account(cast, claim, source=make.article("AFP"), **WITNESSED)
    make_source.derivation(cast, one.source, other.source, "REPUBLISHES")
    work_off()
    alert = Alert.objects.get()
    assert (alert.kind, alert.because_of.name, alert.because_of.actor) == (
        AlertKind.DERIVATION,
        "source.derive",
        cast.amal,
    )


def test_published_and_decided_claims_come_first(cast: Cast, case: Case) -> None:
    numbers = []
    for state in ("CHECKING", "REOPENED", "PUBLISHED", "DECIDED"):
        claim = make.claim(cast, case, f"Statement {state}.")
        kept = make.account(cast, claim, source=make.article(state), **WITNESSED)
        evidence.withdraw(actor=cast.amal, evidence_id=kept.pk, reason="It was a mistake.")
        Claim.objects.filter(pk=claim.pk).update(state=state)
        numbers.append(claim.pk)
    found = list(Alert.objects.open().gravest_first().values_list("claim", flat=True))
    assert found == [numbers[2], numbers[3], numbers[1], numbers[0]]


def test_a_source_of_another_case_has_no_part_in_it(cast: Cast, case: Case, restricted: Case) -> None:
    """Neither in the number nor, by its name, anywhere: the derivation is known in the restricted case only."""
    shared = make_source.source(cast, None, "Reuters")
    other = make_source.source(cast, None, "AFP")
    secret = make_source.source(cast, restricted, "secret")
    claim = make.claim(cast, case)
    for source in (shared, other):
        make.account(cast, claim, source=source.pk, **WITNESSED)
        make_source.derivation(cast, source, secret, "REPUBLISHES")
    work_off()
    assert pair(claim) == (2, 2)
    within = make.claim(cast, restricted)
    for source in (shared, other):
        make.account(cast, within, source=source.pk, **WITNESSED)
    assert pair(within) == (1, 1)


def test_two_sources_of_one_key_stay_two(cast: Cast, case: Case) -> None:
    """A key is unique in its case; the newsroom's own sources may have the same."""
    claim = make.claim(cast, case)
    for where in (None, case):
        source = make_source.source(cast, where, f"of {where}", key="S1")
        make.account(cast, claim, source=source.pk, **WITNESSED)
    assert pair(claim) == (2, 2)


def test_counting_many_takes_as_many_queries_as_counting_one(cast: Cast, case: Case) -> None:
    """But for the one that writes each."""
    taken = []
    for number in (2, 5):
        written = [make.claim(cast, case, f"Statement {number} {each}.") for each in range(number)]
        for claim in written:
            make.account(cast, claim, Step(make.person(), "QUOTES"), source=make.article(claim.statement))
        because = dict.fromkeys((claim.pk for claim in written), Act.objects.latest("pk"))
        with CaptureQueriesContext(connection) as queries:
            recount.recount(because, because=because)
        taken.append(len(queries) - number)
    assert taken[0] == taken[1] <= 16


def test_the_claim_is_edited_without_being_counted_again(cast: Cast, claim: Claim) -> None:
    before = Corroboration.objects.get(claim=claim).counted_at
    claims.close(actor=cast.chadi, claim_id=claim.pk, reason="Nothing more to do.")
    assert Corroboration.objects.get(claim=claim).counted_at == before
