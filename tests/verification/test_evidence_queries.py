"""What a page reads of a claim's evidence, in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from sources.actions import assessments
from sources.wording.names import name_of
from tests.verification import make
from verification.actions.chain import Step
from verification.queries.evidence import accounts


@pytest.fixture
def claim(cast, case):
    return make.claim(cast, case)


def test_the_grade_is_of_who_stands_at_the_end(cast, claim):
    account = make.account(cast, claim, Step(make.person(), "QUOTES"), credibility=2)
    assert accounts(claim)[0].grade == "F2", "nobody judged him yet"
    officer = account.hops.get().source
    for reliability in ("D", "B"):
        assessments.assess(
            actor=cast.amal, source_id=officer.pk, topic="", reliability=reliability, reason="We know him."
        )
    assert accounts(claim)[0].grade == "B2"


def test_a_name_is_said_in_the_readers_language(cast, claim):
    account = make.account(cast, claim)
    account.source.translations = {"ar": "ميدل إيست آي"}
    account.source.language = "en"
    with translation.override("ar"):
        assert name_of(account.source) == "ميدل إيست آي"
    with translation.override("en"):
        assert name_of(account.source) == "Middle East Eye"


def test_the_number_of_queries_does_not_grow(cast, claim):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            for account in accounts(claim):
                assert str(account.sentence)
                assert account.grade
                assert account.capture is None
        return len(counted)

    make.account(cast, claim, Step(make.person(), "QUOTES"))
    few = queries()
    for number in range(6):
        make.account(cast, claim, *(Step(make.person(f"شاهد {number}-{step}"), "TOLD_BY") for step in range(4)))
    assert queries() == few == 5
