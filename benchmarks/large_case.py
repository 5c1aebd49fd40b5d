"""A case as large as a desk's largest, laid straight into the tables: it is only read, and nobody asks who wrote it."""

from datetime import timedelta

from django.utils import timezone

from audit.models import Act
from newsroom.domain.text import search_key
from newsroom.models import Case
from sources.models import Source, SourceKind
from tests.cast import Cast, open_case
from verification.models import (
    Assignment,
    Claim,
    ClaimState,
    Duty,
    Evidence,
    RecountDue,
    Risk,
    Stance,
    Verdict,
    VerdictValue,
)

STATEMENT = "سيطرت الفصائل على الحي رقم {number} في حلب قبل منتصف الليل، بعد انسحاب الجيش منه من دون قتال."
TRANSLATION = (
    "The factions took quarter {number} of Aleppo before midnight, after the army had left it without a fight."
)


def large_case(cast: Cast, *, claims: int, evidence_each: int = 5, sources: int = 200) -> Case:
    """Every third claim is contested, every fourth ruled on, every fifth assigned."""
    case = open_case(cast, slug="large")
    carriers = Source.objects.bulk_create(
        Source(case=case, kind=SourceKind.ARTICLE, name=f"Source {number}", search_key="", created_by=cast.amal)
        for number in range(sources)
    )
    written = Claim.objects.bulk_create(_claim(case, cast, number) for number in range(claims))
    Evidence.objects.bulk_create(
        Evidence(
            claim=claim,
            stance=Stance.CONTRADICTS if number % 3 == 0 and which == 0 else Stance.SUPPORTS,
            source=carriers[(number * evidence_each + which) % sources],
            added_by=cast.amal,
        )
        for number, claim in enumerate(written)
        for which in range(evidence_each)
    )
    Verdict.objects.bulk_create(
        Verdict(claim=claim, value=VerdictValue.DISPUTED, rationale="One line.", ruled_by=cast.chadi)
        for claim in written[::4]
    )
    Assignment.objects.bulk_create(
        Assignment(
            claim=claim,
            person=cast.basim,
            duty=Duty.REVIEW,
            due_at=timezone.now() + timedelta(days=number),
            assigned_by=cast.chadi,
        )
        for number, claim in enumerate(written[::5])
    )
    return case


def all_due(case: Case) -> None:
    """As a change of the case's policy leaves it: every claim is to be counted again."""
    act = Act.objects.latest("pk")
    RecountDue.objects.bulk_create(RecountDue(claim=claim, act=act) for claim in Claim.objects.filter(case=case))


def _claim(case: Case, cast: Cast, number: int) -> Claim:
    statement, translation = STATEMENT.format(number=number), TRANSLATION.format(number=number)
    return Claim(
        case=case,
        statement=statement,
        language="ar",
        translations={"en": translation},
        risk=Risk.values[number % 3],
        state=ClaimState.values[number % 8],
        created_by=cast.amal,
        search_key=search_key(f"{statement} {translation}"),
    )
