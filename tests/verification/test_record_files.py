"""A stretch of the record as a file: what the page shows and nothing more, defused, bounded, and put on record."""

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.acts import act, create_many
from audit.models import Act
from audit.queries.scope import MOST
from newsroom.actions import people
from newsroom.models import Case, Role, User
from newsroom.views import record
from sources.models import Source, SourceKind
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification import make
from tests.verification.passages import AFTER, BEFORE, PASSAGE, page_with_a_passage
from tests.verification.test_history_pages import edited
from verification.actions import alerts as alert_actions
from verification.actions import comments


def take(reader: User, route: str, *args: Any, form: str = "json", query: str = "") -> Any:
    client = Client()
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.post(reverse(route, args=args) + query, {"format": form})


def acts(answer: Any) -> list[dict[str, Any]]:
    return list(json.loads(b"".join(answer))["acts"])


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def test_it_works(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case, "قتل العميد.")
    edited(cast, claim, statement="قتل العقيد.", reason="الرتبة كانت خطأ")
    answer = take(cast.omar, "claim-history", claim.reference)
    assert answer["Content-Disposition"] == f'attachment; filename="{claim.reference}.json"'
    latest, first = acts(answer)
    assert (latest["done"], latest["reason"]) == (f"Basim edited claim {claim.reference}", "الرتبة كانت خطأ")
    assert latest["changes"][0]["fields"] == [{"field": "Statement", "before": "قتل العميد.", "after": "قتل العقيد."}]
    assert latest["ledger_index"] == first["ledger_index"] + 1
    (row, *_) = rows(take(cast.omar, "claim-history", claim.reference, form="csv"))
    assert (row["who"], row["field"], row["after"]) == ("Basim", "Statement", "قتل العقيد.")


def test_that_it_left_is_on_record(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    take(cast.omar, "claim-history", claim.reference, form="csv", query="?act=claim.create")
    done = Act.objects.latest("pk")
    assert (done.name, done.actor, done.case) == ("export.download", cast.omar, case)
    assert done.reason == f"/claims/{claim.reference}/history/?act=claim.create (csv)"


def test_a_file_has_all_that_an_act_changed(cast: Cast, case: Case) -> None:
    """A page stops where a reader would; whoever looks for one thing of an import in a spreadsheet must find it."""
    with act("case.import", actor=cast.amal, case=case):
        create_many(
            [Source(case=case, kind=SourceKind.ARTICLE, name=f"S {n}", created_by=cast.amal) for n in range(MOST + 5)]
        )
    query = "?act=case.import"
    (told,) = acts(take(cast.omar, "case-history", case.slug, query=query))
    assert len(told["changes"]) == MOST + 5
    written = rows(take(cast.omar, "case-history", case.slug, form="csv", query=query))
    assert len({row["object"] for row in written}) == MOST + 5


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", " =1+1", "|calc"])
def test_no_cell_is_a_formula(cast: Cast, case: Case, formula: str) -> None:
    claim = make.claim(cast, case, f"{formula} fell.")
    written = [row["after"] for row in rows(take(cast.omar, "claim-history", claim.reference, form="csv"))]
    (cell,) = [each for each in written if "fell" in each]
    assert cell.startswith("'")


def test_the_address_narrows_it_as_it_does_the_page(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    comments.comment(actor=cast.basim, claim_id=claim.pk, text="Look again.")
    told = acts(take(cast.omar, "case-history", case.slug, query=f"?person={cast.basim.pk}"))
    assert [each["name"] for each in told] == ["claim.comment"]
    told = acts(take(cast.omar, "audit-list", query=f"?thing={claim.reference}"))
    assert {each["name"] for each in told} == {"claim.comment", "claim.create"}


@pytest.mark.parametrize("by", ["slug", "number"])
def test_that_it_was_narrowed_to_a_restricted_case_is_known_in_that_case(
    cast: Cast, case: Case, restricted: Case, by: str
) -> None:
    thing = restricted.slug if by == "slug" else make.claim(cast, restricted).reference
    take(cast.chadi, "audit-list", query=f"?thing={thing}")
    for person, knows in ((cast.omar, True), (cast.dana, False)):
        told = [each.get("reason", "") for each in acts(take(person, "audit-list", query="?act=export.download"))]
        assert any(thing in reason for reason in told) is knows, person.name


def test_what_cannot_be_looked_for_is_no_file(cast: Cast, case: Case) -> None:
    answer = take(cast.omar, "case-history", case.slug, query="?thing=C-999999")
    assert "You know of no claim" in answer.content.decode()
    assert not Act.objects.filter(name="export.download").exists()


def test_it_is_bounded(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "MOST", 5)
    claim = make.claim(cast, case)
    for number in range(7):
        comments.comment(actor=cast.basim, claim_id=claim.pk, text=f"Remark {number}.")
    assert len(acts(take(cast.omar, "claim-history", claim.reference))) == 5


def test_more_acts_are_read_in_more_strides_and_not_one_by_one(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    taken = []
    for _ in range(2):
        for number in range(10):
            comments.comment(actor=cast.basim, claim_id=claim.pk, text=f"Remark {number}.")
        with CaptureQueriesContext(connection) as seen:
            acts(take(cast.omar, "claim-history", claim.reference))
        taken.append(len(seen))
    assert taken[0] == taken[1]


def test_a_blind_review_stays_blind(cast: Cast, case: Case) -> None:
    second = people.create(
        actor="tests", email="lina@example.org", name="Lina", role=Role.REVIEWER, language="en", password=None
    )
    claim = make.claim(cast, case)
    make.assignment(cast, claim, second)
    make.review(make.assignment(cast, claim, cast.basim), rationale="The recording is older.")
    for form in ("csv", "json"):
        written = b"".join(take(second, "claim-history", claim.reference, form=form)).decode()
        assert "claim.review" in written
        assert "The recording is older." not in written
    assert "The recording is older." in b"".join(take(cast.chadi, "claim-history", claim.reference)).decode()


def test_a_stranger_gets_no_file_and_no_line_of_a_restricted_case(cast: Cast, restricted: Case) -> None:
    claim = make.claim(cast, restricted, "The secret fell.", language="en")
    assert take(cast.dana, "claim-history", claim.reference).status_code == 404
    for person in (cast.dana, cast.hana):
        for route, args in (("audit-list", []), ("person-history", [cast.amal.pk])):
            assert "The secret fell." not in b"".join(take(person, route, *args)).decode()


def test_the_history_of_a_capture_and_of_a_person(cast: Cast, case: Case) -> None:
    source = sources.source(cast, case)
    capture = sources.capture(cast, source, "نص")
    names = [each["name"] for each in acts(take(cast.omar, "capture-history", capture.pk))]
    assert names == ["capture.finish", "capture.request"]
    done = acts(take(cast.omar, "person-history", cast.amal.pk))
    assert {"source.create", "capture.request"} <= {each["name"] for each in done}
    assert all(each["who"] == "Amal" or each["on_behalf_of"] == "Amal" for each in done)


def test_an_alert_that_was_opened_says_what_changed(cast: Cast, case: Case) -> None:
    alert = make.alert(cast, make.claim(cast, case))
    told = [change for each in acts(take(cast.omar, "audit-list")) for change in each["changes"]]
    (change,) = (each for each in told if each["what"] == "alert")
    assert change["object"] == alert.get_kind_display()
    (field,) = change["fields"]
    assert (field["field"], field["before"]) == ("What changed", "")
    assert field["after"].startswith("Supports: ")
    line = next(row for row in rows(take(cast.omar, "audit-list", form="csv")) if row["what"] == "alert")
    assert (line["field"], line["after"]) == ("What changed", field["after"])
    alert_actions.close(actor=cast.amal, alert_id=alert.pk, resolution="The page was of another day.")
    closed = next(each for each in acts(take(cast.omar, "audit-list")) if each["name"] == "alert.close")
    assert closed["reason"] == "The page was of another day."
    assert not [field for change in closed["changes"] for field in change["fields"]]  # the reason says what came of it


def test_what_was_seen_of_a_page_since_is_no_part_of_the_alert(cast: Cast, case: Case) -> None:
    page = page_with_a_passage(cast, case)
    page.look(BEFORE + AFTER, 6)
    page.look(BEFORE + PASSAGE + AFTER, 8)
    opened = [each for each in acts(take(cast.omar, "audit-list")) if each["name"] == "alert.open"]
    (field,) = opened[-1]["changes"][0]["fields"]
    assert field["after"] == "Present on 3 December 2026, absent on 9 December 2026."


def test_more_alerts_take_no_more_queries(cast: Cast, case: Case) -> None:
    taken = []
    for number in (1, 4):
        for _ in range(number):
            make.alert(cast, make.claim(cast, case))
        with CaptureQueriesContext(connection) as seen:
            b"".join(take(cast.omar, "audit-list"))
        taken.append(len(seen))
    assert taken[0] == taken[1]
