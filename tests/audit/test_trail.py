"""Which acts a page is about: by the indexes and by going through all of them, the same ones."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.acts import act
from audit.models import Act
from audit.queries.subjects import touched
from audit.queries.trail import LAST, Trail
from audit.queries.versions import differing, steps
from newsroom.models import Case
from sources.queries.record import acts_on as acts_on_source
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification import make
from tests.verification.test_history_pages import edited
from verification.actions import comments
from verification.models import Claim, Comment
from verification.queries.record import acts_in, acts_on


def numbers(acts: Any) -> list[int]:
    return [each.pk for each in acts]


def all_of(trail: Trail) -> list[int]:
    return numbers(trail.all().order_by("-pk"))


def remarks(cast: Cast, claim: Claim, times: int) -> None:
    for number in range(times):
        comments.comment(actor=cast.amal, claim_id=claim.pk, text=f"Remark {number}.")


def many_in_one_act(cast: Cast, claim: Claim, times: int) -> None:
    with act("case.import", actor=cast.amal, case=claim.case):
        for number in range(times):
            Comment.objects.create(claim=claim, author=cast.amal, text=f"Imported {number}.")


def test_they_are_the_latest_of_all_that_wrote_a_row(cast: Cast, case: Case) -> None:
    claim, other = make.claim(cast, case), make.claim(cast, case)
    make.account(cast, claim)
    remarks(cast, claim, 4)
    remarks(cast, other, 2)
    trail = acts_on(claim, cast.omar)
    assert len(all_of(trail)) == 6
    for size in range(1, 8):
        assert numbers(trail.latest(size)) == all_of(trail)[:size]


def test_older_ones_follow_without_a_gap(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    remarks(cast, claim, 6)
    trail = acts_on(claim, cast.omar)
    first = numbers(trail.latest(3))
    assert first + numbers(trail.latest(10, before=first[-1])) == all_of(trail)


def test_an_act_that_wrote_many_rows_leaves_room_for_the_others(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    remarks(cast, claim, 3)
    many_in_one_act(cast, claim, 9)
    trail = acts_on(claim, cast.omar)
    assert numbers(trail.latest(4)) == all_of(trail)[:4]
    assert len(trail.latest(4)) == 4


def test_a_page_is_full_though_the_latest_are_not_for_the_reader(cast: Cast, case: Case, restricted: Case) -> None:
    public = sources.source(cast, None, "An agency")
    for grade in "BCB":
        sources.assessment(cast, public, grade)
    for number in range(4):
        sources.derivation(cast, sources.source(cast, restricted, f"Secret {number}"), public)
    known, unknown = acts_on_source(public, cast.amal), acts_on_source(public, cast.dana)
    assert len(all_of(known)) - len(all_of(unknown)) == 4
    assert numbers(unknown.latest(3)) == all_of(unknown)[:3]
    assert len(unknown.latest(3)) == 3


def test_narrowed_they_are_found_behind_any_number_of_others(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    remarks(cast, claim, 5)
    trail = acts_on(claim, cast.omar).narrowed(lambda acts: acts.filter(name="claim.create"))
    assert [each.name for each in trail.latest(2)] == ["claim.create"]


def test_it_takes_two_queries_and_narrowed_one_more(cast: Cast, case: Case, django_assert_num_queries: Any) -> None:
    claim = make.claim(cast, case)
    remarks(cast, claim, 5)
    with django_assert_num_queries(2):
        acts_on(claim, cast.omar).latest(3)
    with django_assert_num_queries(3):
        acts_on(claim, cast.omar).narrowed(lambda acts: acts.filter(name="claim.create")).latest(3)
    with django_assert_num_queries(1):
        acts_in(case, cast.omar).latest(3)


def test_an_index_answers(cast: Cast, case: Case) -> None:
    """Among two thousand claims; of a table of one row every index costs the same."""
    claim = make.claim(cast, case)
    fields = Claim.history.model._meta.concrete_fields
    columns = [field.column for field in fields if field.column not in ("history_id", "id")]
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO verification_historicalclaim (id, {named}) "  # noqa: S608  # the model's own columns
            f"SELECT id + n, {named} FROM verification_historicalclaim, generate_series(1, 2000) AS n WHERE id = %s",
            [claim.pk],
        )
        cursor.execute("ANALYZE verification_historicalclaim")
        cursor.execute(
            "EXPLAIN SELECT DISTINCT act_id FROM verification_historicalclaim WHERE id = %s AND act_id < %s "
            "ORDER BY act_id DESC LIMIT 3",
            [claim.pk, LAST],
        )
        assert "acts_on_claim" in "".join(line for (line,) in cursor.fetchall())


def test_the_row_before_is_the_one_before_also_where_its_act_is_not_asked_for(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    claim = edited(cast, claim, actor=cast.amal, place="Aleppo")
    claim = edited(cast, claim, actor=cast.basim, place="Homs")
    edited(cast, claim, actor=cast.amal, place="Hama")
    asked = [each.pk for each in Act.objects.filter(name="claim.edit", actor=cast.amal).order_by("pk")]
    places = [
        (old, new)
        for step in steps(asked, touched(asked))
        for field, old, new in differing(step)
        if field.name == "place"
    ]
    assert places == [("", "Aleppo"), ("Homs", "Hama")]


def test_where_an_entry_cannot_be_read_every_table_is_asked(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    done = Act.objects.latest("pk")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_entry SET content = 'nothing' WHERE act_id = %s", [done.pk])
    assert [(each.model, each.pk) for each in touched([done.pk])] == [(Claim, claim.pk)]


@pytest.mark.parametrize("typed", ['"table":"sources_historicalsource"', '\\"table\\":\\"x\\"', '"rows":['])
def test_nobody_can_type_the_name_of_a_table_into_an_entry(cast: Cast, case: Case, typed: str) -> None:
    """A table that is none of the record's would be asked for, or one that is left out."""
    claim = make.claim(cast, case)
    edited(cast, claim, place="Homs", reason=typed)
    done = Act.objects.latest("pk")
    assert {each.model for each in touched([done.pk])} == {Claim}


def test_a_file_says_what_the_page_says(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    client = Client()
    client.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    (told,) = client.get(reverse("claim-history", args=[claim.reference])).context["story"].acts
    assert told.entry.in_words == f"Amal wrote claim {claim.reference}"
