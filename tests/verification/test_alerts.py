"""Alerts where people meet them: on the claim, on the desk, and closed with a resolution."""

from http import HTTPStatus
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.models import Case
from newsroom.permits import Denied
from sources.models import Reliability
from tests.cast import Cast
from tests.sources import make as make_source
from tests.verification import make
from tests.verification.first_case import claim_2
from tests.verification.test_claim_page import client
from verification import recount
from verification.actions import alerts
from verification.models import Alert, Claim
from verification.wording.alerts import tell
from verification.wording.names import plain


@pytest.fixture
def alert(cast: Cast, case: Case) -> Alert:
    return make.alert(cast, make.claim(cast, case))


def said(claim: Claim) -> list[list[str]]:
    found = claim.alerts.select_related("because_of", "claim__case").order_by("pk")
    return [[plain(change) for change in told.changes] for told in tell(found)]


def test_it_says_from_what_to_what(alert: Alert) -> None:
    assert said(alert.claim) == [["Supports: 0 established, at most 0. It was: 1 established, at most 1."]]


def test_findings_circles_grades_and_conflict_have_words(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    one = make.account(cast, claim, source=make.article("Reuters")).source
    other = make.account(cast, claim, source=make.article("AFP")).source
    make_source.assessment(cast, one, Reliability.B)
    recount.work_off()
    make_source.derivation(cast, one, other, "REPUBLISHES")
    make_source.derivation(cast, other, one, "REPUBLISHES")
    recount.work_off()
    make_source.assessment(cast, one, Reliability.D)
    recount.work_off()
    make.verdict(cast, claim)
    make.account(cast, claim, source=make.article("Tasnim"), stance="CONTRADICTS")
    assert said(claim) == [
        [
            "Supports: 0 established, at most 0. It was: 0 established, at most 2.",
            "Found: a circle of Reuters and AFP.",
        ],
        ["Reuters is graded D. It was B."],
        ["Contradicts: 0 established, at most 1. It was: 0 established, at most 0.", "It is contested now."],
    ]


def test_the_claim_and_the_desk_show_it_until_it_is_closed(cast: Cast, alert: Alert) -> None:
    claim = reverse("claim-detail", args=[alert.claim.reference])
    for url in (claim, reverse("desk")):
        page = client(cast.amal).get(url).content.decode()
        assert "Evidence was withdrawn" in page
        assert "It was: 1 established, at most 1." in page
    assert reverse("alert-close", args=[alert.pk]) in client(cast.amal).get(claim).content.decode()
    assert reverse("alert-close", args=[alert.pk]) not in client(cast.omar).get(claim).content.decode()
    alerts.close(actor=cast.amal, alert_id=alert.pk, resolution="Two others say the same.")
    assert not client(cast.amal).get(reverse("desk")).context["alerts"]
    answer = client(cast.amal).get(claim)
    assert (answer.context["page"].alerts, len(answer.context["page"].closed_alerts)) == ([], 1)
    assert "Two others say the same." in answer.content.decode()


def test_those_of_a_restricted_case_do_not_exist_for_strangers(cast: Cast, restricted: Case) -> None:
    alert = make.alert(cast, make.claim(cast, restricted))
    assert client(cast.dana).get(reverse("desk")).context["alert_count"] == 0
    assert client(cast.omar).get(reverse("desk")).context["alert_count"] == 1
    assert client(cast.dana).get(reverse("alert-close", args=[alert.pk])).status_code == HTTPStatus.NOT_FOUND


def test_the_desk_takes_as_many_queries_for_many(cast: Cast, case: Case) -> None:
    def queries() -> int:
        signed_in = client(cast.omar)
        with CaptureQueriesContext(connection) as taken:
            signed_in.get(reverse("desk"))
        return len(taken)

    make.alert(cast, make.claim(cast, case))
    before = queries()
    for _ in range(3):
        make.alert(cast, make.claim(cast, case))
    assert queries() == before


class TestClosing:
    def post(self, cast: Cast, alert: Alert, reader: str = "amal", **typed: str) -> Any:
        return client(getattr(cast, reader)).post(reverse("alert-close", args=[alert.pk]), typed)

    def test_it_works(self, cast: Cast, alert: Alert) -> None:
        answer = self.post(cast, alert, resolution="Nothing else rests on it.")
        assert answer.status_code == HTTPStatus.FOUND
        closed = Alert.objects.get(pk=alert.pk)
        assert (closed.closed_by, closed.resolution) == (cast.amal, "Nothing else rests on it.")
        assert closed.history.latest("history_id").act.name == "alert.close"

    def test_it_takes_a_resolution(self, cast: Cast, alert: Alert) -> None:
        answer = self.post(cast, alert, resolution="  ")
        assert "Say what came of looking again" in answer.content.decode()
        assert Alert.objects.open().filter(pk=alert.pk).exists()

    def test_once(self, cast: Cast, alert: Alert) -> None:
        alerts.close(actor=cast.amal, alert_id=alert.pk, resolution="Seen.")
        with pytest.raises(ValidationError, match="Somebody closed this meanwhile: Seen"):
            alerts.close(actor=cast.basim, alert_id=alert.pk, resolution="Seen too.")

    def test_an_observer_does_not(self, cast: Cast, alert: Alert) -> None:
        assert self.post(cast, alert, "omar", resolution="Seen.").status_code == HTTPStatus.FORBIDDEN
        with pytest.raises(Denied):
            alerts.close(actor=cast.omar, alert_id=alert.pk, resolution="Seen.")

    def test_a_number_nobody_gave_out(self, cast: Cast, case: Case) -> None:
        assert self.post(cast, Alert(pk=99_999)).status_code == HTTPStatus.NOT_FOUND


def test_claim_2_loses_its_witness(cast: Cast, case: Case) -> None:
    claim = claim_2(cast, case)
    make.withdrawn(cast, claim.evidence.get(key="2a"))
    assert said(claim) == [
        [
            "Supports: 0 established, at most 1. It was: 1 established, at most 1.",
            "The policy is met in this now: not resting on one anonymous source.",
        ]
    ]
