from typing import Any

import pytest
from django.core.exceptions import ValidationError

from audit.acts import act
from audit.models import Act
from newsroom.models import Case, Notification
from newsroom.permits import Denied
from newsroom.versions import Stale
from sources.models import Source, SourceKind
from tests.cast import Cast, open_case
from tests.verification import make
from verification.actions import claims
from verification.domain.workflow import Event
from verification.models import AssignmentState, Claim, ClaimState
from verification.progress import moved


def edit(cast: Cast, claim: Claim, **values: Any) -> Claim:
    as_it_stands = {
        name: getattr(claim, name)
        for name in ("version", "statement", "language", "translations", "claimant_id", "happened", "place", "risk")
    }
    return claims.edit(**{"actor": cast.amal, "claim_id": claim.pk, **as_it_stands, **values})


def put(claim: Claim, *events: Event) -> Claim:
    """Where these events leave the claim, told by the system itself."""
    with act("tests", actor="tests"):
        for event in events:
            moved(claim, event)
    return claim


def source(cast: Cast, case: Case | None) -> Source:
    with act("source.create", actor=cast.amal):
        return Source.objects.create(case=case, kind=SourceKind.OUTLET, name="Tasnim", created_by=cast.amal)


def test_create_works(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case, translations={"en": "It fell.", "fa": " "}, happened="2024-11-28~", place="Aleppo")
    claim = Claim.objects.get(pk=claim.pk)
    assert (claim.state, claim.version, claim.created_by) == (ClaimState.TRIAGE, 1, cast.amal)
    assert claim.translations == {"en": "It fell."}
    assert (claim.history.get().act.name, claim.history.get().act.case) == ("claim.create", case)


def test_an_observer_may_not_write_claims(cast: Cast, case: Case) -> None:
    with pytest.raises(Denied, match="takes a researcher"):
        make.claim(cast, case, actor=cast.omar)


def test_a_stranger_may_not_write_claims(cast: Cast, restricted: Case) -> None:
    with pytest.raises(Denied):
        make.claim(cast, restricted, actor=cast.dana)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("statement", ""),
        ("statement", "a\x00b"),
        ("statement", "x" * 5_001),
        ("happened", "2024-02-31"),
        ("place", "Ale\u202eppo"),
        ("risk", "HUGE"),
        ("language", "Arabic, mostly"),
    ],
)
def test_bad_values_are_refused_where_they_stand(cast: Cast, case: Case, field: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make.claim(cast, case, **{field: value})
    assert set(refused.value.message_dict) == {field}
    assert not Claim.objects.exists()


def test_the_claimant_is_a_source_of_the_case_or_of_the_newsroom(cast: Cast, case: Case) -> None:
    assert make.claim(cast, case, claimant_id=source(cast, case).pk)
    assert make.claim(cast, case, claimant_id=source(cast, None).pk)
    foreign = source(cast, open_case(cast, "other"))
    for nobody in (foreign.pk, 999_999):
        with pytest.raises(ValidationError) as refused:
            make.claim(cast, case, claimant_id=nobody)
        assert set(refused.value.message_dict) == {"claimant"}


def test_edit_works(cast: Cast, case: Case) -> None:
    claim = edit(cast, make.claim(cast, case), place="Furqan quarter", reason="the page names it")
    assert Claim.objects.get().place == "Furqan quarter"
    assert claim.version == 2
    assert claim.history.first().act.reason == "the page names it"


def test_the_second_to_edit_is_told_what_changed(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    edit(cast, claim, actor=cast.basim, place="Homs")
    with pytest.raises(Stale) as stale:
        edit(cast, claim, version=1, place="Aleppo")
    assert stale.value.who == "Basim"
    assert [(change.name, change.now) for change in stale.value.changes] == [("place", "Homs")]
    assert Claim.objects.get().place == "Homs"


DECIDED = (Event.EVIDENCE_ADDED, Event.RULED)


@pytest.mark.parametrize("events", [DECIDED, (*DECIDED, Event.PUBLISHED), (Event.CLOSED,)])
def test_another_statement_reopens_what_was_settled(cast: Cast, case: Case, events: tuple[Event, ...]) -> None:
    claim = put(make.claim(cast, case), *events)
    edit(cast, claim, statement="Another statement.")
    assert Claim.objects.get().state == ClaimState.REOPENED


@pytest.mark.parametrize("change", [{"place": "Homs"}, {"translations": {"en": "It fell."}}, {"risk": "HIGH"}])
def test_a_verdict_stands_while_the_statement_does(cast: Cast, case: Case, change: dict[str, Any]) -> None:
    claim = put(make.claim(cast, case), *DECIDED)
    edit(cast, claim, **change)
    assert Claim.objects.get().state == ClaimState.DECIDED


def test_line_ends_of_another_machine_are_no_other_statement(cast: Cast, case: Case) -> None:
    claim = put(make.claim(cast, case, statement="one\ntwo"), *DECIDED)
    edit(cast, claim, statement="one\r\ntwo")
    assert Claim.objects.get().state == ClaimState.DECIDED


def test_close_and_reopen_work(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    claims.close(actor=cast.chadi, claim_id=claim.pk, reason="no longer news")
    assert Claim.objects.get().state == ClaimState.CLOSED
    claims.reopen(actor=cast.chadi, claim_id=claim.pk, reason="it is again")
    assert Claim.objects.get().state == ClaimState.REOPENED
    assert list(Act.objects.values_list("name", "reason")[:2]) == [
        ("claim.reopen", "it is again"),
        ("claim.close", "no longer news"),
    ]


def test_nobody_has_a_closed_claim_any_longer(cast: Cast, case: Case) -> None:
    given = make.assignment(cast, make.claim(cast, case), cast.basim)
    claims.close(actor=cast.chadi, claim_id=given.claim_id, reason="no longer news")
    given.refresh_from_db()
    assert given.state == AssignmentState.CANCELLED
    assert given.history.first().act.name == "claim.close"
    assert Notification.objects.filter(person=cast.basim, act__name="claim.close").exists()


def test_closing_takes_an_editor_and_a_reason(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    with pytest.raises(Denied, match="takes an editor"):
        claims.close(actor=cast.amal, claim_id=claim.pk, reason="no longer news")
    with pytest.raises(ValidationError):
        claims.close(actor=cast.chadi, claim_id=claim.pk, reason="  ")
    assert Claim.objects.get().state == ClaimState.TRIAGE


def test_what_is_closed_or_open_already_is_refused(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    with pytest.raises(Denied, match="open already"):
        claims.reopen(actor=cast.chadi, claim_id=claim.pk, reason="why not")
    claims.close(actor=cast.chadi, claim_id=claim.pk, reason="done")
    with pytest.raises(Denied, match="closed"):
        claims.close(actor=cast.chadi, claim_id=claim.pk, reason="done")
