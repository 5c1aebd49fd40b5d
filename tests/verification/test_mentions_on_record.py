"""Whom a comment calls on is part of the record: bound, guarded, and compared with what stands there."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Act
from audit.queries import feed
from audit.queries.story import nothing_withheld
from audit.queries.trail import Trail
from audit.verifying.report import Report
from audit.verifying.run import verify
from audit.verifying.session import reading
from newsroom.models import Case
from tests.cast import Cast
from tests.verification import make
from verification.actions.comments import comment
from verification.models import Comment, Mention


@pytest.fixture
def said(cast: Cast, case: Case) -> Comment:
    return comment(actor=cast.amal, claim_id=make.claim(cast, case).pk, text="@Basim: the page is gone.")


def verified() -> Report:
    with reading(connection.connection) as session:
        return verify(session)


def test_it_works(said: Comment, cast: Cast) -> None:
    mention = said.mentions.get()
    row = Mention.history.get()
    assert (row.person, row.comment_id, row.act.name) == (cast.basim, said.pk, "claim.comment")
    assert mention.case == said.case
    assert verified().fits


def test_a_reader_of_the_record_sees_it(said: Comment) -> None:
    (shown,) = feed.latest(Trail(Act.objects.filter(name="claim.comment")), withheld=nothing_withheld)
    assert "commented on claim" in shown.text


@pytest.mark.parametrize(
    ("done", "kind"),
    [
        ("DELETE FROM verification_mention", "live.removed"),
        ("UPDATE verification_mention SET person_id = {omar}", "live.changed"),
        (
            "INSERT INTO verification_mention (comment_id, person_id)"
            " SELECT comment_id, {omar} FROM verification_mention",
            "live.added",
        ),
    ],
)
def test_what_is_done_past_the_application_is_found(said: Comment, cast: Cast, done: str, kind: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(done.format(omar=cast.omar.pk))
    report = verified()
    assert {*report.counts} == {kind}
    assert report.findings[0].table == "verification_mention"


def test_its_history_is_neither_changed_nor_removed(said: Comment) -> None:
    for done in (
        "UPDATE verification_historicalmention SET person_id = 1",
        "DELETE FROM verification_historicalmention",
    ):
        with pytest.raises(IntegrityError, match="part of the record"), transaction.atomic():
            connection.cursor().execute(done)


def test_mentions_from_before_are_carried_over(cast: Cast, case: Case, restricted: Case) -> None:
    """As an update finds them: rows of a many-to-many, with no history. Each case is told of its own in an act."""
    comments = [
        comment(actor=cast.amal, claim_id=make.claim(cast, where).pk, text=f"No. {number}")
        for number, where in enumerate((case, case, restricted))
    ]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE verification_comment_mentions (id serial, comment_id bigint, user_id bigint)")
        for each in comments:
            cursor.execute(
                "INSERT INTO verification_comment_mentions (comment_id, user_id) VALUES (%s, %s), (%s, %s)",
                [each.pk, cast.basim.pk, each.pk, cast.omar.pk],
            )
    import_module("verification.migrations.0016_mentions_carried_over").carry_over(
        None, SimpleNamespace(connection=connection)
    )
    assert [{mention.person for mention in each.mentions.all()} for each in comments] == [{cast.basim, cast.omar}] * 3
    done = Act.objects.filter(name="mention.adopt").order_by("pk")
    assert [(each.case, Mention.history.filter(act=each).count()) for each in done] == [(case, 4), (restricted, 2)]
    assert verified().fits
    assert feed.latest(Trail(done), withheld=nothing_withheld)[0].text == (
        "<bdi>an update of the product</bdi> took into the record whom comments call on"
    )
